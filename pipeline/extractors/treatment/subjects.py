"""Of what a response cue speaks: the skin, a symptom, a function, or not of the disease at all.

Reads mentions of rules/responses.csv (group 'subject') and rules/organs.csv, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import FINITE_VERB, clause_of, text_between
from pipeline.extractors.treatment.implied import has_no_subject, speaks_of_it
from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

OWN_SUBJECT = re.compile(
    r"(the )?(skin|cutaneous|lesions?|papules|plaques|nodules|wheals|eruption|rash|exanthem"
    r"|disease|m?mrss|rodnan"
    r"|induration|patient|he|she|condition)\b|(without|with no|no) .*\b(sequelae|residua)",
    re.IGNORECASE,
)
NAMED_WITHIN = re.compile(
    r"\b(skin|cutaneous|lesions?|papules|plaques|nodules|wheals|eruption|disease|haut\w*|papeln"
    r"|lasionen|effloreszenzen|knotchen|zmiany|zmian|skory|grudki|grudek)\b",
    re.IGNORECASE,
)
SYMPTOM_WITHIN = re.compile(r"\b(?:strength|gait|swallow|itch|prurit|pain\b)", re.IGNORECASE)
APPOSITION = re.compile(r"\b(with|con|com|avec|mit)\b[^,;]{0,60}$", re.IGNORECASE)
ONE_DESCRIBED = re.compile(r"\b(?:(?:wo)?man|(?:fe)?male|patient|case)\b", re.IGNORECASE)
# From the one described to what describes it: 'with scleromyxedema and a small …', no verb.
DESCRIBING = re.compile(
    r"(?: (?!was|were|is|are|had|has|have|did|showed|received|underwent|treated|given)"
    r"[\w-]+){1,12} ",
    re.IGNORECASE,
)
DESCRIBED_WITH = re.compile(r" (?:with|and) (?:\S+ ){0,4}$", re.IGNORECASE)
DENIED = re.compile(r"\b(without|no|sin|sem|sans|ohne)\s+(\w+\s+){0,2}$", re.IGNORECASE)
PERSON = re.compile(r"\b(who|whom|whose|he|she|patient)\b", re.IGNORECASE)
# 'Had a paraprotein and improved on A': the verb behind the 'and' has the person for a subject.
NEXT_PREDICATE = re.compile(r",? and (?:(?:then|later|subsequently|has|had|\w+ly) ){0,2}$")
HAVING = re.compile(
    r"\b(?:had|has|having|with|presented|showed|developed|carried|harboured|harbored)\b[^.;]*$",
    re.IGNORECASE,
)
NEXT_VERB = re.compile(r",? (?:and|but) (?:\w+ )?\w+ed\b", re.IGNORECASE)
# 'Flattening of the papules and disappearance of the leonine aspect': of the aspect alone.
OF_THE = re.compile(
    r"\s+(?:of|de|du|del|da|do|der|des) ?(?:(?:both|the|his|her|all|la|el|les) )*\W{0,2}"
)
CAUSE = re.compile(
    r"\b(?:because of|due to|owing to|on account of|por|wegen|en raison d[e']"
    r"|(?:stopped|discontinued|withdrawn|abandoned|given up) (?:\w+ )?for) ?(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
LASTING = re.compile(
    r"neuropath|carpal|par(a)?esthes|numb|tingl|headache|weakness|dementia|cogniti|memory|stroke",
    re.IGNORECASE,
)
PART_OF_IT = ("subject_symptom", "subject_sign")  # gone without the eruption: improved
# Between the skin and the last of a list: commas and one 'and', no verb, no preposition.
LISTED = re.compile(r"\s?(?:,|and |, and )[\w ,-]{0,60}", re.IGNORECASE)
AND_OF = re.compile(
    r" ?(?:,? ?and|,|as well as|together with)(?: also)?(?: (?:of|in|the|his|her|all|both))* ", re.I
)
FAR, NEXT = 60, 12


def of_subject(
    value: str, mention: Mention, statement: Statement, subjects: Sequence[Mention]
) -> str | None:
    """Keep, weaken or drop a value by the nearest subject in its clause."""
    if OWN_SUBJECT.match(mention.text) or is_named_within(mention):
        return value
    start, end = clause_of(statement, mention.start)
    near = [
        subject
        for subject in (*subjects, *statement.of("organs"))
        if start <= subject.start < end
        and is_subject_of(subject, mention, statement)
        and not is_in_brackets_before(subject, mention, statement)
    ]
    is_after_colon = text_between(statement, start - 1, start) == ":"
    if not near and not is_after_colon and has_no_subject(statement, start, mention):
        near = named_last(start, statement, subjects)
    if not near:
        if mention.group == "skin" and not speaks_of_it(mention, statement, subjects):
            return None
        return value
    governed = [s for s in near if OF_THE.fullmatch(text_between(statement, mention.end, s.start))]
    nearest = min(governed or near, key=lambda s: gap(s, mention))
    if nearest.concept == "subject_other":
        return value if names_skin_next(near, nearest, mention, statement) else None
    if nearest.concept == "subject_function" and mention.group == "skin":
        return None
    if names_skin_first(near, nearest, mention, statement):
        return value
    is_organ = nearest.table == "organs" and not is_attack(nearest)
    is_less = nearest.concept in PART_OF_IT or is_organ
    return "improved" if is_less and value == "complete" else value


def named_last(start: int, statement: Statement, subjects: Sequence[Mention]) -> list[Mention]:
    """What a pronoun takes up: the subject named last, unless a result since then names the skin
    ('the plaques thinned, but they recurred')."""
    last = [subject for subject in subjects if subject.start < start][-1:]
    told = [m for m in statement.of("responses") if m.start < start and m.group == "free"]
    is_named_since = any(is_named_within(m) and (not last or last[0].start < m.start) for m in told)
    return [] if is_named_since else last


def names_skin_first(
    near: Sequence[Mention], nearest: Mention, mention: Mention, statement: Statement
) -> bool:
    """'The papules, joint pain and fatigue resolved': all of the list did, the skin among them."""
    if nearest.end > mention.start:
        return False
    before = [s for s in near if s.start < nearest.start and s.concept == "subject_skin"]
    glue = text_between(statement, before[-1].end, nearest.start) if before else ""
    return LISTED.fullmatch(glue) is not None


def names_skin_next(
    near: Sequence[Mention], nearest: Mention, mention: Mention, statement: Statement
) -> bool:
    """'Disappearance of the paraprotein and of the skin lesions': of both."""
    behind = [s for s in near if s.start > nearest.end and s.concept == "subject_skin"]
    is_object = mention.end <= nearest.start
    glue = text_between(statement, nearest.end, behind[0].start) if behind and is_object else ""
    return AND_OF.fullmatch(glue) is not None


def is_named_within(mention: Mention) -> bool:
    """'Softening of the skin was transient': the words name their subject themselves; 'disease'
    does so in 'progressive disease despite …' only, else it may be the myeloma."""
    named = {word.lower() for word in NAMED_WITHIN.findall(mention.text)}
    return bool(named - {"disease"}) or (bool(named) and mention.codes == "forward")


def is_attack(mention: Mention) -> bool:
    """A seizure or a coma: its end is the response of the attack (guideline, last hard case)."""
    return mention.group == "neurologic" and LASTING.search(fold(mention.text)) is None


def is_of_symptom(mention: Mention, statement: Statement, subjects: Sequence[Mention]) -> bool:
    """Whether the nearest subject of its clause is an itch, a joint or the strength."""
    if SYMPTOM_WITHIN.search(mention.text):
        return True
    start, end = clause_of(statement, mention.start)
    near = [s for s in (*subjects, *statement.of("organs")) if start <= s.start < end]
    if not near or OWN_SUBJECT.match(mention.text):
        return False
    nearest = min(near, key=lambda s: gap(s, mention))
    return nearest.table == "organs" or nearest.concept in ("subject_symptom", "subject_function")


def is_subject_of(subject: Mention, cue: Mention, statement: Statement) -> bool:
    """Another subject counts only close by and with no treatment between it and the cue."""
    if subject.concept != "subject_other":
        return subject.table != "organs" or (
            gap(subject, cue) <= FAR and not is_cause(subject, statement)
        )
    low, high = min(subject.end, cue.end), max(subject.start, cue.start)
    if subject.start > cue.end and NEXT_VERB.match(text_between(statement, low, high)):
        return False  # 'A was ineffective and caused neuropathy': another predicate
    if subject.end <= cue.start and (
        is_next_predicate(subject, cue, statement) or is_cause(subject, statement)
    ):
        return False
    is_parted = any(low <= drug.start < high for drug in statement.of("therapies"))
    if PERSON.search(text_between(statement, low, high)) or is_denied(subject, statement):
        return False  # 'without paraproteinemia, who responded': the patient responded
    if is_of_the_one_described(subject, cue, statement):
        return False
    return not is_parted and gap(subject, cue) <= (NEXT if cue.codes == "forward" else FAR)


def is_next_predicate(subject: Mention, cue: Mention, statement: Statement) -> bool:
    """'Had papules and a paraprotein and improved': the patient did, not the paraprotein."""
    start, _ = clause_of(statement, subject.start)
    glue = text_between(statement, subject.end, cue.start)
    joined = NEXT_PREDICATE.search(glue)
    if joined is None or FINITE_VERB.search(glue, 0, joined.start()):
        return False
    return HAVING.search(text_between(statement, start, subject.start)) is not None


def is_cause(subject: Mention, statement: Statement) -> bool:
    """'Because of neuropathy she was changed to A, with complete remission': not the nerves'."""
    before = text_between(statement, statement.start, subject.start)
    return CAUSE.search(before) is not None


def is_of_the_one_described(subject: Mention, cue: Mention, statement: Statement) -> bool:
    """'A man with IgG kappa gammopathy, noticed no change': the man noticed it, and the
    scleromyxedema of 'scleromyxedema with gammopathy responding to IVIG' responded."""
    if subject.end > cue.start:
        return False
    before = text_between(statement, statement.start, subject.start)
    after = text_between(statement, subject.end, cue.start)
    if APPOSITION.search(before) and re.match(r"[^,;]{0,12},", after):
        return True
    return len(after) <= 2 * NEXT and describes(subject, statement)


def describes(subject: Mention, statement: Statement) -> bool:
    """Whether a person or the disease stands before, and only words that go on describing it."""
    before = text_between(statement, statement.start, subject.start)
    ends = [found.end() for found in ONE_DESCRIBED.finditer(before)] + [
        m.end - statement.start
        for m in statement.of("responses")
        if m.concept == "subject_skin" and m.end < subject.start
    ]
    return bool(DESCRIBED_WITH.search(before)) and any(
        DESCRIBING.fullmatch(before, end) for end in ends
    )


def is_in_brackets_before(subject: Mention, cue: Mention, statement: Statement) -> bool:
    """'A (stopped: neuropathy), B (complete response)': brackets are closed between the two."""
    between = text_between(statement, subject.end, cue.start)
    return ")" in between.split("(")[0]


def is_denied(subject: Mention, statement: Statement) -> bool:
    before = text_between(statement, subject.start - 30, subject.start)
    return DENIED.search(before) is not None


def gap(subject: Mention, cue: Mention) -> int:
    return max(subject.start - cue.end, cue.start - subject.end)

"""Whether each own patient is alive or dead, and after how many months. Reads a Report.

Fields: 'outcome' ('alive', 'dead') and 'follow_up_months'; writes nothing.
Cues are the rows of rules/outcomes.csv: 'dead'; 'alive' (enough alone); 'contact' (a last contact,
enough with any statement of the patient); 'later' (a time) with 'status' (how the patient is).
Guideline: alive only by a status at a later time or last contact; a treatment's result is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extractors.drafts import make_draft
from pipeline.extractors.follow_up import follow_up, months_in
from pipeline.extractors.own_patients.ownership import told_of
from pipeline.language.folding import fold
from pipeline.records import Draft, Mention, Report, Statement
from pipeline.rules import Rules

TABLE = "outcomes"
RELATIVE = re.compile(
    r"\b(?:his|her|their|whose|one|another|an?|the|elder|younger|the patient's|una?|un|su|son|sa"
    r"|seine?|ihre?|el|la|l[eo]|il|o|der|die|s(?:eu|ua|uo)) (?:\w+ )?"
    r"(?:mother|father|brother|sister|son|daughter|wife|husband|uncle|aunt|cousin|parents?"
    r"|siblings?"
    r"|madre|padre|hermano|hermana|mae|pai|irmao|irma|mere|pere|frere|soeur|mutter|vater|bruder"
    r"|schwester|grand\w+)\b(?! of (?:two|three|four|five|six|\d))[^.;]{0,60}$",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:no|not|never|without|nor|neither|none|nobody|cannot|ni|nao|sin|sem|sans|kein\w*|nicht|pas"
    r"|aucune?)\b(?:(?!,? and (?:on|in|at|he|she|the)\b)[^;])*$|n't\b[^;,]*$",
    re.IGNORECASE,
)
# 'At 12 months the skin was clear' tells of a last look, 'within three months' of an effect.
LAST_LOOK = re.compile(r"(?:at|now|when)\b", re.IGNORECASE)
EVER_SINCE = re.compile(
    r"(?:in the [\w-]+ (?:months|years) since|throughout|over the|during the)\b", re.IGNORECASE
)
VISIT = re.compile(
    r"\b(?:visit|follow[- ]?up|reviewed|re-?examined|re-?evaluated|check-?up|controls?|seen again"
    r"|returned|came back|attended|revision|consulta|controle|kontrolle|wiedervorstellung)\b",
    re.IGNORECASE,
)
BEGINS_LATER = re.compile(
    r"(?:some |about |nearly )?(?:\d+|[a-z-]+) (?:months?|years?) (?:later|on|afterwards?),? ",
    re.IGNORECASE,
)
WAS_SEEN = re.compile(
    r"\b(?:he|she|patient) (?:was|is) (?:last |again )?(?:seen|examined|reviewed)\b", re.IGNORECASE
)
VISIT_MONTHS = 6
EVENTS = ("relapse", "worse", "progressed")  # these happen at a time, they are no state at it
WELL = ("complete", "partial", "improved", "controlled")
LATE = 12  # months
# The time may stand within the status itself: 'is now in remission'.
TIME_WITHIN = re.compile(
    r"\b(?:is|are|has been|remains) (?:still|now|currently|presently|at present|today)\b"
    r"|\b(?:remains|stays|continues) (?:\w+ )?(?:well\b|free\b|asymptomatic|in (?:\w+ )?remission)"
    r"|\b(?:has|have) (?:since|thereafter)\b",
    re.IGNORECASE,
)
IN_REMISSION = re.compile(
    r"remission|free|recurrence|relapse|asymptomatic|well\b|stable", re.IGNORECASE
)
CONFIDENCE_DEAD = {"died": 0.96, "death": 0.93, "autopsy": 0.9, "title": 0.85}
TITLE_ONLY = "title"
TITLE_SHARE = 0.8
ALL_OF_THEM = re.compile(
    r"\b(?:both|all|each|every|neither|none|ambos|ambas|les deux|tous|beide|alle)\b", re.IGNORECASE
)


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Every statement on life or death of an own patient; death outweighs earlier life."""
    found: list[Draft] = []
    for before, statement in pairwise((None, *report.statements)):
        assert statement is not None
        own = told_of(statement, report.labels)
        if len(own) > 1 and not ALL_OF_THEM.search(statement.text):
            continue
        if not own or statement.role in ("keywords", "other") or not statement.of(TABLE):
            continue
        for label in own:
            found.extend(of_patient(statement, visit_before(statement, before), label))
    dead = {draft.patient for draft in found if draft.value == "dead"}
    return [d for d in found if d.patient not in dead or d.value == "dead"]


def visit_before(statement: Statement, before: Statement | None) -> Statement | None:
    """'Two years later she was seen again. She was well.': the sentence before tells the time."""
    if before is None or before.section != statement.section:
        return None
    if not (VISIT.search(before.text) or BEGINS_LATER.match(before.text)):
        return None
    is_of_same = before.teller == "patient" and before.patients == statement.patients
    is_late = any(
        mention.concept == "later" and (months_in(mention.text) or 0) >= VISIT_MONTHS
        for mention in before.of(TABLE)
    )
    return before if is_of_same and is_late else None


def of_patient(statement: Statement, visit: Statement | None, label: str) -> Iterator[Draft]:
    dead = dead_mention(statement)
    if dead is not None:
        yield make_draft(label, "outcome", "dead", statement, dead, CONFIDENCE_DEAD[dead.group])
        return
    told = alive_mention(statement, visit is not None)
    if told is not None:
        mention, confidence = told
        if statement.role == "title":
            confidence *= TITLE_SHARE
        yield make_draft(label, "outcome", "alive", statement, mention, confidence)
        yield from follow_up(visit or statement, label)


def dead_mention(statement: Statement) -> Mention | None:
    """The surest words for this patient's death; 'fatal' alone counts in a title only."""
    found = [
        mention
        for mention in statement.of(TABLE)
        if mention.concept == "dead"
        and (mention.group != TITLE_ONLY or is_fatal_case(statement, mention))
        and not (mention.is_hypothetical or mention.is_uncertain)
        and not (mention.is_negated and is_denied_near(statement, mention))
        and not RELATIVE.search(fold(statement.text)[: mention.start - statement.start])
    ]
    return max(found, key=lambda mention: CONFIDENCE_DEAD[mention.group], default=None)


def is_denied_near(statement: Statement, mention: Mention) -> bool:
    """'Neither A nor B helped, and on day 9 life support was withdrawn' denies no death."""
    before = fold(statement.text)[: mention.start - statement.start]
    return DENIED.search(before) is not None


def is_fatal_case(statement: Statement, mention: Mention) -> bool:
    """'Fatal' of a title, or of a sentence that reports the case ('a fatal case')."""
    text = statement.text[mention.start - statement.start :].lower()
    return (
        statement.role == "title"
        or re.match(r"(a )?fatal (case|\w+ case|encephalo)", text) is not None
    )


def alive_mention(statement: Statement, is_at_visit: bool) -> tuple[Mention, float] | None:
    """The words that tell a status at a later time, with the confidence in them.

    `is_at_visit`: the sentence before tells of a visit at a later time.
    """
    cues = {
        mention.concept: mention
        for mention in reversed(statement.of(TABLE))
        if not (mention.is_family or mention.is_hypothetical)
    }
    if "alive" in cues and not cues["alive"].is_negated:
        return cues["alive"], 0.95
    if "status" in cues and "contact" in cues:
        return cues["status"], 0.95
    if "contact" in cues:
        return cues["contact"], 0.8
    if "status" not in cues:
        late = late_result(statement)
        return (late, 0.7) if late else None
    if "later" in cues:
        return cues["status"], 0.85
    if is_at_visit:
        return cues["status"], 0.75
    text = cues["status"].text
    if TIME_WITHIN.search(text) and IN_REMISSION.search(text):
        return cues["status"], 0.75
    return None


def late_result(statement: Statement) -> Mention | None:
    """How the disease was at a time so late that it is a status: 'at two years he was clear'."""
    results = [
        m
        for m in statement.of("responses")
        if m.group in ("free", "skin") and (m.concept not in EVENTS or "score" in m.text.lower())
    ]
    is_well = any(m.concept in WELL for m in results)
    for mention in statement.of(TABLE):
        is_look = LAST_LOOK.match(mention.text) or (
            is_well and (EVER_SINCE.match(mention.text) or WAS_SEEN.search(statement.text))
        )
        is_late = (months_in(mention.text) or 0) >= LATE and is_look
        if mention.concept == "later" and is_late and results:
            return mention
    return None

"""Which treatments of its sentence a response cue speaks of; none means the current regimen.

Reads and writes nothing. Order of trust: the drugs a cue governs, the list right before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import FINITE_VERB, text_between
from pipeline.extractors.treatment.barriers import (
    OTHER_CLAUSE,
    REASON,
    before_aside,
    begins_clause,
    is_excepted,
    is_left_behind,
)
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named, is_main_clause
from pipeline.extractors.treatment.grades import BENEFITS, FAILURES, LOSSES
from pipeline.extractors.treatment.likewise import LIKEWISE, likewise
from pipeline.records import Statement

PREPOSITION = re.compile(
    r"\b(to|with|on|under|after|following|by|of|despite|from|upon|using|during|through|without"
    r"|since|in spite of|notwithstanding|against|when|whenever|once|as soon as|each time"
    r"|every time|between|whilst|followed(?! by)|al|ao|em uso de|en uso de|durante|pendant"
    r"|con|com|tras|apos|bajo|sob|avec|sous|apres|par|grace|auf|unter|mit|nach|durch|dank"
    r"|dopo|sotto|grazie|alla|alle|agli|nonostante)\b",
    re.IGNORECASE,
)
# 'Softened while he was taking A' is of A; 'refractory to everything: A, B' of those named.
WHILE_TAKING = re.compile(
    r" (?:while|whilst|when) (?:(?:he|she|the patient) (?:was|were) )?(?:still )?"
    r"(?:taking|receiving|on|under|using|having|being treated with) ",
    re.IGNORECASE,
)
COLON = re.compile(r":\s*$")
THEN_BEGUN = re.compile(r"^\s*,|, (?:and|so|but) ", re.IGNORECASE)
STOPPING = re.compile(
    r"\b(taper(ing|ed)?(?! course)|reduc\w+|wean\w*|withdrawal|discontinu\w+|cessation"
    r"|(?:lower|lowest|smaller|minimal) (?:\w+ )?dose of|stopping|off)\b",
    re.IGNORECASE,
)
PRECEDING = re.compile(r"\b(?:preceding|prior to|awaiting|in search of) (?:the )?$", re.IGNORECASE)
TREATED = re.compile(r"treat|manag|controlled", re.IGNORECASE)
TREATMENT_WORD = re.compile(
    r"\s*(?:$|[.,;]|and\b"
    r"|(?:any|either|all|both)(?: of (?:these|them|those|which))?\s*(?:$|[.,;])"
    r"|(?:the |his |her )?(?:condition|skin|disease|lesions?|symptoms|eruption"
    r"|induration|papules|pruritus)\b|(?:[\w-]+ ){1,2}(?:days?|weeks?|months?|years?)\b"
    r"|(?!(?:\w+ ){0,2}(?:other|conventional|previous|multiple|several|various"
    r"|standard|prior|many|different|numerous)\b)(?:\w+ ){0,4}(?:treatments?|therap(?:y|ies)|these"
    r"|this|them|it|infusions?|cycles?|courses?|pulses?|doses?|sessions?"
    r"|exposures?|injections?|measures"
    r"|re-?treatments?|re-?challenge|regimens?|interventions?|drugs?|agents?|medications?"
    r"|tratamientos?"
    r"|tratamentos?|terapias?)\b)",
    re.IGNORECASE,
)
ENDED_OTHERWISE = re.compile(
    r"\b(where|in whom|(was|were) (started|begun|given|added|initiated)|toxicity|intolerance"
    r"|not tolerated|stopped|discontinued|withdrawn"
    r"|adverse|side[ -]effects?|because of|due to|owing to|on account of)\b",
    re.IGNORECASE,
)
TO = re.compile(
    r"\s*(?:aos?|as(?= imuno)|a|al|aux?|alla|alle|agli|ai)"
    r" (?:(?:la|las|los|el|un|una|altas|dosis|de) )*",
    re.IGNORECASE,
)
AND = re.compile(r",? ?(?:and|y|e|et|und)(?: \w+){0,4} ?", re.IGNORECASE)
RESULTS_LISTED = re.compile(
    r"(?: (?:of|in)(?: [\w-]+){1,5}| [\w-]+){0,2}(?:,|,? (?:and|y|e|et|und))(?: [\w-]+){0,4} ?",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(each|both|all|either|neither|cada|ambos|ambas|beide)\b", re.IGNORECASE)
LEFT_ASIDE = re.compile(r"[^(]*\)")  # a result in brackets is of what stands before them
LONGEST_GAP = 110
JUST_STOPPED = re.compile(
    r" (?:\([^()]{0,60}\) )?(?:(?:was|were|is|being|then|could be|had been|therapy|\w+ly) ){0,3}"
    r"(?:withdrawn|stopped|tapered|discontinued|weaned|omitted)\b",
    re.IGNORECASE,
)
# 'In view of progression he was given A': A came afterwards.
AS_REASON = re.compile(
    r"\b(?:in view of|because of|due to|owing to|on account of|in the face of|given|following|upon)"
    r" (?:\w+ ){0,2}$",
    re.IGNORECASE,
)


def linked(
    cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """The treatments of the sentence that the cue speaks of; empty where it names none."""
    for group in groups:
        if cue.start <= group[0].start < cue.end:
            return [*group, *likewise(cue, statement, groups)]
    forward = ahead(cue, statement, groups, cues) or shared(cue, statement, groups, cues)
    if forward or (is_open(cue, statement) and not speaks_of_treatment(cue, statement)):
        return forward
    told_of = [*behind(cue, statement, groups, cues), *likewise(cue, statement, groups)]
    return [n for n in told_of if cue.value not in FAILURES or not is_excepted(n, statement)]


def shared(
    cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """'Dysphagia resolved and papules cleared after A': both results are of A, as are all that are
    listed ahead of it."""
    last = cue
    for other in cues:
        if other.start < last.end:
            continue
        glue = text_between(statement, last.end, other.start)
        has_drug = any(last.end <= one.start < other.start for group in groups for one in group)
        are_benefits = last.value in BENEFITS and other.value in BENEFITS
        if has_drug or not (are_benefits and is_list_of_results(glue)):
            break
        last = other
    return ahead(last, statement, groups, cues) if last is not cue else []


def is_list_of_results(glue: str) -> bool:
    """'Softening [of the skin, better] mobility': a comma or an 'and', and no verb."""
    return RESULTS_LISTED.fullmatch(glue) is not None and FINITE_VERB.search(glue) is None


def is_open(cue: Cue, statement: Statement) -> bool:
    """'Unresponsive to …' waits for its drugs; 'did not respond' may tell of those before it."""
    return cue.is_forward and is_open_ended(text_between(statement, cue.start, cue.end))


def is_open_ended(cue_words: str) -> bool:
    words = cue_words.split()
    return bool(words) and PREPOSITION.fullmatch(words[-1]) is not None


def speaks_of_treatment(cue: Cue, statement: Statement) -> bool:
    """'Refractory to vasodilators' says nothing of the drugs named before; '… to this' does."""
    words = text_between(statement, cue.end, statement.end)
    return TREATMENT_WORD.match(words) is not None


def ahead(
    cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """'no response to A or B', 'improved with A': a preposition, no other cue, then the drugs."""
    for position, group in enumerate(groups):
        if group[0].start < cue.end - 1:
            continue
        if any(other.start >= cue.end and other.end <= group[0].start for other in cues):
            return []
        words = text_between(statement, cue.end, group[0].start)
        cue_words = text_between(statement, cue.start, cue.end)
        if not leads_to(cue, cue_words, words) or begins_clause(words, group, statement):
            return []
        if cue.value in LOSSES and is_reason(cue, words, statement):
            return []
        if cue.is_forward:
            return [named for later in chain(statement, groups, position, cues) for named in later]
        return list(group)
    return []


def leads_to(cue: Cue, cue_words: str, words: str) -> bool:
    """Whether the words between a cue and the drugs tie them together."""
    words = WHILE_TAKING.sub(" on ", COLON.sub(" ", words))
    if len(words) > LONGEST_GAP or OTHER_CLAUSE.search(words) or LEFT_ASIDE.match(words):
        return False
    if LIKEWISE.fullmatch(words):
        return False  # 'A was without result, as was a course of B': of A first
    if cue.is_forward:  # 'sin respuesta y talidomida' begins another
        is_ended = not is_open_ended(cue_words)
        return not (is_ended and AND.match(words.lstrip()))
    if cue.value in LOSSES and THEN_BEGUN.search(words):
        return False  # 'As the disease progressed, A was begun': A came afterwards
    is_given = TREATED.search(cue_words) is not None  # 'treated successfully with a lower dose of'
    if cue.value != "relapse" and not is_given and STOPPING.search(words):
        return False
    last_word = cue_words.split()[-1] if cue_words.split() else ""
    is_governed = PREPOSITION.search(words) or PREPOSITION.fullmatch(last_word)
    is_governed = is_governed or TO.fullmatch(words)  # 'respuesta a IVIG', not 'a little'
    # 'Were noted after' is one predicate, 'and' begins another.
    most = 2 if AND.search(words) else 3
    return bool(is_governed) and len(FINITE_VERB.findall(words)) <= most


def is_reason(cue: Cue, words: str, statement: Statement) -> bool:
    before = text_between(statement, cue.start - 60, cue.start)
    return AS_REASON.search(before) is not None and FINITE_VERB.search(words) is not None


def chain(
    statement: Statement, groups: Sequence[Sequence[Named]], first: int, cues: Sequence[Cue]
) -> list[Sequence[Named]]:
    """The groups from `first` on that a list of failures runs through ('A, then B and C')."""
    found = [groups[first]]
    for before, after in zip(groups[first:], groups[first + 1 :], strict=False):
        glue = text_between(statement, before[-1].end, after[0].start)
        if FINITE_VERB.search(glue) or ";" in glue or is_main_clause(statement, glue, after[0]):
            break
        if any(before[-1].end <= cue.start < after[0].start for cue in cues):
            break
        found.append(after)
    return found


def is_failed(
    group: Sequence[Named],
    statement: Statement,
    groups: Sequence[Sequence[Named]],
    cues: Sequence[Cue],
) -> bool:
    """'Refractory to A; … improved', 'after A failure, with …': what got better is not of A."""
    failures = [cue for cue in cues if cue.value in FAILURES]
    return any(cue.start <= group[0].start < cue.end for cue in failures) or any(
        cue.is_forward
        and cue.end <= group[0].start + 1
        and set(group) <= set(ahead(cue, statement, groups, cues))
        for cue in failures
    )


def is_just_stopped(group: Sequence[Named], cue: Cue, statement: Statement) -> bool:
    """'A was added and B withdrawn: the skin softened' is told of A."""
    return JUST_STOPPED.match(text_between(statement, group[-1].end, cue.start)) is not None


def is_of_each(group: Sequence[Named], words: str, statement: Statement) -> bool:
    """'A and later B each softened the skin' is of both, 'skin and nerves both improved' is not."""
    each = EACH.search(words)
    place = group[-1].end + each.start() if each else 0
    return each is not None and not any(
        group[-1].end <= subject.start < place
        for subject in statement.of("responses")
        if subject.group == "subject"
    )


def behind(
    cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """The group right before the cue; for a failure all groups since the cue before it."""
    earlier = [group for group in groups if group[0].start < cue.start]
    if not earlier:
        return []
    earlier = [g for g in earlier if not is_left_behind(g, statement)] or earlier
    if cue.value in BENEFITS and len(earlier) > 1 and is_just_stopped(earlier[-1], cue, statement):
        earlier = earlier[:-1]
    if cue.value in BENEFITS and is_failed(earlier[-1], statement, groups, cues):
        return before_aside(earlier, statement)
    words = text_between(statement, earlier[-1][-1].end, cue.start)
    if cue.value in BENEFITS and PRECEDING.search(words):
        return []  # 'A, given in the years preceding successful treatment'
    if cue.value in LOSSES and REASON.search(words):
        return []  # 'A for a myopathy that grew worse': the myopathy did, not under A
    if cue.value not in FAILURES and not is_of_each(earlier[-1], words, statement):
        return list(earlier[-1])
    borders = [other.end for other in cues if other.end <= cue.start]
    since = [group for group in earlier if not borders or group[0].start >= max(borders)]
    kept = [earlier[-1]]
    for before, after in zip(reversed(since[:-1]), reversed(since[1:]), strict=True):
        glue = text_between(statement, before[-1].end, after[0].start)
        if ";" in glue or ENDED_OTHERWISE.search(glue):
            break
        kept.append(before)
    return [named for group in kept for named in group]

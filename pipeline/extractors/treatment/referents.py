"""Which treatments the words for a duration or a stop speak of: those named beside them, else those
being given. Reads statements and the history so far; writes what was told to its courses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.extractors.treatment.amounts import Amount, Lasted, amounts_in
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import TRANSPLANT, Named
from pipeline.extractors.treatment.durations import opens_sentence, side_of
from pipeline.extractors.treatment.links import EACH
from pipeline.extractors.treatment.respective import apiece
from pipeline.extractors.treatment.stops import (
    TREATMENT_NOUN,
    Stop,
    endings_in,
    names_its_treatment,
)
from pipeline.records import Mention, Statement

CURRENT = re.compile(
    rf"\b(?:{TREATMENT_NOUN}|it|them|this|these|both|which|he|she|they|patient|paciente"
    rf"|patientin)\b",
    re.IGNORECASE,
)
PARTED = re.compile(r"[.;,(]|\b(?:after|before|since|following|despite)\b", re.IGNORECASE)
OWN_SUBJECT = re.compile(r"\W*(?:the|his|her|its|their|an?|this|these) \w", re.IGNORECASE)
BESIDE = re.compile(r"\b(?:together with|in addition to|along(?:side| with))\b", re.IGNORECASE)
GIVEN_ONCE = (TRANSPLANT, "other:allogeneic_sct", "surgery")
NEAR, FAR = 60, 110
NAMED_HERE, NAMED_BEFORE = 0.9, 0.8
Groups = Sequence[Sequence[Named]]


def tell_durations(
    statement: Statement, groups: Groups, courses: Mapping[Named, Course], before: Sequence[Course]
) -> None:
    """Give each amount of time or of cycles to the treatments it was given for."""
    if not (groups or before):
        return
    amounts = amounts_in(statement)
    if tell_apiece(statement, groups, courses, amounts):
        return
    for number, amount in enumerate(amounts):
        side = side_of(amount, statement)
        if side is None:
            continue
        earlier = amounts[number - 1].end if number else statement.start
        later = amounts[number + 1].start if number + 1 < len(amounts) else statement.end
        begin = amount.start if amount.kind == "begun" else amount.end  # the drug may stand inside
        named = (
            joined(statement, ahead(begin, later, groups))
            if side == "ahead"
            else nearest(statement, behind(amount.start, earlier, groups))
        )
        told = [courses[one] for one in named]
        if not told and side == "behind" and speaks_of_current(statement, amount):
            told = [course for course in before if course.is_stopped is not True]
            if opens_sentence(amount, statement) and is_later(amount, statement):
                told = [course for course in told if is_begun_just_before(course, statement)]
        sure = (NAMED_HERE if named else NAMED_BEFORE) - (0.02 if amount.months is None else 0)
        for course in told:
            if course.therapy not in GIVEN_ONCE:
                course.lasted.append(Lasted(amount, statement, sure))


def is_later(amount: Amount, statement: Statement) -> bool:
    return text_between(statement, amount.end, statement.end).startswith(" later")


def is_begun_just_before(course: Course, statement: Statement) -> bool:
    """Whether the sentence before names the treatment first: a time 'later' counts from there."""
    first = course.named[0][1]
    return first.section == statement.section and 0 <= statement.start - first.end < 3


def tell_apiece(
    statement: Statement, groups: Groups, courses: Mapping[Named, Course], amounts: Sequence[Amount]
) -> bool:
    """'A and B were given for 6 and 14 months, respectively': whether each has its own time."""
    owners = apiece(statement, groups, [amount.start for amount in amounts])
    is_in_brackets = bool(owners) and text_between(
        statement, statement.start, amounts[0].start
    ).endswith("(")
    if not owners or not (is_in_brackets or side_of(amounts[0], statement)):
        return False
    for named, amount in zip(owners, amounts, strict=True):
        if courses[named].therapy not in GIVEN_ONCE:
            courses[named].lasted.append(Lasted(amount, statement, NAMED_HERE))
    return True


def tell_stops(
    statement: Statement,
    groups: Groups,
    courses: Mapping[Named, Course],
    before: Sequence[Course],
    cues: Sequence[Cue],
) -> None:
    """Give what a sentence says of ending or going on to the treatments it speaks of."""
    for ending in endings_in(statement, cues):
        named = named_beside(ending.cue, statement, groups)
        told = [courses[one] for one in named]
        is_other = is_of_another(statement, ending.cue.start)
        if not told and not is_other and names_its_treatment(ending.cue, statement):
            told = list(before)
        sure = NAMED_HERE if named else NAMED_BEFORE
        for course in told:
            if course.therapy not in GIVEN_ONCE:
                course.stops.append(Stop(ending, statement, sure))


def speaks_of_current(statement: Statement, amount: Amount) -> bool:
    """'It was continued for a year' does, 'levetiracetam was continued for a year' does not."""
    if is_of_another(statement, amount.start):
        return False
    words = text_between(statement, statement.start, amount.end + 40)
    return amount.kind == "count" or CURRENT.search(words) is not None


def is_of_another(statement: Statement, place: int) -> bool:
    """A drug named before the place that was not received for the disease: it is meant."""
    return any(drug.start < place for drug in statement.of("therapies"))


def named_beside(cue: Mention, statement: Statement, groups: Groups) -> list[Named]:
    """The drugs on the side on which the cue has its treatment; those before it where none is."""
    if cue.group in ("object", "either", "alone"):
        found = ahead(cue.end, statement.end, groups)
        gap = text_between(statement, cue.end, found[0].start) if found else ""
        most = NEAR if cue.group != "either" else 25
        if found and len(gap) <= most and not PARTED.search(gap):
            return found
    if cue.group == "object" and not names_its_treatment(cue, statement):
        return []
    if cue.group != "object" and has_other_subject(cue, statement):
        return []
    before = text_between(statement, statement.start, cue.start)
    if EACH.search(before[-40:]):
        return [named for group in groups for named in group if named.start < cue.start]
    return behind(cue.start, statement.start, groups)


def has_other_subject(cue: Mention, statement: Statement) -> bool:
    """'A was started; the ventilator was withdrawn': the clause has a subject of its own."""
    start, _ = clause_of(statement, cue.start)
    words = text_between(statement, start, cue.start)
    is_named = any(start <= drug.start < cue.start for drug in statement.of("therapies"))
    is_own = start > statement.start and OWN_SUBJECT.match(words) is not None
    return is_own and not is_named and not names_its_treatment(cue, statement)


def ahead(start: int, end: int, groups: Groups) -> list[Named]:
    """The first drugs listed behind a place, up to the next."""
    for group in groups:
        inside = [named for named in group if start < named.end and named.start < end]
        if inside:
            return inside if inside[0].start - start <= FAR else []
    return []


def joined(statement: Statement, named: Sequence[Named]) -> list[Named]:
    """Of 'six cycles of A and B' both; of 'three days of A (1 g) and five of B' the first."""
    kept = list(named[:1])
    for before, after in pairwise(named):
        glue = text_between(statement, before.end, after.start)
        if "(" in glue or len(glue) > 30 or BESIDE.search(glue):
            break
        kept.append(after)
    return kept


def nearest(statement: Statement, named: Sequence[Named]) -> list[Named]:
    """Of 'A, B together with C for three days' the last: it stands beside the others."""
    for place in range(len(named) - 1, 0, -1):
        if BESIDE.search(text_between(statement, named[place - 1].end, named[place].start)):
            return list(named[place:])
    return list(named)


def behind(place: int, earlier: int, groups: Groups) -> list[Named]:
    """The drugs listed last before a place; of these only those since the amount before it."""
    for group in reversed(groups):
        inside = [named for named in group if named.start < place]
        if inside:
            return [named for named in inside if named.start >= earlier] or inside
    return []

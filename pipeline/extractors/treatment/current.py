"""What is being given when a response names no treatment, and who shares the response of another.

Reads statements and the history so far; writes what was told to its courses, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.extractors.treatment import sureness
from pipeline.extractors.treatment.courses import Course, tell
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.grades import BENEFITS, FAILURES, LOSSES
from pipeline.extractors.treatment.history import History
from pipeline.extractors.treatment.links import is_just_stopped, is_open, speaks_of_treatment
from pipeline.records import Statement

PAST_PERFECT = re.compile(
    r"\b(previous(ly)?|prior|earlier|former(ly)?|unsuccessful (trials?|attempts?|treatments?)"
    r"|had (\w+ ){0,2}(been|failed|proved|proven|shown|received|undergone|brought|led|given))\b",
    re.IGNORECASE,
)

NUMBER = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|last|one|two|three"
    r"|four|five|six|seven|eight|nine|ten|twelve|\d{1,2}(?:st|nd|rd|th)?)"
)
# 'After the third (infusion of)', 'within two courses of': what follows tells the time.
COURSE_BEFORE = re.compile(
    r"\b(?:after|before|by|at|within|during|following|with|until) (?:the end of )?"
    r"(?:the |his |her )?"
    rf"{NUMBER} (?:\w+ )?(?:(?:infusions?|cycles?|courses?|doses?|months?|pulses?) (?:of |on ))?$",
    re.IGNORECASE,
)
# 'None of these three treatments', 'both', 'all this': a failure of more than what is being given.
SUMMING_UP = re.compile(
    r"\b(?:(?:(?P<number>two|three|four|five|six|both|neither)(?: of (?:the|these|those|them))?"
    r"|(?:none|not one) of (?:the|these|those|which|them)(?: (?P<of>two|three|four|five|six))?"
    r"|all(?: of)? (?:the|these|those|this|that)(?: (?P<all>two|three|four|five|six))?)"
    r"(?: (?:different |earlier |previous |various )?(?:treatments|drugs|agents|therapies|regimens"
    r"|measures|attempts|medicines|medications|modalities))?"
    r"|nothing (?:that was )?(?:given|tried|done))\b",
    re.IGNORECASE,
)
SPONTANEOUS = re.compile(
    r"\bspontaneous|\bfor no (?:\w+ )?reason|\bof (?:its|their) own (?:accord|will)"
    r"|\bby (?:itself|themselves)\b",
    re.IGNORECASE,
)
COUNTS = {"both": 2, "neither": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def tell_current(
    history: History, cue: Cue, statement: Statement, courses: Sequence[Course]
) -> None:
    """Give a response without a drug to what is being given; keep it where nothing is yet."""
    if is_open(cue, statement) and not speaks_of_treatment(cue, statement):
        return
    if cue.value in BENEFITS and SPONTANEOUS.search(statement.text):
        return
    if cue.value == "none" and is_of_unlisted_drug(cue, statement):
        return
    if any(is_announced_elsewhere(course, cue, statement) for course in courses):
        return
    if courses:
        tell(courses, cue, statement, sureness.OTHER_SENTENCE)
    elif not history.courses:
        history.unlinked.append((cue, statement))


def is_of_unlisted_drug(cue: Cue, statement: Statement) -> bool:
    """'Antibiotics were without effect' says nothing of what was given before."""
    start, _ = clause_of(statement, cue.start)
    return any(
        mark.concept == "empirical" and start <= mark.start < cue.start
        for mark in statement.of("treatments")
    )


def is_announced_elsewhere(course: Course, cue: Cue, statement: Statement) -> bool:
    """The case begins before the treatment that the opening announced: its course is not that."""
    role = course.named[0][1].role
    is_before = cue.value in LOSSES and course.response not in BENEFITS
    return course.is_announced and (is_before or role != statement.role)


def with_companions(
    history: History, courses: list[Course], cue: Cue, statement: Statement
) -> list[Course]:
    """A drug added to others shares its response with those that had none of their own, and one
    whose course only tells the time ('after the third infusion of A') with its regimen."""
    is_added = any(mark.concept == "addition" for mark in statement.of("treatments"))
    is_added = is_added or all(is_time_of(course, statement) for course in courses)
    if not is_added or cue.value in LOSSES:
        return courses  # 'A was added when B lost its effect': A did not
    if not all(course in history.active for course in courses):
        return courses
    others = [
        c
        for c in history.active
        if c not in courses and not c.told and not is_withdrawn(c, cue, statement)
    ]
    return [*courses, *(c for c in others if is_named_before(c, cue, statement))]


def is_time_of(course: Course, statement: Statement) -> bool:
    """Whether the sentence names a drug given before only to tell when: 'by the fourth course of
    A', 'before the third A infusion'."""
    named, told_in = course.named[-1]
    is_known = course.named[0][1] is not statement and told_in is statement
    before = text_between(statement, named.start - 50, named.start)
    return is_known and COURSE_BEFORE.search(before) is not None


def is_named_before(course: Course, cue: Cue, statement: Statement) -> bool:
    """'The lesions relapsed, so A was added': A had no part in what was told before it."""
    named, told_in = course.named[0]
    return told_in is not statement or named.start < cue.start


def summed_up_in(cue: Cue, statement: Statement, courses: Sequence[Course]) -> list[Course]:
    """'None of these three had any effect': the last three, as long as no benefit was told."""
    start, _ = clause_of(statement, cue.start)
    found = SUMMING_UP.search(text_between(statement, start, cue.end))
    if found is None or cue.value != "none" or statement.of("therapies"):
        return []
    number = COUNTS.get((found["number"] or found["of"] or found["all"] or "").lower())
    tried = [*takewhile(lambda course: course.response in (None, "none"), reversed(courses))]
    lines = list(dict.fromkeys(course.line for course in tried))  # a regimen is one treatment
    if number is None or [course.line for course in tried].count(max(lines, default=0)) == number:
        return tried if number is None else tried[:number]
    last = lines[:number] if len(lines) >= number else []
    return [course for course in tried if course.line in last]


def current(cue: Cue, before: Sequence[Course], lately: Sequence[Course]) -> list[Course]:
    """The courses a sentence without a drug speaks of: a failure of all those named last."""
    if cue.value in BENEFITS:
        going = [course for course in before if not is_past(course)]
        return [course for course in going if not course.is_stopped] or going
    if cue.value in FAILURES and len(lately) > len(before):
        return [course for course in lately if course.response is None]
    return list(before)


def is_withdrawn(course: Course, cue: Cue, statement: Statement) -> bool:
    """'A was added and B withdrawn: the skin softened': B has no part in it."""
    named, told_in = course.named[-1]
    return told_in is statement and is_just_stopped([named], cue, statement)


def is_past(course: Course) -> bool:
    """'Refractory to A', 'A had been unsuccessful', a list of failures: these were given before,
    and what gets better in a later sentence is not under them."""
    if not course.told or course.response != "none":
        return False
    last = course.told[-1]
    return last.cue.is_forward or PAST_PERFECT.search(last.statement.text) is not None


def is_answered(
    course: Course,
    groups: Sequence[Sequence[Named]],
    courses: Mapping[Named, Course],
    statement: Statement,
) -> bool:
    """'A gave a partial response; B was added': what comes later is told of B alone."""
    latest = [courses[named] for named in groups[-1]] if groups else []
    shared = [told.cue for one in latest for told in one.told]
    alone = [t for t in course.told if t.statement is statement and t.cue not in shared]
    return bool(alone) and course not in latest and course.named[-1][1] is statement

"""Where a treatment episode begins: a drug named again continues its episode unless begun anew.

Reads cues of rules/treatments.csv, writes nothing; the history it is given is carried on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import FINITE_VERB, clause_of, text_between
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.drugs import STEROID, Named
from pipeline.extractors.treatment.history import History
from pipeline.records import Mention, Statement

ANNOUNCEMENTS = (
    "we report", "we describe", "we present", "herein", "is reported", "the authors", "se describe",
    "presentamos", "se presenta", "relata-se", "relatamos", "nous rapportons", "wir berichten",
)  # fmt: skip
FLASHBACK = re.compile(
    r"\W*(earlier|previous(ly)?|prior|past|formerly|in the past|before (that|this|then)"
    r"|previamente|anteriormente|auparavant|zuvor|fruher\w*)\b",
    re.IGNORECASE,
)
THE = re.compile(r"\b(?:the|his|her|this|these) $", re.IGNORECASE)
AFTER = re.compile(r"\bafter$", re.IGNORECASE)
SUMMARY_ROLES = ("discussion", "conclusion", "background")


def course_for(
    history: History,
    named: Named,
    group: Sequence[Named],
    statement: Statement,
    failed: Sequence[Named] = (),
) -> Course:
    """The course a mention belongs to: the same drug again is the same course unless begun anew.

    `failed`: what the sentence says had failed ('refractory to A, responded to A with B').
    """
    same = [course for course in history.courses if course.therapy == named.therapy]
    is_anew = any(n.therapy == named.therapy and n.end <= named.start for n in failed)
    is_anew = is_anew and named not in failed
    if same and not is_anew and not is_new_course(history, same[-1], named, group, statement):
        same[-1].named.append((named, statement))
        return same[-1]
    course = Course(
        therapy=named.therapy,
        line=0,
        named=[(named, statement)],
        origin=same[-1] if same else None,
        is_announced=is_announcement(statement),
        is_resumed=bool(same and same[-1].is_stopped)
        and is_resumed(statement, *clause_of(statement, named.start)),
    )
    history.courses.append(course)
    return course


def is_announcement(statement: Statement) -> bool:
    """'We report a patient in whom …' tells in advance what the case then tells in order."""
    words = statement.text.lower()
    return statement.role == "background" or any(phrase in words for phrase in ANNOUNCEMENTS)


def is_new_course(
    history: History,
    earlier: Course,
    named: Named,
    group: Sequence[Named],
    statement: Statement,
) -> bool:
    """Whether the drug is begun again: a word of beginning, and a result or a line in between."""
    if statement.role in SUMMARY_ROLES:
        return False
    start, end = clause_of(statement, named.start)
    cues = [
        cue
        for cue in statement.of("treatments")
        if start - 1 <= cue.start < end and not is_of_stop(cue, statement)
    ]
    if earlier.named[-1][1] is statement:
        last = earlier.named[-1][0].end
        is_again = any(c.concept == "restart" and last <= c.start <= named.start for c in cues)
        return is_again or is_of_next_regimen(history, earlier, group, statement)
    is_steroid = named.therapy == STEROID and not named.substance
    if is_steroid and THE.search(statement.text[: named.start - statement.start]):
        return False  # 'the steroid' takes up what was named
    if earlier.is_announced or is_another_substance(earlier.named[-1][0], named):
        return True
    is_begun = any(cue.concept in ("start", "addition") for cue in cues)
    is_again = any(c.concept == "restart" and is_of(c, named, statement) for c in cues)
    if is_again and (earlier.response is not None or earlier.is_relapse):
        return True
    if earlier.is_stopped and is_resumed(statement, start, end):
        return True
    is_other_line = earlier not in history.active
    is_ended = earlier.response in ("none", "worse") or earlier.is_relapse
    return (is_begun or len(group) > 1) and (is_ended or (is_other_line and len(group) > 1))


def is_of_next_regimen(
    history: History, earlier: Course, group: Sequence[Named], statement: Statement
) -> bool:
    """'VRd was switched to Dara-Rd': the lenalidomide of the second is a further line."""
    before = earlier.named[-1][0]
    is_regimen = (
        len(group) > 1
        and before not in group
        and any(
            course is not earlier
            and course.line == earlier.line
            and course.named[-1][1] is statement
            for course in history.courses
        )
    )
    glue = text_between(statement, before.end, group[0].start)
    return is_regimen and FINITE_VERB.search(glue) is not None


def is_of(cue: Mention, named: Named, statement: Statement) -> bool:
    """'After the last infusion another course of IVIG …': what is begun again is named behind."""
    if AFTER.search(cue.text) and is_lost_before(cue, statement):
        return False
    return cue.start < named.start or not any(
        other.concept == named.therapy and other.start >= cue.end
        for other in statement.of("therapies")
    )


def is_of_stop(cue: Mention, statement: Statement) -> bool:
    """The 'then' of 'A was then stopped' begins nothing."""
    return any(
        stop.concept == "stopped" and stop.start <= cue.start and cue.end <= stop.end
        for stop in statement.of("stops")
    )


def is_resumed(statement: Statement, start: int, end: int) -> bool:
    """'It was stopped … and reintroduced': a further episode also where no result is told."""
    return any(
        cue.concept == "resumed" and start <= cue.start < end for cue in statement.of("stops")
    )


def is_lost_before(cue: Mention, statement: Statement) -> bool:
    """'Relapsed five years after A' tells when A was lost, not that it was given again."""
    return any(
        told.concept == "relapse" and 0 <= cue.start - told.end < 25
        for told in statement.of("responses")
    )


def is_another_substance(one: Named, other: Named) -> bool:
    """Dexamethasone after prednisone is a new course of systemic corticosteroid."""
    return bool(one.substance and other.substance and one.substance != other.substance)


def take_over(
    history: History,
    courses: list[Course],
    group: Sequence[Named],
    statement: Statement,
    is_earlier: bool = False,
) -> None:
    """The group becomes what is being given; what it is added to goes on."""
    is_added = any(joins_to_earlier(cue, group) for cue in statement.of("treatments"))
    if all(course in history.active for course in courses):
        return
    if any(course.line == 0 for course in courses):
        history.line += 1
    for course in courses:
        course.line = course.line or history.line
    if history.active and (is_earlier or FLASHBACK.match(statement.text)):
        return  # told in passing: what is being given goes on
    kept = [c for c in history.active if c.response is None] if is_added else []
    history.active = [*(c for c in kept if c not in courses), *courses]


def joins_to_earlier(cue: Mention, group: Sequence[Named]) -> bool:
    """'A was added' joins A to what was given; 'A together with B' is a regimen of its own."""
    is_inside = group[0].end <= cue.start < group[-1].start
    return cue.concept == "addition" and not is_inside and abs(cue.start - group[0].start) < 60

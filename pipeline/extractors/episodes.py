"""The treatment history of one patient: episodes in order, their lines and their responses.

Reads statements, writes nothing. The sentences are gone through in order; each treatment received
opens an episode or continues one, each response cue is given to the episodes it speaks of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extractors.clauses import clause_of, is_listed_together, text_between
from pipeline.extractors.courses import LOSSES, Course, Told, settled
from pipeline.extractors.cues import BENEFITS, Cue, cues_in
from pipeline.extractors.drugs import Named, grouped, named_in, names_transplant
from pipeline.extractors.links import linked, speaks_of_treatment
from pipeline.extractors.received import has_evidence, verdict_on
from pipeline.records import Report, Statement
from pipeline.rules import Rules

OWN_TELLERS = ("patient", "series")
ANNOUNCEMENTS = (
    "we report", "we describe", "we present", "herein", "is reported", "the authors", "se describe",
    "presentamos", "se presenta", "relata-se", "relatamos", "nous rapportons", "wir berichten",
)  # fmt: skip
SUMMARY_ROLES = ("discussion", "conclusion", "background")


@dataclass
class History:
    """What is known while the report is read: courses so far and those being given now."""

    courses: list[Course] = field(default_factory=list)
    active: list[Course] = field(default_factory=list)
    lately: list[Course] = field(default_factory=list)
    line: int = 0
    unlinked: list[tuple[Cue, Statement]] = field(default_factory=list)
    spoken_of: list[tuple[Named, Statement, str, str]] = field(default_factory=list)


def history_of(report: Report, rules: Rules, label: str) -> History:
    """The treatment history of one own patient."""
    history = History()
    own = [s for s in report.statements if label in s.patients and s.teller in OWN_TELLERS]
    has_transplant = any(names_transplant(s) for s in own)
    for statement in own:
        if statement.role != "title":
            read_statement(history, statement, has_transplant)
    for statement in report.statements:
        if statement.role == "title" and statement in own:
            read_title(history, statement, has_transplant)
        elif statement.role == "title" and label == report.labels[0] and not history.courses:
            read_topic(history, statement, has_transplant)
    history.courses = settled(history.courses, rules)
    return history


def read_statement(history: History, statement: Statement, has_transplant: bool) -> None:
    """Open or continue the courses of a sentence, then hand out its responses."""
    cues = cues_in(statement)
    groups = received_groups(history, statement, has_transplant, cues)
    before, lately = history.active, history.lately
    courses: dict[Named, Course] = {}
    for group in groups:
        for named in group:
            courses[named] = course_for(history, named, group, statement)
        take_over(history, [courses[named] for named in group], group, statement)
    if groups:
        history.lately = list(courses.values())
    for cue in cues:
        named_ones = linked(cue, statement, groups, cues)
        told_of = [courses[named] for named in named_ones]
        if told_of:
            tell(with_companions(history, told_of, cue, statement), cue, statement, 0.9)
        elif not groups or cue.start < groups[0][0].start:
            tell_current(history, cue, statement, current(cue, before, lately))


def tell_current(
    history: History, cue: Cue, statement: Statement, courses: Sequence[Course]
) -> None:
    """Give a response without a drug to what is being given; keep it where nothing is yet."""
    if cue.is_forward and not speaks_of_treatment(cue, statement):
        return
    if any(is_announced_elsewhere(course, cue, statement) for course in courses):
        return
    if courses:
        tell(courses, cue, statement, 0.75)
    elif not history.courses:
        history.unlinked.append((cue, statement))


def is_announced_elsewhere(course: Course, cue: Cue, statement: Statement) -> bool:
    """The case begins before the treatment that the opening announced: its course is not that."""
    role = course.named[0][1].role
    return course.is_announced and (cue.value in LOSSES or role != statement.role)


def with_companions(
    history: History, courses: list[Course], cue: Cue, statement: Statement
) -> list[Course]:
    """A drug added to others shares its response with those that had none of their own."""
    if not any(mark.concept == "addition" for mark in statement.of("treatments")):
        return courses
    if not all(course in history.active for course in courses):
        return courses
    others = [c for c in history.active if c not in courses and not c.told]
    return [*courses, *(c for c in others if is_named_before(c, cue, statement))]


def is_named_before(course: Course, cue: Cue, statement: Statement) -> bool:
    """'The lesions relapsed, so A was added': A had no part in what was told before it."""
    named, told_in = course.named[0]
    return told_in is not statement or named.start < cue.start


def current(cue: Cue, before: Sequence[Course], lately: Sequence[Course]) -> list[Course]:
    """The courses a sentence without a drug speaks of: a failure of all those named last."""
    if cue.value == "none" and len(lately) > len(before):
        return [course for course in lately if course.response is None]
    return list(before)


def tell(courses: Sequence[Course], cue: Cue, statement: Statement, confidence: float) -> None:
    for course in courses:
        course.told.append(Told(cue, statement, confidence))


def received_groups(
    history: History, statement: Statement, has_transplant: bool, cues: Sequence[Cue]
) -> list[list[Named]]:
    """The treatments of a sentence that the patient received, joined as they are listed."""
    kept: list[Named] = []
    last: tuple[Named, str, str] | None = None
    for named in named_in(statement, has_transplant):
        verdict, rule = verdict_on(named, statement)
        if last is not None and verdict == "received" and is_refused_with(last, named, statement):
            verdict, rule = "not_received", last[2]
        last = (named, verdict, rule)
        if verdict == "received" and named.group == "symptomatic":
            verdict = "other_disease"
        if verdict == "received" and not is_supported(statement, cues):
            verdict = "not_received"
        if verdict == "received":
            kept.append(named)
        else:
            history.spoken_of.append((named, statement, verdict, rule))
    return grouped(statement, kept, [cue.start for cue in cues])


def is_refused_with(last: tuple[Named, str, str], named: Named, statement: Statement) -> bool:
    """A drug listed behind one that was not received was not received either."""
    glue = text_between(statement, last[0].end, named.start)
    return last[1] == "not_received" and is_listed_together(glue)


def is_supported(statement: Statement, cues: Sequence[Cue]) -> bool:
    """Outside the case itself a drug counts only beside a word of giving or of response."""
    return bool(cues) or has_evidence(statement) or statement.role in ("case", "table", "results")


def course_for(
    history: History, named: Named, group: Sequence[Named], statement: Statement
) -> Course:
    """The course a mention belongs to: the same drug again is the same course unless begun anew."""
    same = [course for course in history.courses if course.therapy == named.therapy]
    if same and not is_new_course(history, same[-1], named, group, statement):
        same[-1].named.append((named, statement))
        return same[-1]
    course = Course(
        therapy=named.therapy,
        line=0,
        named=[(named, statement)],
        origin=same[-1] if same else None,
        is_announced=is_announcement(statement),
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
    cues = [c for c in statement.of("treatments") if start - 1 <= c.start < end]
    if earlier.named[-1][1] is statement:
        last = earlier.named[-1][0].end
        return any(c.concept == "restart" and last <= c.start <= named.start for c in cues)
    if earlier.is_announced or is_another_substance(earlier.named[-1][0], named):
        return True
    is_begun = any(cue.concept in ("start", "addition") for cue in cues)
    is_again = any(cue.concept == "restart" for cue in cues)
    if is_again and (earlier.response is not None or earlier.is_relapse):
        return True
    is_other_line = earlier not in history.active
    is_ended = earlier.response in ("none", "worse") or earlier.is_relapse
    return (is_begun or len(group) > 1) and (is_ended or (is_other_line and len(group) > 1))


def is_another_substance(one: Named, other: Named) -> bool:
    """Dexamethasone after prednisone is a new course of systemic corticosteroid."""
    return bool(one.substance and other.substance and one.substance != other.substance)


def take_over(
    history: History, courses: list[Course], group: Sequence[Named], statement: Statement
) -> None:
    """The group becomes what is being given; what it is added to goes on."""
    is_added = any(
        cue.concept == "addition" and abs(cue.start - group[0].start) < 60
        for cue in statement.of("treatments")
    )
    if all(course in history.active for course in courses):
        return
    if any(course.line == 0 for course in courses):
        history.line += 1
    for course in courses:
        course.line = course.line or history.line
    kept = [c for c in history.active if c.response is None] if is_added else []
    history.active = [*(c for c in kept if c not in courses), *courses]


def read_title(history: History, statement: Statement, has_transplant: bool) -> None:
    """A title adds what the text does not say: a result, or a treatment that had one."""
    cues = cues_in(statement)
    named = [
        n for n in named_in(statement, has_transplant) if verdict_on(n, statement)[0] == "received"
    ]
    groups = grouped(statement, named)
    for cue in cues:
        for drug in linked(cue, statement, groups, cues):
            title_result(history, drug, cue, statement)


def read_topic(history: History, statement: Statement, has_transplant: bool) -> None:
    """'Treatment of scleromyxedema with A' over a text that tells only of the improvement."""
    cues = [(cue, told) for cue, told in history.unlinked if cue.value in BENEFITS]
    groups = grouped(statement, named_in(statement, has_transplant))
    if len(groups) != 1 or not cues or not has_evidence(statement):
        return
    history.line += 1
    for drug in groups[0]:
        course = Course(drug.therapy, history.line, [(drug, statement)])
        for cue, told in cues:
            tell([course], cue, told, 0.6)
        if all(known.therapy != drug.therapy for known in history.courses):
            history.courses.append(course)


def title_result(history: History, drug: Named, cue: Cue, statement: Statement) -> None:
    same = [course for course in history.courses if course.therapy == drug.therapy]
    if not same:
        history.line += 1
        same = [Course(drug.therapy, history.line, [(drug, statement)])]
        history.courses.extend(same)
    if all(course.response is None and not course.is_relapse for course in same):
        tell(same[-1:], cue, statement, 0.7)

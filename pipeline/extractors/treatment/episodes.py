"""The treatment history of one patient: episodes in order, their lines and their responses.

Reads statements, writes nothing. The sentences are gone through in order; each treatment received
opens an episode or continues one, each response cue is given to the episodes it speaks of.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pipeline.extractors.clauses import text_between
from pipeline.extractors.tables.cell_words import CellWords
from pipeline.extractors.tables.courses import read_cells
from pipeline.extractors.treatment import sureness
from pipeline.extractors.treatment.barriers import is_left_behind, is_told_of_before
from pipeline.extractors.treatment.beginnings import course_for, take_over
from pipeline.extractors.treatment.courses import Course, settled, tell, without_broad_names
from pipeline.extractors.treatment.cues import Cue, cues_in
from pipeline.extractors.treatment.current import (
    current,
    is_answered,
    summed_up_in,
    tell_current,
    with_companions,
)
from pipeline.extractors.treatment.drugs import Named, names_transplant
from pipeline.extractors.treatment.given import received_groups
from pipeline.extractors.treatment.grades import BENEFITS, FAILURES
from pipeline.extractors.treatment.history import History
from pipeline.extractors.treatment.links import is_failed, linked
from pipeline.extractors.treatment.ordinals import left_out, named_before, parted
from pipeline.extractors.treatment.referents import tell_durations, tell_stops
from pipeline.extractors.treatment.respective import tell_respective
from pipeline.extractors.treatment.resumptions import Resumptions
from pipeline.extractors.treatment.taken_up import chosen, taken_up
from pipeline.extractors.treatment.titles import read_title, read_topic
from pipeline.records import Report, Statement
from pipeline.rules import Rules

LOST = re.compile(r"lost\b|relaps|recur|return|re-?appear|flare|came back", re.IGNORECASE)
OWN_TELLERS = ("patient", "series")


class Kept(threading.local):
    """The histories of the report read last: three extractors ask for them, one after another."""

    report: Report | None = None
    rules: Rules | None = None
    histories: Mapping[str, History] = MappingProxyType({})


KEPT = Kept()


def history_of(report: Report, rules: Rules, label: str) -> History:
    """The treatment history of one own patient; to be read, not to be changed."""
    if KEPT.report is not report or KEPT.rules is not rules:
        KEPT.report, KEPT.rules = report, rules
        KEPT.histories = {one: read_history(report, rules, one) for one in report.labels}
    return KEPT.histories[label]


def read_history(report: Report, rules: Rules, label: str) -> History:
    history = History()
    own = [
        s
        for s in report.statements
        if label in s.patients and s.teller in OWN_TELLERS and s.cell is None
    ]
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
    cells = [s for s in report.statements if s.cell is not None and label in s.patients]
    if cells:
        read_cells(history, cells, CellWords(rules, report), received_groups)
        history.courses = list(without_broad_names(history.courses, rules))
    return history


def read_statement(history: History, statement: Statement, has_transplant: bool) -> None:
    """Open or continue the courses of a sentence, then hand out its responses."""
    cues = cues_in(statement)
    begin_proposed(history, taken_up(history, statement))
    groups = received_groups(history, statement, has_transplant, cues)
    begin_proposed(history, chosen(history, statement))
    before, lately = history.active, history.lately
    courses: dict[Named, Course] = {}
    failed = failed_in(statement, groups, cues)
    for group in groups:
        for named in group:
            courses[named] = course_for(history, named, group, statement, failed)
        is_earlier = group is not groups[0] and (
            is_left_behind(group, statement)
            or is_told_of_before(group, statement)
            or is_failed_before(group, groups, cues, statement)
        )
        take_over(history, [courses[named] for named in group], group, statement, is_earlier)
    if groups:
        history.lately = list(courses.values())
    tell_durations(statement, groups, courses, before)
    tell_stops(statement, groups, courses, before, cues)
    resumptions = Resumptions(history, statement, groups, courses, before)
    sure = sureness.ONLY_ONE if len(courses) == 1 else sureness.ONE_OF_SEVERAL
    for cue in tell_respective(statement, groups, courses, spelt_out(history, cues)):
        again = resumptions.courses_of(cue)
        if again:
            tell(again, cue, statement, sureness.OTHER_SENTENCE)
            continue
        picked, others = parted(cue, statement, named_before(cue, courses, lately), cues)
        if picked:
            tell(picked, cue, statement, sureness.ONE_OF_SEVERAL)
            tell(others, replace(cue, value="none"), statement, sureness.OTHER_SENTENCE)
            continue
        named_ones = linked(cue, statement, groups, cues)
        told_of = [courses[named] for named in named_ones]
        told_of = that_helped(cue, statement, told_of, before)
        if told_of:
            tell(with_companions(history, told_of, cue, statement), cue, statement, sure)
            others = left_out(cue, statement, named_ones, courses)
            tell(others, replace(cue, value="none"), statement, sureness.OTHER_SENTENCE)
        elif is_of_another(history, cue, statement, cues):
            continue
        elif all(
            cue.start < group[0].start or is_failed(group, statement, groups, cues)
            for group in groups
        ):
            told_of = summed_up_in(cue, statement, history.courses)
            told_of = told_of or current(cue, before, lately)
            tell_current(history, cue, statement, told_of)
    resumptions.finish()
    history.previous = statement
    history.active = [c for c in history.active if not is_answered(c, groups, courses, statement)]


def that_helped(
    cue: Cue, statement: Statement, told_of: list[Course], before: Sequence[Course]
) -> list[Course]:
    """'Steroids became necessary; the gain was lost': what had helped lost it, not what is named
    here for the first time."""
    words = text_between(statement, cue.start, cue.end)
    if (
        cue.value != "relapse"
        or not LOST.search(words)
        or any(
            course.told
            or course.named[0][1] is not statement
            or course.named[0][0].start > cue.start
            for course in told_of
        )
    ):
        return told_of
    return [course for course in before if course.response in BENEFITS] or told_of


def spelt_out(history: History, cues: Sequence[Cue]) -> list[Cue]:
    """'A second course had the same result': that which was told last; nothing where none was."""
    last = next((c.response for c in reversed(history.courses) if c.response), None)
    told = [replace(cue, value=last or "") if cue.value == "same" else cue for cue in cues]
    return [cue for cue in told if cue.value]


def begin_proposed(history: History, found: Sequence[tuple[Named, Statement]]) -> None:
    """'A was offered. After four cycles …': A is what is being given from now on."""
    group = [named for named, _ in found]
    courses = [course_for(history, named, group, told_in) for named, told_in in found]
    if found:
        history.spoken_of = [spoken for spoken in history.spoken_of if spoken[:2] not in found]
        take_over(history, courses, group, found[0][1])


def is_of_another(history: History, cue: Cue, statement: Statement, cues: Sequence[Cue]) -> bool:
    """'Alteplase with good results': the result of a drug given for something else is not that of
    what is being given for the disease."""
    others = [
        [named]
        for named, told_in, verdict, _ in history.spoken_of
        if told_in is statement and verdict == "other_disease"
    ]
    return bool(others) and bool(linked(cue, statement, others, cues))


def failed_in(
    statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """What a sentence with several results says had failed: 'refractory to A, responded to B'."""
    if len(groups) < 2 or len(cues) < 2:
        return []
    failures = [cue for cue in cues if cue.is_forward and cue.value in FAILURES]
    return [named for cue in failures for named in linked(cue, statement, groups, cues)]


def is_failed_before(
    group: Sequence[Named],
    groups: Sequence[Sequence[Named]],
    cues: Sequence[Cue],
    statement: Statement,
) -> bool:
    """'A was given because of progression despite B': what is being given from now on is A."""
    return any(
        cue.is_forward
        and cue.value == "none"
        and groups[0][-1].end <= cue.start < group[0].start
        and group[0] in linked(cue, statement, groups, cues)
        for cue in cues
    )

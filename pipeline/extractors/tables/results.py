"""Hands the results of a table's cells to the treatment courses they stand behind.

Reads statements that are cells, writes nothing but the courses it is given.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.extractors.treatment.courses import Course, tell
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.grades import BENEFITS
from pipeline.extractors.treatment.told import Told
from pipeline.records import Statement

ITEM = re.compile(r";|\n|→|->|\bthen\b|\bfollowed by\b|\(\d\)|\b\d\)", re.IGNORECASE)
COMMA = re.compile(r",")


def tell_inside(
    named: Sequence[Sequence[Named]],
    courses: Sequence[Sequence[Course]],
    cues: Sequence[Cue],
    statement: Statement,
) -> None:
    """Each result to the treatments since the one before it; a first one to those behind it."""
    drugs = [
        (one.start, course)
        for group, made in zip(named, courses, strict=True)
        for one, course in zip(group, made, strict=True)
    ]
    last, meant = -1, list[Course]()
    for number, cue in enumerate(cues):
        until = cues[number + 1].start if number + 1 < len(cues) else statement.end + 1
        before = [course for start, course in drugs if last <= start <= cue.start]
        meant = before or [c for start, c in drugs if cue.end <= start < until] or meant
        give(meant, cue, statement)
        last = cue.end if before or cue.end > last else last


def tell_open(
    open_courses: Sequence[Sequence[Course]], cues: Sequence[Cue], statement: Statement
) -> None:
    """A result to all treatments named before it; a list of results to a list as long."""
    flat = [course for group in open_courses for course in group]
    items = split_items(cues, statement)
    for lists in (open_courses, [[course] for course in flat]):
        if 1 < len(items) == len(lists):
            for group, item in zip(lists, items, strict=True):
                for cue in item:
                    give(group, cue, statement)
            return
    for cue in cues:
        give(flat, cue, statement)


def split_items(cues: Sequence[Cue], statement: Statement) -> list[list[Cue]]:
    """The results of a cell by the parts that ';', a line or 'then' divides it into."""
    for divider in (ITEM, COMMA):
        cuts = [statement.start + found.start() for found in divider.finditer(statement.text)]
        borders = [statement.start, *cuts, statement.end + 1]
        parts = [
            [cue for cue in cues if first <= cue.start < last]
            for first, last in itertools.pairwise(borders)
        ]
        if sum(map(bool, parts)) > 1:
            return [part for part in parts if part]
    return [list(cues)]


def give(courses: Sequence[Course], cue: Cue, statement: Statement) -> None:
    """Tell the courses; one whose response the text told otherwise keeps it, but may be lost."""
    for course in dict.fromkeys(courses):
        told_in_text = [told for told in course.told if told.statement.cell is None]
        is_lost = cue.value == "relapse" and course.response in BENEFITS
        if not told_in_text or is_lost:
            tell([course], cue, statement, 0.85)
        elif course.response != cue.value and not (course.is_relapse and cue.value == "relapse"):
            course.otherwise.append(Told(cue, statement, 0.3))

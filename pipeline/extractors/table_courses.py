"""The treatments and responses of a patient that stand in the cells of a table.

Reads statements that are cells, writes nothing; the history of the text is carried on. What the
text told of a treatment counts; the table fills what it left open, and contradictions are kept.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

import msgspec

from pipeline.extractors.beginnings import is_another_substance
from pipeline.extractors.cell_words import CellWords
from pipeline.extractors.courses import Course, Told, tell
from pipeline.extractors.cues import BENEFITS, Cue, cues_in
from pipeline.extractors.drugs import Named, spelt_out
from pipeline.extractors.history import History
from pipeline.records import Mention, Statement

Groups = Callable[[History, Statement, bool, Sequence[Cue]], list[list[Named]]]
RESULT_FIELDS = frozenset(("response", "relapse", "outcome_response"))
# A result behind the next treatment is that one's.
PRIOR = re.compile(r"prior|previous|earlier|past|former", re.IGNORECASE)
ITEM = re.compile(r";|\n|→|->|\bthen\b|\bfollowed by\b|\(\d\)|\b\d\)", re.IGNORECASE)
COMMA = re.compile(r",")


def read_cells(
    history: History, cells: Sequence[Statement], words: CellWords, groups_of: Groups
) -> None:
    """Go through the cells of one patient in order; a result belongs to what was named last."""
    has_result = any(c.cell and "response" in c.cell.fields for c in cells)
    has_transplant = any(m.concept == "autologous_sct" for c in cells for m in c.of("therapies"))
    open_courses: list[list[Course]] = []
    is_answered = is_prior = False
    for statement in cells:
        fields = set(statement.cell.fields) if statement.cell else set()
        if has_result:
            fields.discard("outcome_response")
        if words.is_unknown(statement) and not (words.no_response and fields & RESULT_FIELDS):
            continue
        cues = words.responses(statement, cues_in(statement)) if fields & RESULT_FIELDS else []
        named = named_groups(history, statement, fields, words, groups_of, has_transplant)
        if named:
            courses = [[course_of(history, one, statement) for one in group] for group in named]
            own = cues or inner_cues(statement, words, fields)
            if own:
                tell_inside(named, courses, own, statement)
                continue
            is_over = is_answered or is_prior
            open_courses = courses if is_over else [*open_courses, *courses]
            is_answered, is_prior = False, PRIOR.match(header_of(statement)) is not None
        elif cues:
            meant = courses_of_header(history, statement) or open_courses
            tell_open(meant, cues, statement)
            is_answered = bool(meant)


def header_of(statement: Statement) -> str:
    return statement.cell.header if statement.cell else ""


def courses_of_header(history: History, statement: Statement) -> list[list[Course]]:
    """'Response to IVIG' tells of IVIG, whatever stands in the columns before it."""
    named = [one for mention in named_in_header(statement) for one in spelt_out(mention)]
    return [[course_of(history, one, statement)] for one in named]


def named_in_header(statement: Statement) -> list[Mention]:
    """The treatments of the header, placed on the cell, which is what tells of the patient."""
    named = statement.cell.named if statement.cell else ()
    return [
        msgspec.structs.replace(mention, start=statement.start, end=statement.end)
        for mention in named
        if mention.table == "therapies"
    ]


def named_groups(
    history: History,
    statement: Statement,
    fields: set[str],
    words: CellWords,
    groups_of: Groups,
    has_transplant: bool,
) -> list[list[Named]]:
    """The treatments of a cell, or that of its header where the cell affirms it."""
    if not fields & {"therapy", "text"} and fields & {"label", "age", "sex", "organs", "outcome"}:
        return []
    said = words.yes_no(statement)
    header = [] if fields & RESULT_FIELDS else named_in_header(statement)
    if header and said != "no":
        return [[one for mention in header for one in spelt_out(mention)]]
    if said is not None:
        return []
    return groups_of(history, statement, has_transplant, [])


def inner_cues(statement: Statement, words: CellWords, fields: set[str]) -> list[Cue]:
    """Results within a cell of treatments: 'IVIG (PR), thalidomide (no response)'."""
    if not fields & {"therapy", "text"} and not named_in_header(statement):
        return []
    if words.yes_no(statement) is not None:
        return []
    return words.found(statement, "response") or cues_in(statement)


def course_of(history: History, named: Named, statement: Statement) -> Course:
    """The course that a cell repeats, else a new one: a drug named again in the same table, after
    its result, was given again; so was another substance of its kind."""
    same = [course for course in history.courses if course.therapy == named.therapy]
    known = [course for course in same if not is_given_again(course, named, statement)]
    if known:
        known[-1].named.append((named, statement))
        return known[-1]
    history.line += 1
    course = Course(therapy=named.therapy, line=history.line, named=[(named, statement)])
    history.courses.append(course)
    return course


def is_given_again(course: Course, named: Named, statement: Statement) -> bool:
    if is_another_substance(course.named[-1][0], named):
        return True
    return any(
        told.statement.section == statement.section and told.statement.start < statement.start
        for told in course.told
    )


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

"""The treatments and responses of a patient that stand in the cells of a table.

Reads statements that are cells, writes nothing; the history of the text is carried on. What the
text told of a treatment counts; the table fills what it left open, and contradictions are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from pipeline.extractors.tables.cell_words import CellWords
from pipeline.extractors.tables.results import tell_inside, tell_open
from pipeline.extractors.treatment.beginnings import is_another_substance
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.cues import Cue, cues_in
from pipeline.extractors.treatment.drugs import Named, names_transplant, spelt_out
from pipeline.extractors.treatment.history import History
from pipeline.records import Mention, Statement

Groups = Callable[[History, Statement, bool, Sequence[Cue]], list[list[Named]]]
RESULT_FIELDS = frozenset(("response", "relapse", "outcome_response"))
# A result behind the next treatment is that one's.
PRIOR = re.compile(r"prior|previous|earlier|past|former", re.IGNORECASE)


@dataclass
class Row:
    """One patient's cells while they are gone through in order.

    `open` are the treatments that wait for a result, `has_result` tells of a column for it.
    """

    history: History
    words: CellWords
    groups_of: Groups
    has_result: bool
    has_transplant: bool
    open: list[list[Course]] = field(default_factory=list)
    is_answered: bool = False
    is_prior: bool = False

    def fields_of(self, statement: Statement) -> set[str]:
        """What the header means; an outcome is no response where another column tells it."""
        fields = set(statement.cell.fields) if statement.cell else set()
        return fields - {"outcome_response"} if self.has_result else fields

    def is_silent(self, statement: Statement, fields: set[str]) -> bool:
        is_result = self.words.no_response and bool(fields & RESULT_FIELDS)
        return self.words.is_unknown(statement) and not is_result

    def take(self, statement: Statement) -> None:
        """One cell: treatments that open or repeat courses, or the result of those named last."""
        fields = self.fields_of(statement)
        if self.is_silent(statement, fields):
            return
        is_result = bool(fields & RESULT_FIELDS)
        cues = self.words.responses(statement, cues_in(statement)) if is_result else []
        named = named_groups(self, statement, fields)
        if named:
            self.begin(named, statement, cues or inner_cues(statement, self.words, fields))
        elif cues:
            meant = courses_of_header(self.history, statement) or self.open
            tell_open(meant, cues, statement)
            self.is_answered = bool(meant)

    def begin(self, named: list[list[Named]], statement: Statement, results: Sequence[Cue]) -> None:
        """Treatments with their results in one cell are done with; others wait for theirs."""
        courses = [[course_of(self.history, one, statement) for one in group] for group in named]
        if results:
            tell_inside(named, courses, results, statement)
            return
        is_over = self.is_answered or self.is_prior
        self.open = courses if is_over else [*self.open, *courses]
        self.is_answered = False
        self.is_prior = PRIOR.match(header_of(statement)) is not None


def read_cells(
    history: History, cells: Sequence[Statement], words: CellWords, groups_of: Groups
) -> None:
    """Go through the cells of one patient in order; a result belongs to what was named last."""
    has_result = any(c.cell and "response" in c.cell.fields for c in cells)
    row = Row(history, words, groups_of, has_result, any(map(names_transplant, cells)))
    for statement in cells:
        row.take(statement)


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


def named_groups(row: Row, statement: Statement, fields: set[str]) -> list[list[Named]]:
    """The treatments of a cell, or that of its header where the cell affirms it."""
    if not fields & {"therapy", "text"} and fields & {"label", "age", "sex", "organs", "outcome"}:
        return []
    said = row.words.yes_no(statement)
    header = [] if fields & RESULT_FIELDS else named_in_header(statement)
    if header and said != "no":
        return [[one for mention in header for one in spelt_out(mention)]]
    if said is not None:
        return []
    return row.groups_of(row.history, statement, row.has_transplant, [])


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

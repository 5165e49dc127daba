"""Treatments given again without being named: 'cleared again on reinstitution', 'it was resumed'.

Reads mentions of rules/stops.csv and the history so far, to which it adds the further episodes.
A drug that is named again begins its episode in beginnings.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.extractors.clauses import clause_of
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.grades import LOSSES
from pipeline.extractors.treatment.history import History
from pipeline.extractors.treatment.referents import GIVEN_ONCE, behind
from pipeline.records import Mention, Statement


class Resumptions:
    """The resumptions of one sentence; each makes its episodes once, when it is first asked for."""

    def __init__(
        self,
        history: History,
        statement: Statement,
        groups: Sequence[Sequence[Named]],
        courses: Mapping[Named, Course],
        before: Sequence[Course],
    ) -> None:
        self.history, self.statement = history, statement
        self.groups, self.courses, self.before = groups, courses, before
        self.cues = [cue for cue in resumed_in(statement) if not names_drug(cue, statement)]
        self.begun: dict[int, list[Course]] = {}

    def courses_of(self, told: Cue) -> list[Course]:
        """The episodes begun again in the clause of a response, or before it with no drug since;
        what was lost before the word for the resumption is lost of the episode before."""
        place = told.start
        for number, cue in enumerate(self.cues):
            start, end = clause_of(self.statement, cue.start)
            is_lost_before = told.value in LOSSES and place < cue.start
            if (start <= place < end and not is_lost_before) or (
                cue.end <= place and not self.is_named_since(cue, place)
            ):
                return self.begin(number, cue)
        return []

    def is_named_since(self, cue: Mention, place: int) -> bool:
        return any(cue.end <= drug.start < place for drug in self.statement.of("therapies"))

    def finish(self) -> None:
        """Begin those that no response was told of; what was begun is what is being given."""
        for number, cue in enumerate(self.cues):
            self.begin(number, cue)
        begun = [course for courses in self.begun.values() for course in courses]
        if begun:
            self.history.active = begun

    def begin(self, number: int, cue: Mention) -> list[Course]:
        if number not in self.begun:
            named = behind(cue.start, self.statement.start, self.groups)
            given = [self.courses[one] for one in named] or list(self.before)
            self.begun[number] = [self.again(c, cue) for c in given if is_over(c)]
            self.history.line += bool(self.begun[number])
        return self.begun[number]

    def again(self, course: Course, cue: Mention) -> Course:
        """A further episode of the treatment; the words for the resumption are its evidence."""
        first = course.named[0][0]
        named = Named(course.therapy, cue.start, cue.end, cue.rule, first.group, first.substance)
        further = Course(
            therapy=course.therapy,
            line=self.history.line + 1,
            named=[(named, self.statement)],
            origin=course,
            is_resumed=True,
        )
        self.history.courses.append(further)
        return further


def is_over(course: Course) -> bool:
    """Only what was ended or had lost its effect can be given again."""
    is_ended = course.is_stopped is True or course.is_relapse
    return is_ended and course.therapy not in GIVEN_ONCE


def resumed_in(statement: Statement) -> list[Mention]:
    return [cue for cue in statement.of("stops") if cue.concept == "resumed"]


def names_drug(cue: Mention, statement: Statement) -> bool:
    start, end = clause_of(statement, cue.start)
    return any(start <= drug.start < end for drug in statement.of("therapies"))

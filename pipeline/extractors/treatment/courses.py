"""One treatment episode as it is read: its mentions, what was told of it, and its response.

Reads rules (which drugs a broad name covers), writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extractors.treatment.amounts import Lasted
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.stops import Stop
from pipeline.extractors.treatment.told import Told, regained_at, summed_up
from pipeline.records import Statement
from pipeline.rules import Rules

COVERS = re.compile(r"covers (?P<classes>[^;]+)")


@dataclass(eq=False)  # two courses are the same only if they are one object
class Course:
    """A treatment episode while it is read; `origin` is the earlier one it may only repeat.

    `otherwise` is what another place of the report tells of it that does not count; `is_resumed`:
    the text says that it was begun again, so it is no repetition.
    """

    therapy: str
    line: int
    named: list[tuple[Named, Statement]]
    told: list[Told] = field(default_factory=list)
    origin: Course | None = None
    is_announced: bool = False
    otherwise: list[Told] = field(default_factory=list)
    lasted: list[Lasted] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    is_resumed: bool = False

    @property
    def response(self) -> str | None:
        value = summed_up(self.told)[0]
        return "complete" if value == "improved" and self.is_remission_again() else value

    def is_remission_again(self) -> bool:
        """'The same drug achieved remission once more' is as complete as the first time."""
        if self.origin is None or summed_up(self.origin.told)[0] != "complete":
            return False
        return any("remission" in told.words for told in self.told)

    @property
    def is_relapse(self) -> bool:
        return summed_up(self.told)[1]

    @property
    def is_stopped(self) -> bool | None:
        """What was told last; None where nothing was."""
        return self.stops[-1].ending.is_stopped if self.stops else None

    def take_in(self, other: Course) -> None:
        """What was told of an episode that only repeats this one was told of this one."""
        self.named.extend(other.named)
        self.lasted.extend(other.lasted)
        self.stops.extend(other.stops)


def tell(courses: Sequence[Course], cue: Cue, statement: Statement, confidence: float) -> None:
    """Give one response cue to each of the courses."""
    for course in courses:
        course.told.append(Told(cue, statement, confidence))


def settled(courses: Sequence[Course], rules: Rules) -> list[Course]:
    """Courses without a result of their own go back to their origin; broad names give way."""
    kept: list[Course] = []
    for course in with_anaphors(courses, rules):
        origin = course.origin
        while origin is not None and origin not in kept and origin.origin is not None:
            origin = origin.origin
        if origin is None or origin not in kept:
            kept.append(course)
        elif origin.is_announced and tells_again(origin, course):
            retell(origin, course)
        elif is_repeat(course, origin):
            origin.take_in(course)
        else:
            kept.append(course)
    parted = [part for course in kept for part in parted_at_relapses(course)]
    return list(without_broad_names(parted, rules))


def parted_at_relapses(course: Course) -> Iterator[Course]:
    """'… relapsed, and responded again': the second response is a further episode."""
    place = regained_at(course.told, course.named)
    if place is None:
        yield course
        return
    begin = course.told[place].statement
    loss = next(one for one in reversed(course.told[:place]) if one.is_loss)
    later = [one for one in course.named if one[1].start >= begin.start and one[1] is not begin]
    later = [one for one in course.named if one[1] is begin][-1:] + later
    again = replace(
        course,
        named=later or course.named[-1:],
        told=course.told[place:],
        origin=course,
        lasted=[one for one in course.lasted if is_behind(one.amount.start, one.statement, loss)],
        stops=[one for one in course.stops if is_behind(one.ending.cue.start, one.statement, loss)],
    )
    course.told = course.told[:place]
    course.lasted = [one for one in course.lasted if one not in again.lasted]
    course.stops = [one for one in course.stops if one not in again.stops]
    course.named = [one for one in course.named if one not in later] or course.named[:1]
    yield course
    yield from parted_at_relapses(again)


def is_behind(place: int, statement: Statement, loss: Told) -> bool:
    """Whether words stand behind a relapse, so that they tell of what was given after it."""
    return statement.section == loss.statement.section and place >= loss.cue.end


def retell(announced: Course, course: Course) -> None:
    """The case tells what was announced: its own words count, the announcement fills a gap."""
    announced.take_in(course)
    announced.is_announced = False
    if course.told:
        lost = [told for told in announced.told if told.cue.value == "relapse"]
        announced.told = [*course.told, *lost]


def tells_again(announced: Course, course: Course) -> bool:
    """An announced dexamethasone is not told again by 'oral corticosteroids', and what failed
    before in the announcement itself is no announcement of what helped."""
    if announced.named[0][1] is course.named[0][1]:
        return False
    substance = announced.named[0][0].substance
    return not substance or substance == course.named[0][0].substance


def is_repeat(course: Course, origin: Course) -> bool:
    """The same drug told again: no result of its own, or the same one."""
    if course.is_resumed:
        return False
    own = [told for told in course.told if told.cue.value != "controlled"]
    mine, theirs = summed_up(own), summed_up(origin.told)
    return mine == (None, False) or mine == theirs


def with_anaphors(courses: Sequence[Course], rules: Rules) -> list[Course]:
    """'After the end of phototherapy' speaks of the UVA1 before it: what was told goes there."""
    rows = rules.labels("therapies")
    kept: list[Course] = []
    for course in courses:
        row = rows.get(course.therapy)
        covered = COVERS.search(row.note) if row else None
        classes = covered["classes"].split("|") if covered else []
        meant = [c for c in kept if c.therapy in rows and rows[c.therapy].group in classes]
        if meant:
            meant[-1].told.extend(course.told)
            meant[-1].lasted.extend(course.lasted)
            meant[-1].stops.extend(course.stops)
        kept.append(course)
    return kept


def without_broad_names(courses: Sequence[Course], rules: Rules) -> Iterator[Course]:
    """'Chemotherapy' beside melphalan is melphalan: the row's note names the classes it covers."""
    rows = rules.labels("therapies")
    named = {course.therapy for course in courses}
    for course in courses:
        classes = {rows[t].group for t in named if t in rows and t != course.therapy}
        row = rows.get(course.therapy)
        covered = COVERS.search(row.note) if row else None
        if not covered or not classes.intersection(covered["classes"].split("|")):
            yield course

"""The patients of a report's tables, merged with those of its text by label, age and sex.

Reads statements that are cells, writes nothing.
Two rows are one patient when they share the label, else age and sex. A table of more patients
than the report has is of other people's, but for the rows that say that they are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from pipeline.extractors.own_patients.ages_told import marks_in
from pipeline.extractors.own_patients.marks import in_order, plain_label
from pipeline.extractors.tables.cell_people import age_in, sex_in
from pipeline.records import Statement

NEAR_YEARS = 1


@dataclass
class Person:
    """One patient of the tables: the rows it stands in, and what they say of it."""

    entries: list[str]
    label: str = ""
    age_years: float | None = None
    sex: str = ""
    is_named_own: bool = False

    def agrees(self, age_years: float | None, sex: str) -> bool:
        """Age and sex the same, both told; a year apart is the same age at another date."""
        if age_years is None or self.age_years is None:
            return False
        is_same_sex = not sex or not self.sex or sex == self.sex
        return abs(age_years - self.age_years) <= NEAR_YEARS and is_same_sex

    def contradicts(self, age_years: float | None, sex: str) -> bool:
        """Another age and another sex, or another sex alone where no age is told."""
        is_other_sex = bool(sex and self.sex and sex != self.sex)
        if age_years is None or self.age_years is None:
            return is_other_sex
        return is_other_sex and abs(age_years - self.age_years) > NEAR_YEARS


@dataclass
class Known:
    """What the text tells of a patient by its label."""

    ages: list[float] = field(default_factory=list)
    sexes: list[str] = field(default_factory=list)


def people_in_tables(statements: Sequence[Statement]) -> list[Person]:
    """The own patients of all tables, each once, in the order in which they first stand there."""
    people: list[Person] = []
    for person in (p for table in tables_of(statements) for p in labelled(table)):
        same = next((other for other in people if is_same(other, person)), None)
        if same is None:
            people.append(person)
        else:
            same.entries += person.entries
            same.age_years = same.age_years if same.age_years is not None else person.age_years
            same.sex = same.sex or person.sex
    return people


def is_same(one: Person, other: Person) -> bool:
    if one.label and one.label == other.label:
        return not one.contradicts(other.age_years, other.sex)
    return one.agrees(other.age_years, other.sex) and bool(one.sex and other.sex)


def tables_of(statements: Sequence[Statement]) -> Iterator[list[Person]]:
    """The own patients of each table, in the order of its rows or columns."""
    tables: dict[str, dict[str, Person]] = {}
    for statement in statements:
        cell = statement.cell
        if cell is None or statement.teller != "patient":
            continue
        person = tables.setdefault(statement.section, {}).setdefault(
            cell.entry, Person([cell.entry])
        )
        person.label = plain_label(cell.label) if cell.label else person.label
        person.is_named_own |= cell.kind == "cited"
        age, sex = age_in(statement), sex_in(statement)
        person.age_years = float(age.value) if age and not age.is_decade else person.age_years
        person.sex = sex.value if sex else person.sex
    yield from (list(table.values()) for table in tables.values())


def labelled(people: list[Person]) -> list[Person]:
    """Labels as the table gives them; without them (initials, hospital numbers) the order."""
    given = [person.label for person in people]
    if len(people) > 1 and (not all(given) or len(set(given)) < len(given)):
        for number, person in enumerate(people, start=1):
            person.label = str(number)
    return people


def own_people(people: list[Person], count: int | None, has_own: bool = True) -> list[Person]:
    """Those who are the report's own: rows that say so, else all where the text has as many.

    A report on one patient whose table holds several shows other people's cases, and so does one
    that tells of no patient of its own.
    """
    named = [person for person in people if person.is_named_own]
    others = [person for person in people if not person.is_named_own]
    is_too_many = count is not None and len(others) > count
    kept = named if is_too_many or not has_own else people
    return [joined(kept)] if count == 1 and kept else kept


def joined(people: Sequence[Person]) -> Person:
    """The only patient of a report, whatever its tables call it."""
    ages = (person.age_years for person in people if person.age_years is not None)
    return Person(
        [entry for person in people for entry in person.entries],
        label="1",
        age_years=next(ages, None),
        sex=next((person.sex for person in people if person.sex), ""),
    )


def with_people(
    count: int | None, labels: tuple[str, ...], people: Sequence[Person]
) -> tuple[int | None, tuple[str, ...]]:
    """Count and labels with the patients of the tables: a table of several names them all."""
    if not people:
        return count, labels
    if len(people) == 1:
        return (count, labels) if labels or count not in (None, 1) else (1, ("1",))
    named = in_order(person.label for person in people if person.label)
    more = tuple(label for label in labels if label not in named)
    both = in_order((*named, *more)) if count is None or len(named) + len(more) <= count else named
    return count or len(both), both


def known_of(statements: Iterable[Statement]) -> dict[str, Known]:
    """The ages and sexes that the text tells of each patient, by label."""
    known: dict[str, Known] = {}
    for statement in statements:
        if statement.cell is not None or len(statement.patients) != 1:
            continue
        for mark in marks_in(statement.text):
            if mark.is_new and mark.age is not None:
                told = known.setdefault(statement.patients[0], Known())
                told.ages.append(float(mark.age))
                told.sexes += [mark.sex] if mark.sex else []
    return known


def matched(
    people: Sequence[Person], labels: Sequence[str], known: dict[str, Known]
) -> dict[str, str]:
    """Entry of a table to label of the report; entries that match nobody are left out.

    The label decides unless age and sex both contradict it; then age and sex decide.
    """
    found: dict[str, str] = {}
    for person in people:
        label = label_for(person, people, labels, known)
        if label:
            found.update(dict.fromkeys(person.entries, label))
    return found


def label_for(
    person: Person, people: Sequence[Person], labels: Sequence[str], known: dict[str, Known]
) -> str:
    told = known.get(person.label)
    if person.label in labels and not (told and is_another(person, told)):
        return person.label
    alike = [label for label in labels if label in known and is_told_of(person, known[label])]
    if len(alike) == 1:
        return alike[0]
    return labels[0] if len(labels) == 1 == len(people) and not alike and not told else ""


def is_another(person: Person, told: Known) -> bool:
    """Every age and sex that the text tells of this label are another's."""
    sex = told.sexes[0] if told.sexes else ""
    return bool(told.ages) and all(person.contradicts(age, sex) for age in told.ages)


def is_told_of(person: Person, told: Known) -> bool:
    sex = told.sexes[0] if told.sexes else ""
    return any(person.agrees(age, sex) for age in told.ages)


def with_owner(statement: Statement, owners: dict[str, str], own: set[str]) -> Statement:
    """A cell with its patient; one of a table of other people's cases is the literature's."""
    cell = statement.cell
    if cell is None or statement.teller != "patient":
        return statement
    if cell.entry not in own:
        return msgspec.structs.replace(statement, teller="cited", why="more patients than its own")
    label = owners.get(cell.entry)
    return msgspec.structs.replace(statement, patients=(label,) if label else ())

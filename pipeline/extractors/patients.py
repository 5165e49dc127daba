"""Own patients: how many, which are described one by one, and which statement is whose.

Reads the judged statements of a report, writes nothing.
A statement that speaks of two patients is cut, so that each part has its own patient.
A fact that cannot be attributed goes to nobody; what is said of both or of all goes to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.extractors.ages_told import ages_introduced, marks_in
from pipeline.extractors.announced import announced_count, has_cue, is_singular
from pipeline.extractors.ellipsis import with_denials
from pipeline.extractors.groups import whole_group
from pipeline.extractors.marks import in_order, label_of_heading
from pipeline.extractors.mixed import with_another_disease
from pipeline.extractors.parts import parts_of
from pipeline.extractors.quantities import quantities_in
from pipeline.extractors.relatives import as_patient, begins_with_name, is_bare_name
from pipeline.extractors.roster import Roster
from pipeline.extractors.table_patients import (
    Person,
    known_of,
    matched,
    own_people,
    people_in_tables,
    with_owner,
    with_people,
)
from pipeline.records import Report, Role, Statement
from pipeline.rules import Rules

OWN = ("patient", "series")
MOST_LABELS = 12
MOST_BY_ONE_MARK = 4
MOST_TOLD_ON = 2  # after a list of more people the next sentence is of none of them
OF_TREATMENTS = re.compile(
    r"(?:each|both|all|neither|none)(?: of (?:these|them|which))?"
    r"(?: (?:drugs|agents|treatments|therapies|modalities|regimens|measures))? (?:was|were|proved"
    r"|had to be) (?:subsequently |eventually |soon )?(?:discontinued|stopped|withdrawn|abandoned"
    r"|ineffective|effective|unsuccessful|successful|unhelpful|helpful|futile|tolerated"
    r"|without (?:benefit|effect))\b",
    re.IGNORECASE,
)
OTHER = "a patient with another disease"
GENERAL_ROLES: tuple[Role, ...] = ("background", "discussion", "conclusion")


def attribute(report: Report, rules: Rules) -> Report:
    """The report with its own patients' labels and, on each of their statements, whose it is.

    `labels` is ('1',) for a case report, () for a series told only as a whole;
    `patient_count` is None where the text does not say how many.
    """
    cells = [s for s in report.statements if s.cell is not None]
    text = [s for s in report.statements if s.cell is None]
    report = msgspec.structs.replace(report, statements=tuple(text))
    count, labels = people_of(report)
    has_own = any(statement.teller in OWN for statement in text)
    people = own_people(people_in_tables(cells), count, has_own)
    count, labels = with_people(count, labels, people)
    if labels == ("1",) and count == 1:
        text = [with_single(statement) for statement in text]
    elif not labels:
        text = [as_series(statement) for statement in text]
    else:
        text = list(with_denials(attributed(report, labels, people)))
        others = with_another_disease(text)
        labels = tuple(label for label in labels if label not in others)
        count = count and count - len(others)
        text = [without(statement, others) for statement in text]
    owners = matched(people, labels, known_of(text))
    own = {entry for person in people for entry in person.entries}
    told = [with_owner(statement, owners, own) for statement in cells]
    return msgspec.structs.replace(
        report, statements=(*text, *told), labels=labels, patient_count=count
    )


def people_of(report: Report) -> tuple[int | None, tuple[str, ...]]:
    """How many own patients, and the labels of those who are told apart."""
    own = [statement for statement in report.statements if statement.teller in OWN]
    count = announced_count(own)
    marked = marked_labels(report, own)
    ages = ages_introduced(own)
    if count is not None and count >= 2:
        return count, series_labels(count, marked, ages)
    if len(marked) >= 2:
        return len(marked), marked
    if count != 1 and not is_single(own, report):
        return None, ()
    return 1, ("1",)


def series_labels(count: int, marked: tuple[str, ...], ages: int) -> tuple[str, ...]:
    """The labels of a series of known size: as the text numbers them, else in order of the ages.

    One patient of many who is named in passing ('the fifth preferred to wait') describes none.
    """
    if count > MOST_LABELS or (len(marked) == 1 and count > max(ages, MOST_BY_ONE_MARK)):
        return ()
    numbers = tuple(str(number) for number in range(1, count + 1))
    if marked:
        return numbers if set(marked) <= set(numbers) else marked
    return numbers[: min(ages, count)]


def marked_labels(report: Report, own: Sequence[Statement]) -> tuple[str, ...]:
    """The labels that headings and sentences name, in the order of the numbers."""
    headings = {label_of_heading(section.title) for section in report.article.sections}
    found = {label for label in headings if label is not None}
    for statement in own:
        for mark in marks_in(statement.text):
            found.update(mark.labels)
    return in_order(found)


def is_single(own: Sequence[Statement], report: Report) -> bool:
    """True for a case report: one person is spoken of, or the title promises a case."""
    if any(s.teller == "patient" and is_singular(s) for s in own):
        return True
    if any(s.teller == "series" for s in own):
        return False
    types = report.article.publication_types
    return "Case Reports" in types or (bool(own) and "Review" not in types)


def with_single(statement: Statement) -> Statement:
    """Of one patient, 'each was stopped' and 'both were ineffective' speak of the treatments."""
    if statement.teller == "patient":
        return msgspec.structs.replace(statement, patients=("1",))
    if statement.teller == "series" and OF_TREATMENTS.match(statement.text):
        return msgspec.structs.replace(statement, teller="patient", patients=("1",))
    return statement


def as_series(statement: Statement) -> Statement:
    if statement.teller != "patient":
        return statement
    return msgspec.structs.replace(statement, teller="series")


def attributed(
    report: Report, labels: tuple[str, ...], people: Sequence[Person] = ()
) -> Iterator[Statement]:
    """The statements of a series with their patients; `current` is whom a pronoun would mean."""
    headings = {s.section: label_of_heading(s.title) for s in report.article.sections}
    roster = Roster(labels)
    if not any(headings.values()):  # 'Case 2' above a text decides before the ages of a table
        for person in people:
            roster.enter(person.label, person.age_years, person.sex)
    current: tuple[str, ...] = ()
    section = ""
    is_named = False
    for statement in report.statements:
        is_named |= is_first_of(statement, section, headings) or begins_with_name(statement)
        if statement.teller == "family" and is_named:
            statement = as_patient(statement)
        is_named = is_bare_name(statement)
        if statement.section != section:
            section = statement.section
            heading = headings.get(section)
            if heading is not None or statement.role != "case" or len(current) > 1:
                current = (heading,) if heading in labels and heading is not None else ()
        is_topic = statement.role == "title" and len(people) > 1  # each is told in the table
        if statement.teller not in OWN or is_topic:
            yield statement
            continue
        roster.learn_list(statement.text)
        whole = list(whole_group(statement, roster))
        if whole:
            is_of_all = all(part.patients == roster.labels for part in whole)
            current = roster.labels if is_of_all else ()
            yield from whole
            continue
        parts = list(parts_of(statement, roster.resolved(marks_in(statement.text))))
        for part, named in parts:
            if named is not None:
                current = named
            patients = named if named is not None else carried(part, current)
            yield msgspec.structs.replace(part, patients=patients)
        if len({named for _, named in parts}) > MOST_TOLD_ON:
            current = ()


def without(statement: Statement, others: set[str]) -> Statement:
    """The statement of those who have the disease under study; nobody's where none of them has."""
    kept = tuple(label for label in statement.patients if label not in others)
    if kept == statement.patients:
        return statement
    changed = msgspec.structs.replace(statement, patients=kept)
    return changed if kept else msgspec.structs.replace(changed, teller="background", why=OTHER)


def is_first_of(statement: Statement, section: str, headings: dict[str, str | None]) -> bool:
    """True for the first statement below a heading that names a patient."""
    return statement.section != section and headings.get(statement.section) is not None


def carried(statement: Statement, current: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence without a mark is of the patient spoken of last, where it speaks of one at all;
    after a sentence about all it is of all, unless it speaks of one or some of them. Of three and
    more it is not where it names a treatment: they rarely had all the same."""
    if statement.teller == "series" or statement.role == "title":
        return ()
    is_of_some = (
        statement.role in GENERAL_ROLES
        or has_cue(statement, "person")
        or (len(current) > MOST_TOLD_ON and statement.of("therapies"))
        or any(0 < q.n < len(current) for q in quantities_in(statement.text, len(current)))
    )
    return () if len(current) > 1 and is_of_some else current

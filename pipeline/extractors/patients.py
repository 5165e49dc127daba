"""Own patients: how many, which are described one by one, and which statement is whose.

Reads the judged statements of a report, writes nothing.
A statement that speaks of two patients is cut, so that each part has its own patient.
A fact that cannot be attributed goes to nobody; what is said of both or of all goes to all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.extractors.people import (
    Mark,
    ages_introduced,
    announced_count,
    asides_of,
    is_of_all,
    is_singular,
    label_of_heading,
    marks_in,
    parts_of,
    slice_of,
)
from pipeline.records import Report, Role, Statement
from pipeline.rules import Rules

OWN = ("patient", "series")
MOST_LABELS = 12
NO_PRONOUN_ROLES: tuple[Role, ...] = ("title", "background", "discussion", "conclusion")


def attribute(report: Report, rules: Rules) -> Report:  # noqa: ARG001
    """The report with its own patients' labels and, on each of their statements, whose it is.

    `labels` is ('1',) for a case report, () for a series told only as a whole;
    `patient_count` is None where the text does not say how many.
    """
    count, labels = people_of(report)
    if labels == ("1",) and count == 1:
        statements = tuple(with_single(statement) for statement in report.statements)
    elif not labels:
        statements = tuple(as_series(statement) for statement in report.statements)
    else:
        statements = tuple(attributed(report, labels))
    return msgspec.structs.replace(
        report, statements=statements, labels=labels, patient_count=count
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
    if not is_single(own, report):
        return None, ()
    return 1, ("1",)


def series_labels(count: int, marked: tuple[str, ...], ages: int) -> tuple[str, ...]:
    """The labels of a series of known size: as the text numbers them, else in order of the ages."""
    if count > MOST_LABELS:
        return ()
    if marked:
        return marked if len(marked) > 1 else tuple(str(n) for n in range(1, count + 1))
    return tuple(str(n) for n in range(1, min(ages, count) + 1))


def marked_labels(report: Report, own: Sequence[Statement]) -> tuple[str, ...]:
    """The labels that headings and sentences name, in the order of the numbers."""
    headings = {label_of_heading(section.title) for section in report.article.sections}
    found = {label for label in headings if label is not None}
    for statement in own:
        for mark in marks_in(statement.text):
            found.update(mark.labels if not mark.is_age else ())
    return tuple(sorted(found, key=lambda label: (len(label), label)))


def is_single(own: Sequence[Statement], report: Report) -> bool:
    """True for a case report: one person is spoken of, or the title promises a case."""
    if any(s.teller == "patient" and is_singular(s) for s in own):
        return True
    if any(s.teller == "series" for s in own):
        return False
    types = report.article.publication_types
    return "Case Reports" in types or (bool(own) and "Review" not in types)


def with_single(statement: Statement) -> Statement:
    if statement.teller != "patient":
        return statement
    return msgspec.structs.replace(statement, patients=("1",))


def as_series(statement: Statement) -> Statement:
    if statement.teller != "patient":
        return statement
    return msgspec.structs.replace(statement, teller="series")


def attributed(report: Report, labels: tuple[str, ...]) -> Iterator[Statement]:
    """The statements of a series with their patients; `current` is whom a pronoun would mean."""
    headings = {s.section: label_of_heading(s.title) for s in report.article.sections}
    current: tuple[str, ...] = ()
    section, introduced = "", 0
    for statement in report.statements:
        if statement.section != section:
            section = statement.section
            heading = headings.get(section)
            if heading is not None or statement.role != "case":
                current = (heading,) if heading in labels and heading is not None else ()
        if statement.teller not in OWN:
            yield statement
            continue
        whole = list(whole_group(statement, labels))
        if whole:
            current = ()
            yield from whole
            continue
        marks, introduced = numbered(marks_in(statement.text), labels, introduced)
        for part, named in parts_of(statement, marks):
            if named is not None:
                current = named
            patients = named if named is not None else carried(part, current)
            yield msgspec.structs.replace(part, patients=patients)


def whole_group(statement: Statement, labels: tuple[str, ...]) -> Iterator[Statement]:
    """A sentence about all own patients, with all labels; what it adds of one of them has none."""
    if statement.teller != "series":
        return
    parts = [slice_of(statement, start, end) for start, end in asides_of(statement.text)]
    if any(is_of_all(part.text, len(labels)) for part in parts):
        for part in parts:
            is_all = is_of_all(part.text, len(labels))
            yield msgspec.structs.replace(part, patients=labels if is_all else ())


def carried(statement: Statement, current: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence without a mark is of the patient spoken of last, where it speaks of one at all."""
    return () if statement.teller == "series" or statement.role == "title" else current


def numbered(
    marks: Sequence[Mark], labels: tuple[str, ...], introduced: int
) -> tuple[list[Mark], int]:
    """The marks with the labels of this report; each new age introduces the next patient.

    Where a sentence or its heading names the patient, an age in it is that patient's.
    """
    kept: list[Mark] = []
    has_names = any(not mark.is_age for mark in marks)
    for mark in marks:
        if mark.is_age:
            if has_names or not mark.is_new or introduced >= len(labels):
                continue
            introduced += 1
            kept.append(msgspec.structs.replace(mark, labels=(labels[introduced - 1],)))
        else:
            known = tuple(label for label in mark.labels if label in labels)
            introduced = max(introduced, *(labels.index(k) + 1 for k in known), 0)
            kept.append(msgspec.structs.replace(mark, labels=known))
    return kept, introduced

"""Own patients: how many, which are described one by one, and which statement is whose.

Reads the judged statements of a report, writes nothing.
A statement that speaks of two patients is cut, so that each part has its own patient.
A fact that cannot be attributed goes to nobody; what is said of both or of all goes to all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.extractors.own_patients.ages_told import ages_introduced, marks_in
from pipeline.extractors.own_patients.announced import announced_count, is_singular
from pipeline.extractors.own_patients.attribution import OWN, attributed
from pipeline.extractors.own_patients.ellipsis import with_denials
from pipeline.extractors.own_patients.marks import NOUN, in_order, label_of_heading
from pipeline.extractors.own_patients.mixed import with_another_disease
from pipeline.extractors.own_patients.relatives import kin_of, with_kin
from pipeline.extractors.tables.patients import (
    known_of,
    matched,
    own_people,
    people_in_tables,
    with_owner,
    with_people,
)
from pipeline.language.folding import fold
from pipeline.records import Report, Statement
from pipeline.rules import Rules

MOST_LABELS = 12
MOST_BY_ONE_MARK = 4
OF_TREATMENTS = re.compile(
    r"(?:each|both|all|neither|none)(?: of (?:these|them|which))?"
    r"(?: (?:drugs|agents|treatments|therapies|modalities|regimens|measures))? (?:was|were|proved"
    r"|had to be) (?:subsequently |eventually |soon )?(?:discontinued|stopped|withdrawn|abandoned"
    r"|ineffective|effective|unsuccessful|successful|unhelpful|helpful|futile|tolerated"
    r"|without (?:benefit|effect)|(?:\w+ )?failures?"
    r"|(?:to|of) no (?:avail|use|help|benefit|value))\b",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(?:each|both|all(?: of (?:these|which|them))?|neither|none)\b", re.IGNORECASE)
OF_PERSON = re.compile(NOUN, re.IGNORECASE)
FACTS = ("organs", "paraproteins", "therapies", "outcomes", "responses", "sexes")
OTHER = "a patient with another disease"


def attribute(report: Report, rules: Rules) -> Report:
    """The report with its own patients' labels and, on each of their statements, whose it is.

    `labels` is ('1',) for a case report, () for a series told only as a whole;
    `patient_count` is None where the text does not say how many.
    """
    cells = [s for s in report.statements if s.cell is not None]
    text = [s for s in report.statements if s.cell is None]
    text = list(with_kin(text, kin_of([s for s in text if s.teller in OWN])))
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
        if not people and is_told_as_one(report, text, labels):
            labels, text = (), [as_series(statement) for statement in report.statements]
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
    count, kin = announced_count(own), kin_of(own)
    if kin is not None and count in (None, 1):
        count = kin.count
    marked = marked_labels(report, own)
    ages = ages_introduced(own)
    if kin is not None and count == kin.count:
        ages = max(ages, count)  # 'his daughter' is told apart without an age
    if count is not None and count >= 2:
        return count, series_labels(count, marked, ages)
    if count == 1:  # 'in the first' of one patient may be a sitting: only a name tells two apart
        marked = named_labels(report, own)
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


def named_labels(report: Report, own: Sequence[Statement]) -> tuple[str, ...]:
    """The labels of 'Case 1', 'Patient B' and 'the second patient', in headings and sentences."""
    found = headings_of(report)
    for statement in own:
        for mark in marks_in(statement.text):
            words = fold(statement.text)[mark.start : mark.end]
            if not mark.is_one and OF_PERSON.search(words):
                found.update(mark.labels)
    return in_order(found)


def headings_of(report: Report) -> set[str]:
    labels = {label_of_heading(section.title) for section in report.article.sections}
    return {label for label in labels if label is not None}


def marked_labels(report: Report, own: Sequence[Statement]) -> tuple[str, ...]:
    """The labels that headings and sentences name, in the order of the numbers."""
    found = headings_of(report)
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
    if statement.teller == "series" and is_of_treatments(statement):
        return msgspec.structs.replace(statement, teller="patient", patients=("1",))
    return statement


def is_of_treatments(statement: Statement) -> bool:
    """'Each was stopped'; 'colchicine and PUVA each had a trial, neither was of value'."""
    named = statement.of("therapies")
    each = EACH.search(statement.text)
    is_listed = each and len(named) > 1 and named[1].end - statement.start <= each.start()
    return bool(is_listed) or OF_TREATMENTS.match(statement.text) is not None


def is_told_as_one(
    report: Report, attributed_text: Sequence[Statement], labels: tuple[str, ...]
) -> bool:
    """True for several patients of whom no name, no age, and no finding tells one from another."""
    own = [statement for statement in report.statements if statement.teller in OWN]
    if len(labels) == 1 or named_labels(report, own) or ages_introduced(own) > 1:
        return False
    return not any(
        0 < len(statement.patients) < len(labels)
        and any(m.table in FACTS and m.group != "subject" for m in statement.mentions)
        for statement in attributed_text
    )


def as_series(statement: Statement) -> Statement:
    if statement.teller != "patient":
        return statement
    return msgspec.structs.replace(statement, teller="series")


def without(statement: Statement, others: set[str]) -> Statement:
    """The statement of those who have the disease under study; nobody's where none of them has."""
    kept = tuple(label for label in statement.patients if label not in others)
    if kept == statement.patients:
        return statement
    changed = msgspec.structs.replace(statement, patients=kept)
    return changed if kept else msgspec.structs.replace(changed, teller="background", why=OTHER)

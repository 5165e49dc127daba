"""Whose each statement of a report on several patients is. Reads judged statements, writes nothing.

A statement that speaks of two patients is cut; what names nobody is of the one spoken of last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.extractors.own_patients.ages_told import marks_in
from pipeline.extractors.own_patients.announced import has_cue
from pipeline.extractors.own_patients.groups import whole_group
from pipeline.extractors.own_patients.marks import label_of_heading
from pipeline.extractors.own_patients.parts import parts_of
from pipeline.extractors.own_patients.relatives import (
    as_patient,
    begins_with_name,
    is_bare_name,
    other_of_two,
)
from pipeline.extractors.own_patients.roster import Roster
from pipeline.extractors.series.counting import NUMBER, number_of
from pipeline.extractors.series.quantities import quantities_in
from pipeline.extractors.series.quantity_forms import UNIT
from pipeline.extractors.tables.patients import Person
from pipeline.language.folding import fold
from pipeline.records import Report, Role, Statement

OWN = ("patient", "series")
# 'Neuropathy forced two to give up' is of some of them.
SOME = re.compile(rf"(?<![\w./-]){NUMBER}\b{UNIT}(?= (?:to|had|was|were|in|of|with|who)\b)", re.I)
MOST_TOLD_ON = 2  # after a list of more people the next sentence is of none of them
GENERAL_ROLES: tuple[Role, ...] = ("background", "discussion", "conclusion")


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
        roster.learn_named(marks_in(statement.text))
        whole = list(whole_group(statement, roster))
        if whole:
            is_of_all = all(part.patients == roster.labels for part in whole)
            current = roster.labels if is_of_all else ()
            yield from whole
            continue
        parts = list(parts_of(statement, roster.marks_of(statement.text)))
        for part, named in parts:
            known = referred(part, roster, current) if named is None else named
            patients = carried(part, current) if known is None else known
            current = current if known is None else known
            yield msgspec.structs.replace(part, patients=patients)
        if len({named for _, named in parts}) > MOST_TOLD_ON:
            current = ()


def referred(part: Statement, roster: Roster, current: tuple[str, ...]) -> tuple[str, ...] | None:
    """Whom 'his cousin' or 'she' means, where it is not the one spoken of last; else None."""
    other = other_of_two(part, roster.labels, current)
    return other or roster.label_of_pronoun(part, current)


def is_fewer(number: str, current: tuple[str, ...]) -> bool:
    return 0 < (number_of(number) or 0) < len(current)


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
        or any(is_fewer(found.group(), current) for found in SOME.finditer(fold(statement.text)))
    )
    return () if len(current) > 1 and is_of_some else current

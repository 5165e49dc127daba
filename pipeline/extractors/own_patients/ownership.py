"""Whose a finding of a statement is: which own patients, or the literature, or the family.

Reads statements, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.records import Mention, Statement, Subject

OTHERS: dict[str, Subject] = {"family": "family", "series": "patient", "patient": "patient"}


def owners(statement: Statement, mention: Mention) -> Iterator[tuple[str | None, Subject]]:
    """One (label, subject) for each own patient spoken of, else one without a label."""
    if mention.is_family:
        yield None, "family"
    elif statement.patients:
        for label in statement.patients:
            yield label, "patient"
    else:
        yield None, OTHERS.get(statement.teller, "literature")


def told_of(statement: Statement, labels: Sequence[str]) -> tuple[str, ...]:
    """The patients of a statement; the title of a report on one patient speaks of that one."""
    if statement.role == "title" and statement.teller == "patient" and len(labels) == 1:
        return tuple(labels)
    return statement.patients

"""Whose a finding of a statement is: which own patients, or the literature, or the family.

Reads statements, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

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

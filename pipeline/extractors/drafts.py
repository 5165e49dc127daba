"""The draft of a value, made from the words that tell it. Reads and writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from pipeline.records import Draft, Statement, Status, Subject


class Words(Protocol):
    """Words that tell a value: offsets into the section, and the row or function that read them.

    A mention is one, and so is every cue, name and reason that carries the same three.
    """

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def rule(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Words that no other record carries."""

    start: int
    end: int
    rule: str


def place_of(found: re.Match[str], statement: Statement, rule: str, group: str | int = 0) -> Place:
    """Where a match in the text of a statement (or one of its groups) stands in the section."""
    start, end = found.span(group)
    return Place(statement.start + start, statement.start + end, rule)


def make_draft(
    patient: str | None,
    field: str,
    value: str,
    statement: Statement,
    words: Words,
    confidence: float,
    *,
    item: int | None = None,
    status: Status = "present",
    subject: Subject = "patient",
) -> Draft:
    """A value as its words tell it; `item` is the number of the episode or the component."""
    return Draft(
        patient=patient,
        field=field,
        value=value,
        item=item,
        statement=statement,
        start=words.start,
        end=words.end,
        status=status,
        subject=subject,
        rule=words.rule,
        confidence=confidence,
    )

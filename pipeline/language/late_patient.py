"""What is told before anybody is named: 'Papules were present for years. … The patient, now 66, …'.

Reads judged statements, writes nothing.
A report may name its patient only in its last sentence; what was told in the past right before
it, where nobody had been introduced, is that patient's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.language.tense import is_past
from pipeline.language.uncued import NOBODY_YET
from pipeline.records import Statement

DEFINITE = re.compile(r"\W*(?:(?:the|this|our) patient|he|she)\b", re.IGNORECASE)
WHY = "told before who is named"


def with_late_patient(judged: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, those told right before 'The patient …' of nobody known yet as his."""
    first = next((n for n, statement in enumerate(judged) if is_of_own(statement)), 0)
    begin = first
    if first and DEFINITE.match(judged[first].text):
        while begin and is_told_early(judged[begin - 1]):
            begin -= 1
    for number, statement in enumerate(judged):
        if begin <= number < first:
            yield msgspec.structs.replace(statement, teller="patient", why=WHY)
        else:
            yield statement


def is_of_own(statement: Statement) -> bool:
    return statement.teller in ("patient", "series") and statement.role != "title"


def is_told_early(statement: Statement) -> bool:
    return statement.why == NOBODY_YET and is_past(statement.text)

"""Whether a sentence refers to the literature. Reads statements, writes nothing."""

from __future__ import annotations

import re

from pipeline.language.folding import fold
from pipeline.records import Statement

REFERENCE = re.compile(
    r"\[\d{1,3}(?:[,-] ?\d{1,3}){0,6}\]|[a-z)][.,]\d{1,2}(?:[,-]\d{1,2}){0,6}$"
    r"|\(\d{1,2}(?:[,-] ?\d{1,2})*\)\.?$"
)


def has_reference(statement: Statement) -> bool:
    """True where a reference mark stood in the sentence or still stands there."""
    return statement.has_citation or REFERENCE.search(fold(statement.text)) is not None

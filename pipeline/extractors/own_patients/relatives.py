"""A relative who is himself a patient of the series. Reads judged statements, writes nothing.

"Case 2. His brother, aged 50, had …": behind the name of a case the relative is the patient.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.extractors.own_patients.marks import NAMED
from pipeline.language.folding import fold
from pipeline.records import Statement

ORNAMENT = re.compile(r"^[\s\W]+|[\s\W]+$")


def begins_with_name(statement: Statement) -> bool:
    """True for 'Case 2. His brother …'."""
    return NAMED.match(ORNAMENT.sub("", fold(statement.text))) is not None


def is_bare_name(statement: Statement) -> bool:
    """True for a sentence that is nothing but the name of a case: 'Case 2.'."""
    return NAMED.fullmatch(ORNAMENT.sub("", fold(statement.text))) is not None


def as_patient(statement: Statement) -> Statement:
    """The relative's statement as the patient's own, and what it says no longer a relative's."""
    mentions = tuple(msgspec.structs.replace(m, is_family=False) for m in statement.mentions)
    return msgspec.structs.replace(
        statement, teller="patient", why="a relative named as a case", mentions=mentions
    )

"""The verdict on a report, before it becomes a Screening. Reads and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.screen.evidence import Evidence
from pipeline.screen.reading import Reading, own_count


@dataclass(frozen=True, slots=True)
class Verdict:
    """Decision by reason, and the evidence (None where an absence decided)."""

    reason: str
    evidence: Evidence | None = None


def included(reading: Reading, evidence: Evidence | None) -> Verdict:
    """A case or, with more than one own patient, a series."""
    return Verdict("own_series" if (own_count(reading) or 1) > 1 else "own_patient", evidence)

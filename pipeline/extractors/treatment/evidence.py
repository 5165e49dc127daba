"""What tells that a treatment was given: a word of giving, a dose, a result, prepared cells.

Reads cues of rules/treatments.csv, rules/stops.csv and the responses told; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.doses import dose_near
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.stops import is_denied
from pipeline.records import Statement

RESULT_TOLD = re.compile(
    r"[^.;]{0,50}?(?:\b(?:which|this) (?:\w+ ){0,2}|\b(?:resulting|leading|culminating) )"
    r"(?!.*\b(?:declin|refus|reject|reported|described|literature))[^.;]{0,60}",
    re.IGNORECASE,
)
HAD = re.compile(
    r"(?<!not )(?<!never )(?<!n't )\bhad (?:(?!not\b|never\b|no\b)[\w-]+ ){0,3}$", re.IGNORECASE
)
ENDINGS = ("stopped", "ongoing", "resumed")
EVIDENCE = ("start", "mention", "restart", "addition")


def has_evidence(statement: Statement) -> bool:
    """Whether the sentence has a word of giving or taking at all."""
    return any(cue.concept in EVIDENCE for cue in statement.of("treatments"))


def is_begun(statement: Statement) -> bool:
    """Whether it has a word of beginning or giving, not only of going on or of stopping."""
    return any(
        cue.concept in ("start", "restart", "addition") for cue in statement.of("treatments")
    )


def has_result(named: Named, statement: Statement, cues: Sequence[Cue]) -> bool:
    """'Was referred for A, which resulted in softer skin': what had a result was given."""
    others = [d.start for d in statement.of("therapies") if d.start >= named.end]
    return any(
        RESULT_TOLD.fullmatch(text_between(statement, named.end, cue.start))
        and not any(named.end <= other < cue.start for other in others)
        for cue in cues
        if cue.start >= named.end
    )


def is_prepared(statement: Statement) -> bool:
    """Whether it tells of conditioning or of collecting cells, as only a transplant has them."""
    return any(cue.concept == "conditioning" for cue in statement.of("treatments"))


def is_supported(named: Named, statement: Statement, cues: Sequence[Cue]) -> bool:
    """Outside the case itself a drug counts only beside a word of giving, of response or of
    stopping, or beside its dose: 'IVIG 2 g/kg monthly' was given."""
    is_told = bool(cues) or has_evidence(statement)
    is_told = is_told or any(
        cue.concept in ENDINGS and not is_denied(cue, statement) for cue in statement.of("stops")
    )
    is_told = is_told or statement.role in ("case", "table", "results")
    is_told = is_told or any(  # 'chose A over'
        cue.start < named.start < cue.end for cue in statement.of("treatments")
    )
    is_told = (
        is_told or HAD.search(text_between(statement, statement.start, named.start)) is not None
    )
    return is_told or dose_near(named, statement) is not None

"""The design of a report, from its words and, where there are any, its publication types.

Reads a Reading, writes nothing.
"""

from __future__ import annotations

from pipeline.records import Design
from pipeline.screen import kinds
from pipeline.screen.decision import is_review
from pipeline.screen.reading import Reading, own_count

# More own patients than this are a cohort, whatever the authors call them (gold: 10 a series).
LARGEST_SERIES = 10


def design_of(reading: Reading, reason: str) -> Design:
    if reason == "comment":
        return "other"
    if reason in ("review_only", "mention_only"):
        return "review" if is_review(reading) or reason == "review_only" else "other"
    text = f"{reading.titles} {reading.own_text}"
    if "clinical trial" in reading.types or kinds.TRIAL.search(text):
        return "trial"
    count = own_count(reading)
    if count is None:
        return "case_report"
    if count > LARGEST_SERIES or (count == 2 and kinds.COHORT.search(text) and "both" not in text):
        return "cohort"
    return "case_series" if count > 1 else "case_report"

"""Patients of several reports who are one person: how many there are before and after merging.

Reads the DuckDB file, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline.review.look import Row, ask
from pipeline.review.sql import MERGED, MERGING_EFFECT


class MergedCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Pooled patients before any merging, as the last run counted, and with all decisions."""

    n_before: int
    n_after: int
    n_expected: int


def merged_counts(database: Path, pairs: Iterable[Row]) -> MergedCounts:
    """`pairs` as on the page, each with the decision that a person made ('same' merges)."""
    rows = ask(database, MERGED)
    pooled = {str(row["patient_id"]) for row in rows}
    same = [
        (str(row["patient_id_a"]), str(row["patient_id_b"]))
        for row in pairs
        if row["decision"] == "same"
    ]
    return MergedCounts(
        n_before=len(rows),
        n_after=sum(not row["is_merged"] for row in rows),
        n_expected=len(rows) - sum(max(len(one & pooled) - 1, 0) for one in persons(same)),
    )


def persons(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Patients who are one person, also by way of a third."""
    found: list[set[str]] = []
    for pair in pairs:
        touched = [one for one in found if one & set(pair)]
        found = [one for one in found if one not in touched]
        found.append(set(pair).union(*touched))
    return found


def merging_effect(database: Path) -> list[Row]:
    """The pooled figures before and after merging, as the last run counted them."""
    return ask(database, MERGING_EFFECT)

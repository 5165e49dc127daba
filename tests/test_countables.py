"""What can be counted in a sentence comes in one order, whatever the seed of Python's hashes."""

from __future__ import annotations

import itertools

import pytest

from pipeline.extractors.series import countables
from pipeline.extractors.series.countables import Item, items_of
from pipeline.records import Mention, Statement

TEXT = "R-CHOP and renal involvement were seen in four."


def mention(table: str, concept: str, group: str, words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(
        table=table, concept=concept, label="", group=group, codes="", rule=f"{table}.csv:2",
        start=start, end=start + len(words), text=words,
    )  # fmt: skip


STATEMENT = Statement(
    section="abstract", role="abstract", start=0, end=len(TEXT), text=TEXT,
    mentions=(
        # A regimen is several items at one place; of two names of an organ the longer is kept.
        mention("therapies", "regimen:rituximab+cyclophosphamide+doxorubicin", "", "R-CHOP"),
        mention("organs", "renal_failure", "renal", "renal"),
        mention("cohorts", "renal", "organ", "renal involvement"),
    ),
)  # fmt: skip


@pytest.mark.parametrize("salt", range(6))
def test_the_order_of_items_does_not_depend_on_their_hashes(
    monkeypatch: pytest.MonkeyPatch, salt: int
) -> None:
    numbers = itertools.count()
    hashes: dict[tuple[object, ...], int] = {}

    def hash_of(item: Item) -> int:
        fields = (item.start, item.end, item.variable, item.detail)
        return hashes.setdefault(fields, (next(numbers) * 5 + salt * 3) % 8)

    monkeypatch.setattr(countables.Item, "__hash__", hash_of)
    assert [(item.variable, item.detail) for item in items_of(STATEMENT)] == [
        ("cyclophosphamide:treated", ""),
        ("doxorubicin:treated", ""),
        ("rituximab:treated", ""),
        ("renal", "renal_involvement"),
    ]

"""Every vocabulary row is tried in a sentence, so that a dead or shadowed row fails by name.

A phrase is its own example; a regular expression gives one in its note, as `e.g. words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from pipeline.extractors import causes, organs
from pipeline.language.concepts import ConceptMatcher
from pipeline.rules import Row, bundled_rules

RULES = bundled_rules()
# Read by others: cues of ConText, misspellings, headers and cells of tables (test_tables.py).
NO_CONCEPTS = ("context", "other_words", "table_headers", "table_cells")
EXAMPLE = re.compile(r"e\.g\. (?P<words>[^;]+)")


def rows() -> Iterator[Row]:
    for name, table in RULES.tables.items():
        if name not in NO_CONCEPTS:
            yield from table


def matcher() -> ConceptMatcher:
    return MATCHER


MATCHER = ConceptMatcher(rows())


def spelled_out(row: Row) -> str:
    """Another form of the same id, which gives an ambiguous abbreviation its meaning."""
    return next(r.term for r in RULES.table(row.table) if r.id == row.id and r.match == "phrase")


def carriers(row: Row) -> list[str]:
    if row.match == "regex":
        example = EXAMPLE.search(row.note)
        assert example, f"{row.name} is a regular expression without an example in its note"
        return [example["words"].strip()]
    if row.match == "defined":
        return [f"There was {spelled_out(row)} ({row.term})."]
    return [f"There was {row.term} then."]


@pytest.mark.parametrize("name", sorted(set(RULES.tables) - set(NO_CONCEPTS)))
def test_every_row_is_found_in_its_carrier_sentence(name: str) -> None:
    dead = []
    for row in RULES.table(name):
        for sentence in carriers(row):
            if row.name not in {match.row.name for match in matcher().find(sentence)}:
                dead.append(f"{row.name} {row.term!r}")
    assert not dead


def test_an_ambiguous_abbreviation_alone_is_not_found() -> None:
    for row in rows():
        if row.match == "defined":
            found = matcher().find(f"There was {row.term} then.")
            assert row.name not in {match.row.name for match in found}, row


def test_a_note_of_organs_says_only_what_the_extractor_reads() -> None:
    known = {
        *(causes.TOXICITY, causes.MOBILITY),
        *(organs.LABORATORY, organs.NONSPECIFIC, organs.OWN, organs.SYMPTOM, organs.NOUN),
    }
    notes = {part.strip() for row in RULES.table("organs") for part in row.note.split(";")}
    assert {note for note in notes if note and not note.startswith("e.g.")} == known

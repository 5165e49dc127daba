"""Finding rows in a text: spelling, overlap, cancelling words, ambiguous abbreviations."""

from __future__ import annotations

import pytest

from pipeline.language.concepts import ConceptMatcher
from pipeline.rules import Row


def row(
    term: str,
    match: str = "phrase",
    id: str = "x",
    table: str = "t",
    unless: str = "",
    line: int = 2,
) -> Row:
    return Row(table, line, id, "", "", "", term, match, unless, "")


def found(text: str, *rows: Row) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.row.id) for m in ConceptMatcher(rows).find(text)]


@pytest.mark.parametrize(
    "text",
    ["stem cell rescue", "stem-cell rescue", "Stem-Cell\nRescue", "stem\u2011cell rescue"],
)
def test_blank_hyphen_and_case_are_alike(text: str) -> None:
    assert found(text, row("stem-cell rescue")) == [(text, "x")]


@pytest.mark.parametrize("text", ["oesophageal", "esophageal", "œsophageal"])
def test_british_row_reads_american_text(text: str) -> None:
    assert found(text, row("oesophageal")) == [(text, "x")]


def test_a_word_is_not_found_inside_another() -> None:
    assert found("prestroke strokes", row("stroke")) == []


def test_greek_and_digits_end_a_word() -> None:
    assert found("IgGλ", row("IgG", "exact")) == []
    assert found("IgG-λ", row("IgG", "exact")) == [("IgG", "x")]


def test_exact_rows_keep_case() -> None:
    assert found("pe and PE", row("PE", "exact")) == [("PE", "x")]


def test_the_longest_form_of_a_table_wins() -> None:
    rows = row("myeloma", id="short"), row("smouldering myeloma", id="long", line=3)
    assert found("a smouldering myeloma", *rows) == [("smouldering myeloma", "long")]


def test_tables_do_not_hide_each_other() -> None:
    rows = row("pulmonary", id="a", table="one"), row("pulmonary embolism", id="b", table="two")
    assert found("pulmonary embolism", *rows) == [
        ("pulmonary", "a"),
        ("pulmonary embolism", "b"),
    ]


def test_a_cancelling_word_nearby_cancels() -> None:
    cancelled = row("free", unless=r"light chain")
    assert found("free light chains", cancelled) == []
    assert found("free of charge", cancelled) == [("free", "x")]


def test_a_defined_abbreviation_needs_its_long_form() -> None:
    rows = row("PTX", "defined"), row("pentoxifylline", line=3)
    assert found("PTX was given", *rows) == []
    assert found("pentoxifylline (PTX)", *rows) == [("pentoxifylline", "x"), ("PTX", "x")]


def test_empty_matches_are_none() -> None:
    assert found("abc", row("x*", "regex")) == []

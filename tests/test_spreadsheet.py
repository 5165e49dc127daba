"""What spreadsheet programs do to the cells of corrections.csv, and that it is undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.spreadsheet import as_date, as_meant, delimiter_of, harmless


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("TRUE", "true"),
        ("FALSE", "false"),
        ("'=1+1", "=1+1"),
        ("'-3", "-3"),
        ("''=1+1", "'=1+1"),
        ("'tis", "'tis"),
        (" 57 ", "57"),
    ],
)
def test_a_cell_is_read_as_meant(cell: str, meant: str) -> None:
    assert as_meant(cell) == meant


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=x", "''@x"])
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.text(alphabet="'=+-@ax1\t "))
def test_a_harmless_cell_is_read_as_it_was_written(text: str) -> None:
    if text == text.strip():
        assert as_meant(harmless(text)) == text


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
        ("2026-01-31", "2026-01-31"),
        ("2026/1/31", "2026-01-31"),
        ("31.01.2026", "2026-01-31"),
        ("1.2.2026 9:05", "2026-02-01T09:05"),
        ("31/01/2026 10:00:00", "2026-01-31T10:00:00"),
        ("1/31/2026", "2026-01-31"),
        ("01/02/2026", "01/02/2026"),
        ("31.1.26", "31.1.26"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_rewritten_date_is_read_where_it_can_only_be_one(cell: str, meant: str) -> None:
    """A day and a month that could be either way round are left for a person to mend."""
    assert as_date(cell) == meant


@pytest.mark.parametrize(
    ("text", "delimiter"), [("a,b\nc;d", ","), ("a;b\n", ";"), ("a\tb\n", "\t"), ("", ",")]
)
def test_the_first_line_says_what_stands_between_the_cells(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter

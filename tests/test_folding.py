"""Folding is one character for one, whatever the text, so that offsets stay those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.folding import fold


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("IgG\u2011λ", "IgG-λ"),
        ("Ig\u00a0Gκ", "Ig Gκ"),
        ("IgG\u043a", "IgGκ"),
        ("IgG\u03f0", "IgGκ"),
        ("scléromyxœdème", "scleromyxedeme"),
        ("Skleromyxödem", "Skleromyxodem"),
        ("años", "anos"),
        ("Raynaud’s", "Raynaud's"),
    ],
)
def test_what_authors_write_differently_becomes_alike(text: str, folded: str) -> None:
    assert fold(text) == folded

"""Reading long and odd texts: offsets right in every block, time that grows with the length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.reader import MOST_CHARACTERS, Reader, blocks_of
from pipeline.records import Article, Section
from pipeline.rules import bundled_rules

READER = Reader(bundled_rules())
SENTENCE = "She had dysphagia but no dyspnoea and received thalidomide. "


def article(text: str) -> Article:
    section = Section(section="body-1", kind="body", title="Case report", text=text)
    return Article(article_id="FILE:x", title="", source="import", raw_file="", sections=(section,))


@given(st.text(alphabet="a. \n", max_size=3 * MOST_CHARACTERS))
@settings(max_examples=25)
def test_blocks_cover_a_text_in_order(text: str) -> None:
    position = 0
    for start, end in blocks_of(text):
        assert start == position
        assert 0 < end - start <= MOST_CHARACTERS
        position = end
    assert text[position:].strip() == ""


def test_mentions_of_later_blocks_stand_where_they_are() -> None:
    text = SENTENCE * 400
    report = READER.read(article(text))
    mentions = [m for s in report.statements for m in s.mentions if m.table == "organs"]
    assert len(mentions) >= 800
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(text[s.start : s.end] == s.text for s in report.statements)


@pytest.mark.parametrize(
    "text",
    [SENTENCE * 800, "no " * 15000, "a" * 50000, "(" * 10000, "IgG " * 8000, "1.2.3.4 " * 5000],
    ids=["prose", "negations", "one word", "brackets", "isotypes", "numbers"],
)
def test_a_long_text_is_read_in_bounded_time(text: str) -> None:
    """Tens of thousands of characters, beyond any case report: seconds, not hours."""
    started = time.monotonic()
    READER.read(article(text))
    assert time.monotonic() - started < 40

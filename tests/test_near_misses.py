"""Misspelt drugs and findings are found, less sure; words of their own are left alone."""

from __future__ import annotations

import pytest

from pipeline.answers import bundled_extractor
from pipeline.extract import NEAR_MISS_CONFIDENCE
from pipeline.language.near_misses import OTHER_WORDS, NearMisses
from pipeline.parse.plain import read_plain
from pipeline.rules import bundled_rules

RULES = bundled_rules()
NEAR_MISSES = NearMisses(row for rows in RULES.tables.values() for row in rows)


def meant(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.row.id) for m in NEAR_MISSES.find(text, [])]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("mycofenolate", "mycophenolate"),
        ("Cyclosposphamide", "cyclophosphamide"),
        ("thalidomidde", "thalidomide"),
        ("lenalidomde", "lenalidomide"),
        ("palpittions", "arrhythmia"),
        ("ehidroxicloroquina", "hydroxychloroquine"),
        ("rhabdomylysis", "myopathy"),
    ],
)
def test_a_misspelt_form_is_read_as_what_it_stands_near(word: str, meaning: str) -> None:
    assert meant(f"There was {word} then.") == [(word, meaning)]


@pytest.mark.parametrize(
    "word",
    ["conclusions", "penicillin", "neuropathic", "leukaemia", "polyarteritis", "thalidomide"],
)
def test_other_words_and_words_spelt_right_are_no_misspellings(word: str) -> None:
    assert meant(f"There was {word} then.") == []


def test_every_listed_other_word_stands_near_a_form_or_is_dead_weight() -> None:
    """A word listed for nothing would hide a dead row: without the list each has its reader."""
    others = {row.term for row in RULES.table(OTHER_WORDS)}
    bare = NearMisses(row for n, rows in RULES.tables.items() if n != OTHER_WORDS for row in rows)
    assert others == {word for word in others if list(bare.find(word, []))}


def test_what_is_found_already_is_not_found_again() -> None:
    from pipeline.language.concepts import ConceptMatcher

    text = "He received mycofenolate."
    found = ConceptMatcher(RULES.table("therapies")).find("He received mycophenolate.")
    assert list(NEAR_MISSES.find(text, found)) == []


def test_a_value_from_a_misspelt_word_is_less_sure_and_says_so() -> None:
    text = "A 57-year-old man with scleromyxedema received thalidomidde and improved."
    extraction = bundled_extractor()(read_plain(text, "x", "").article)
    found = [f for f in extraction.findings if f.field == "therapy"]
    assert [(f.value, f.quote) for f in found] == [("thalidomide", "thalidomidde")]
    assert found[0].confidence == NEAR_MISS_CONFIDENCE
    assert found[0].rule.endswith("(near miss)")
    assert extraction.patients[0].therapies[0].response == "improved"

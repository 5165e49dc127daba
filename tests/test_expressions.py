"""Many expressions at the cost of a few: the matches are those of a plain search for each."""

from __future__ import annotations

import re

import pytest

from pipeline.answers import starter_articles
from pipeline.language.any_of import AnyOf, parts_of
from pipeline.language.expressions import Expressions
from pipeline.language.folding import fold
from pipeline.language.literals import items_of, required_words
from pipeline.language.openings import openings
from pipeline.rules import bundled_rules
from pipeline.screen import cues, kinds

ROWS = [row for rows in bundled_rules().tables.values() for row in rows if row.match == "regex"]
Place = tuple[int, int, int]


def plainly(expressions: list[str], text: str) -> set[Place]:
    return {
        (number, found.start(), found.end())
        for number, expression in enumerate(expressions)
        for found in re.finditer(expression, text, re.IGNORECASE)
        if found.group()
    }


def quickly(expressions: Expressions, text: str) -> list[Place]:
    return sorted((n, found.start(), found.end()) for n, found in expressions.find(text))


def texts() -> list[str]:
    """Every third starter report, and the examples that the rows themselves give."""
    articles = list(starter_articles().values())[::3]
    examples = [row.note.split("e.g.", 1)[1] for row in ROWS if "e.g." in row.note]
    return [fold("\n".join(s.text for s in a.sections)) for a in articles] + [
        fold(" ".join(examples[start : start + 40])) for start in range(0, len(examples), 40)
    ]


def test_every_expression_of_the_rules_matches_as_in_a_plain_search() -> None:
    terms = [row.term for row in ROWS]
    expressions = Expressions(terms)
    for text in texts():
        assert quickly(expressions, text) == sorted(plainly(terms, text))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (r"\b(?:skin|lesions?)\b", "Skin lesion, SKINS, lesions"),
        (r"\b(?:not )?(?:skin|\d+ lesions)", "not skin 12 lesions a skin"),
        (r"\ba a\b", "a a a a a"),  # matches of one expression never overlap
        (r"\bin(?: a)? man", "in a man in man"),
        (r"lesion", "prelesional"),  # begins inside a word
        (r"\b(?:very )*ill", "very very ill"),
        (r"(?<=not )\bill", "ill not ill"),
        (r"\b[1-3]\d years", "15 years 45 years 1\u0663 years"),
        (r"\b\d+ years", "\u0663 years"),
        (r"x*", "abc xx"),
        (r"\bno\b|\bnone\b|nil", "no none nils"),
        (r"\A(?:a|b)\b", "a b"),
        (r"\b(?-i:MG)\b", "mg MG"),
        (r"\b(?P<N>IV)\b|\bX\W?\(?IV\)?[A-C]", "iv Iv x (IV)a X(iv)B"),  # capitals of any kind
    ],
)
def test_ways_to_begin(expression: str, text: str) -> None:
    assert quickly(Expressions([expression]), text) == sorted(plainly([expression], text))


CUES = {
    name: value
    for module in (cues, kinds)
    for name, value in vars(module).items()
    if isinstance(value, AnyOf)
}


@pytest.mark.parametrize("name", CUES)
def test_a_cue_of_screening_is_found_as_by_its_alternation(name: str) -> None:
    """Every sentence of the starter reports and of the examples, and what comes of joining two."""
    cue = CUES[name]
    sentences = [sentence for text in texts() for sentence in re.split(r"(?<=[.!?])\s", text)]
    pairs = [f"{one} {other}" for one, other in zip(sentences, sentences[7:], strict=False)]
    for sentence in (*sentences, *pairs):
        ours, plain = cue.search(sentence), cue.pattern.search(sentence)
        assert (ours and ours.span()) == (plain and plain.span()), sentence


@pytest.mark.parametrize(
    ("expressions", "text", "found"),
    [
        (("skin", r"\bthe skin"), "of the skin", "the skin"),  # the first place counts
        ((r"\bskin", r"\bskin rash"), "skin rash", "skin"),  # then the order
        ((r"\b(?:no|not) a|\b[|)]b", r"c\|d"), "c|d", "c|d"),
        ((r"\bskin",), "a rash", None),
    ],
)
def test_which_match_of_several_counts(
    expressions: tuple[str, ...], text: str, found: str | None
) -> None:
    match = AnyOf(*expressions).search(text)
    assert (match and match.group()) == found


@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        (r"a|b(?:c|d)|e", ["a", "b(?:c|d)", "e"]),
        (r"[|)(]a|\|\(b|[]|]c|[^]|]d", ["[|)(]a", r"\|\(b", "[]|]c", "[^]|]d"]),
    ],
)
def test_an_alternation_is_parted_at_its_own_bars(expression: str, parts: list[str]) -> None:
    assert parts_of(expression) == parts


def test_openings_are_the_first_four_letters() -> None:
    found = openings(items_of(r"\b(?:no |an? )?(?:skin\w*|\d+ mg|[ab]c)"))
    assert set(found or ()) == {
        *("no s", "no 0", "no a", "no b", "a sk", "a 0", "a ac", "a bc"),
        *("an s", "an 0", "an a", "an b", "skin", "0", "ac", "bc"),
    }


@pytest.mark.parametrize("expression", [r"skin", r"\b\W", r"\b.", r"(?:\bskin)?lesion", r"\b[^a]"])
def test_no_openings_where_a_match_may_begin_anyhow(expression: str) -> None:
    assert openings(items_of(expression)) is None


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"\bskin (?:lesions?|rash)\b", {"skin "}),
        (r"(?:lesions?|rash)\b", {"lesion", "rash"}),
        (r"(?<=igg)l", {"igg"}),
        (r"λ", {"λ"}),
        (r"\d+", None),
        (r"(?:skin)?", None),
    ],
)
def test_words_that_no_match_is_without(expression: str, words: set[str] | None) -> None:
    assert required_words(items_of(expression)) == words

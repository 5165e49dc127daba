"""Our sentences are those of scispaCy's pysbd component, on every text; only the time differs."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from scispacy.custom_sentence_segmenter import pysbd_sentencizer
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.tokens import Doc

from pipeline.answers import starter_articles
from pipeline.language.sentences import set_sentences

# What pysbd's rules are about, and what is near it.
PIECES = (
    "Dr. Smith", "e.g. this", "i.e.", "al.", "et al. 2004", "vs. placebo", "no. 5", "No. 12 (a)",
    "Fig. 2", "p. 14", "pp.", "approx.", "U.S. trial", "U.S. The", "5 p.m. He", "Ph.D. thesis",
    "{al} X al. Y", "A", "a.", "I.", "The patient", "she", "was seen.", "died?", "improved!", "??",
    "?!", "...", ". . . .", "....", "1.5 g/L", "1. First", "2. Second", "1) one", "2) two", "(a)",
    "(i) x", "(ii) y", "a) b)", "(see text.)", "[1].", "[1-3] Then", ".3 Herein", "\"Yes.\" He",
    "“No.” She", "'it.' But", "«Non.» Il", "\n", "\n\n", "  ", "\t", ";", ":", ",", "-", "--",
    "∯", "♨", "☝", "ȸ", "IgG-λ", "°. 5", ".pdf file", "Yahoo! says", "mg/kg.", "Mr", "mr.", "ms.x",
)  # fmt: skip


@cache
def tokenizer() -> spacy.language.Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    return nlp


def beginnings(doc: Doc) -> list[int]:
    return [token.idx for token in doc if token.is_sent_start]


def same(text: str) -> None:
    nlp = tokenizer()
    ours, theirs = set_sentences(nlp.make_doc(text)), pysbd_sentencizer(nlp.make_doc(text))
    assert beginnings(ours) == beginnings(theirs), text


def test_on_every_section_of_the_starter_corpus() -> None:
    for article in starter_articles().values():
        for section in article.sections:
            same(section.text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25), st.sampled_from(("", " ")))
def test_on_whatever_the_rules_of_pysbd_are_about(pieces: list[str], glue: str) -> None:
    same(glue.join(pieces))


@pytest.mark.parametrize("text", ["", "\n\n", "A. B. A. B. A. B.", "no no. no. No.", "x" * 5000])
def test_on_odd_texts(text: str) -> None:
    same(text)

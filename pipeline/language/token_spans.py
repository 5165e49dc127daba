"""Places in a text as tokens and sentences of a spaCy document. Reads documents, writes nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from itertools import compress

from spacy.tokens import Doc, Span

from pipeline.language.concepts import Match
from pipeline.language.folding import fold


def numbers_of_sentences(doc: Doc) -> list[int]:
    """For each token the number of its sentence."""
    return [number for number, sentence in enumerate(doc.sents) for _ in range(len(sentence))]


def tokens_of(places: list[int], start: int, end: int) -> tuple[int, int]:
    """The tokens that hold the characters from `start` to `end`, as first and last but one."""
    return bisect_right(places, start) - 1, bisect_left(places, end)


def folded_copy(doc: Doc) -> Doc:
    """The same tokens and sentences with folded text."""
    return Doc(
        doc.vocab,
        words=[fold(token.text) for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )


def spans_of(doc: Doc, matches: Iterable[Match]) -> list[Span | None]:
    """The matches as spans of whole tokens, labelled with their table."""
    return [
        doc.char_span(m.start, m.end, label=m.row.table, alignment_mode="expand") for m in matches
    ]


def spans_within(
    doc: Doc, matches: Sequence[Match], sentences: Container[int]
) -> list[Span | None]:
    """The same for the matches in the numbered sentences; None for all others."""
    starts = [sentence.start_char for sentence in doc.sents]
    is_within = [
        any(bisect_right(starts, place) - 1 in sentences for place in (m.start, m.end - 1))
        for m in matches
    ]
    spans = iter(spans_of(doc, compress(matches, is_within)))
    return [next(spans) if within else None for within in is_within]

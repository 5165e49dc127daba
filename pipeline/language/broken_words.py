"""Words that a page has broken inside: 'dys- phagia', 'gam mopathy'. Reads rules and text.

Writes nothing. A hyphen before a blank is the end of a line, except in 'short- and long-term';
without one the pieces must make a word of the vocabulary that they are not themselves.
A text without a break costs two searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import add

from pipeline.language.concepts import Match, longest_of_each_table, spellings
from pipeline.language.folding import fold
from pipeline.rules import Row

TABLES = ("organs", "therapies", "paraproteins")
LEAST_LETTERS = 7
WORD = re.compile(r"[^\W\d_]+")
HYPHENATED = re.compile(
    r"(?<=[^\W\d_])-\s{1,2}(?=[a-z]{2})(?!(?:and|or|to|as|but|versus|vs|y|et|und|oder|bis)\b)"
)
# 'In continence' stays two words.
STANDS_BEFORE = frozenset(
    ("a", "an", "as", "at", "by", "de", "in", "no", "non", "of", "on", "or", "per", "to", "un")
)


@dataclass(frozen=True, slots=True)
class Joined:
    """A text with its breaks closed, and for each of its characters the place it came from."""

    text: str
    places: tuple[int, ...]

    def with_found(self, matches: Iterable[Match], found: Iterable[Match]) -> list[Match]:
        """The matches of the text as it stands, and those that only the closed text has."""
        moved = [
            Match(m.row, self.places[m.start], self.places[m.end - 1] + 1, m.is_near_miss)
            for m in found
        ]
        return longest_of_each_table([*matches, *moved])


class BrokenWords:
    """The words of drugs, findings and paraproteins, in every spelling."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.words = {
            spelt
            for row in rows
            if row.table in TABLES and row.match == "phrase"
            for word in WORD.findall(fold(row.term).lower())
            for spelt in spellings(word)
        }
        self.long_words = frozenset(word for word in self.words if len(word) >= LEAST_LETTERS)

    def joined(self, text: str) -> Joined | None:
        """The text with every break closed; None where there is none, as nearly always."""
        lower = fold(text).lower()
        gaps = [f.span() for f in HYPHENATED.finditer(lower)] if "- " in lower else []
        words = WORD.findall(lower)
        if not self.long_words.isdisjoint(map(add, words, words[1:])):
            gaps.extend(self.blanks_inside(lower))
        if not gaps:
            return None
        gone = {place for start, end in gaps for place in range(start, end)}
        kept = tuple(place for place in range(len(text)) if place not in gone)
        return Joined("".join(text[place] for place in kept), kept)

    def blanks_inside(self, lower: str) -> Iterable[tuple[int, int]]:
        """Where single blanks part two pieces of one word."""
        for first, last in pairwise(WORD.finditer(lower)):
            gap = (first.end(), last.start())
            if lower[slice(*gap)] == " " and self.is_one_word(first.group(), last.group()):
                yield gap

    def is_one_word(self, first: str, last: str) -> bool:
        if first in STANDS_BEFORE or {first, last} <= self.words:
            return False
        return first + last in self.long_words

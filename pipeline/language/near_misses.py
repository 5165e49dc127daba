"""Misspelt drugs and findings: words a letter or two away from one form of the vocabulary.

Reads rules and text, writes nothing. What is found is always less sure than what is spelt right.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from pipeline.language.concepts import Match
from pipeline.language.folding import fold
from pipeline.rules import Row

# Words of their own that stand near a drug or a finding: 'conclusions', 'convulsions'.
OTHER_WORDS = "other_words"
TABLES = ("therapies", "organs")
NO_VALUE = ("", "ignored", "none", "systemic", "symptomatic")
WORD = re.compile(r"[^\W\d_]{8,}")
GLUED = "eyou"  # 'y', 'e', 'o', 'u': an "and" or "or" that lost its blank in a page of text
TWO_EDITS_FROM = 11  # letters; shorter words are too often another word ("arthritis", "arteritis")


class NearMisses:
    """The one-word forms of drugs and findings, by first letter and by how they end."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.known: set[str] = set()
        self.forms: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        for row in rows:
            self.add(row)
        self.row_meant = functools.lru_cache(maxsize=50_000)(self._row_meant)

    def add(self, row: Row) -> None:
        term = american(row.term)
        self.known.update(re.findall(r"[^\W\d_]+", term))
        is_one_word = row.match == "phrase" and WORD.fullmatch(term) is not None
        if is_one_word and row.table in TABLES and row.group not in NO_VALUE:
            self.forms[place_of(term)].setdefault(term, row)

    def find(self, text: str, found: Sequence[Match]) -> Iterator[Match]:
        """Words that no form matched and that can mean only one; in the order of the text."""
        taken = [(match.start, match.end) for match in found]
        for word in WORD.finditer(fold(text)):
            row = self.row_meant(word.group())
            if row and all(word.end() <= start or word.start() >= end for start, end in taken):
                yield Match(row, word.start(), word.end(), is_near_miss=True)

    def _row_meant(self, word: str) -> Row | None:
        """The row a misspelt word means; None for a known word and where two ids are as near."""
        word = american(word)
        if word in self.known:
            return None
        if (glued := self.forms.get(place_of(word[1:]), {}).get(word[1:])) and word[0] in GLUED:
            return glued
        forms = self.forms.get(place_of(word), {})
        edits = {term: OSA.distance(word, term, score_cutoff=most_edits(term)) for term in forms}
        near = {term: n for term, n in edits.items() if n <= most_edits(term)}
        best = [forms[term] for term, n in near.items() if n == min(near.values())]
        return best[0] if len({(row.table, row.id) for row in best}) == 1 else None


def american(word: str) -> str:
    """Folded, in small letters, with 'ae' and 'oe' as 'e': another spelling is no misspelling."""
    return re.sub(r"[ao]e", "e", fold(word).lower())


def place_of(word: str) -> tuple[str, str]:
    """First letter and ending: 'neuropathic' is no misspelt 'neuropathy'."""
    return word[0], word[-2:]


def most_edits(term: str) -> int:
    """Letters that may be wrong, too many, missing or swapped (optimal string alignment)."""
    return 2 if len(term) >= TWO_EDITS_FROM else 1

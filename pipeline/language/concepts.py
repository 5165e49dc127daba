"""Finds the rows of the rules tables in a text. Reads rules, writes nothing.

Finding comes first and knows nothing of context; `context` and `statements` judge afterwards.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product, zip_longest

from pipeline.language.expressions import WORD, Expressions
from pipeline.language.folding import fold
from pipeline.rules import Row

UNLESS_WINDOW = 60
SENTENCE_END = re.compile(r"(?<=[a-z)\d][.!?]) (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Match:
    """A row found; character offsets into the text. A near miss is a misspelt form of the row."""

    row: Row
    start: int
    end: int
    is_near_miss: bool = False


class ConceptMatcher:
    """All forms of the given rows, indexed by their first two words so that a text is read once."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.by_words: dict[str, dict[str, list[Form]]] = {}
        self.forms: list[Form] = []
        for row in rows:
            words = WORD.findall(fold(row.term)) if row.match != "regex" else []
            if words:
                self.add(Form(row), *words[:2])
            else:
                self.forms.append(Form(row))
        self.expressions = Expressions([form.expression for form in self.forms])

    def add(self, form: Form, first: str, second: str = "") -> None:
        for word in spellings(first):
            following = self.by_words.setdefault(word, {})
            for next_word in spellings(second):
                following.setdefault(next_word, []).append(form)

    def find(self, text: str) -> list[Match]:
        """Every row found, the longest where forms of one table overlap, in order of the text."""
        folded = fold(text)
        return without_undefined(longest_of_each_table(list(self.candidates(folded))))

    def candidates(self, folded: str) -> Iterator[Match]:
        for form, found in self.found(folded):
            if not form.is_cancelled(found, folded):
                yield Match(form.row, found.start(), found.end())

    def found(self, folded: str) -> Iterator[tuple[Form, re.Match[str]]]:
        words = list(WORD.finditer(folded.lower()))
        for word, after in zip_longest(words, words[1:]):
            forms = self.by_words.get(word.group())
            if forms is None:
                continue
            for form in (*forms.get("", ()), *(forms.get(after.group(), ()) if after else ())):
                found = form.pattern.match(folded, word.start())
                if found:
                    yield form, found
        for number, found in self.expressions.find(folded):
            yield self.forms[number], found


class Form:
    """A row with its patterns, compiled when they are first needed: most never are."""

    def __init__(self, row: Row) -> None:
        self.row = row

    @property
    def expression(self) -> str:
        return self.row.term if self.row.match == "regex" else phrase_expression(self.row)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        flags = re.NOFLAG if self.row.match in ("exact", "defined") else re.IGNORECASE
        return re.compile(self.expression, flags)

    @functools.cached_property
    def unless(self) -> re.Pattern[str]:
        return re.compile(self.row.unless, re.IGNORECASE)

    def is_cancelled(self, found: re.Match[str], folded: str) -> bool:
        """Whether the words of the row's `unless` stand around the match."""
        if not self.row.unless:
            return False
        left, right = max(0, found.start() - UNLESS_WINDOW), found.end() + UNLESS_WINDOW
        # A plain look first: the sentence is sought for the few rows that may be cancelled.
        if not self.unless.search(whole_words(folded, left, right)):
            return False
        left, right = within_sentence(folded, left, right, found)
        return self.unless.search(whole_words(folded, left, right)) is not None


def within_sentence(folded: str, left: int, right: int, found: re.Match[str]) -> tuple[int, int]:
    """The part of a span that lies in the sentence of the match: what its neighbours say does not
    cancel it."""
    ends = [end.end() for end in SENTENCE_END.finditer(folded[left : found.start()])]
    end = SENTENCE_END.search(folded, found.end(), min(right, len(folded)))
    return left + (ends[-1] if ends else 0), end.start() if end else right


def whole_words(text: str, start: int, end: int) -> str:
    """The text between two places, with the words that the places cut: 'were' is not 'we'."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def spellings(word: str) -> set[str]:
    """A word of a form in small letters, in British and in American spelling."""
    pieces = re.split(r"([ao]e)", word.lower())
    choices = [{piece, "e"} if number % 2 else {piece} for number, piece in enumerate(pieces)]
    return set(map("".join, product(*choices)))


def phrase_expression(row: Row) -> str:
    """The form with blanks and hyphens alike; unless case counts, 'ae' and 'oe' also as 'e'."""
    pieces = [re.escape(piece) for piece in re.split(r"[\s-]+", fold(row.term)) if piece]
    if row.match == "phrase":
        pieces = [re.sub(r"([ao])e", r"\1?e", piece) for piece in pieces]
    body = r"[\s-]{1,3}".join(pieces)
    ending = "" if not pieces[-1][-1].isalnum() else r"(?![^\W_])"
    beginning = "" if not pieces[0][0].isalnum() else r"(?<![^\W_])"
    return beginning + body + ending


def longest_of_each_table(matches: list[Match]) -> list[Match]:
    """Within one table a shorter form inside or across a longer one is not a finding of its own."""
    kept: list[Match] = []
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in sorted(matches, key=rank):
        spans = taken[match.row.table]
        if all(match.end <= start or match.start >= end for start, end in spans):
            spans.append((match.start, match.end))
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, m.end, m.row.table))


def rank(match: Match) -> tuple[int, int, bool, int]:
    """The longest first; of the same words a form that counts alone before a `defined` one."""
    is_defined = match.row.match == "defined"
    return match.start - match.end, match.start, is_defined, match.row.line


def without_undefined(matches: list[Match]) -> list[Match]:
    """An ambiguous abbreviation counts only where the text also has another form of its id."""
    spelled = {(m.row.table, m.row.id) for m in matches if m.row.match != "defined"}
    return [m for m in matches if m.row.match != "defined" or (m.row.table, m.row.id) in spelled]

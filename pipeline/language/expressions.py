"""Finds many regular expressions in a text at the cost of a few. Reads and writes nothing.

Two cheap questions come before an expression is tried: does the text hold one of the words that
it cannot match without (`literals`), and does a word begin as its matches begin (`openings`)?
The matches are those of `finditer` over the whole text; their words may be in small letters.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from pipeline.language.literals import items_of, required_words
from pipeline.language.openings import DIGIT, LONGEST, openings

GRAM = 4
FEW = 500  # words that are sooner looked for one by one in a text no longer than SHORT
SHORT = 300  # characters: a sentence
WORD = re.compile(r"[^\W_]+")
DECIMAL = re.compile(r"\d")
AS_TYPED = "(?-i:"  # begins a group in which case counts
LETTER = re.compile(r"\\.|\(\?P|([^\W\d_])", re.DOTALL)  # of an expression; '\W', '(?P<' are none


class Compiled(dict[int, re.Pattern[str]]):
    """The expressions by number, each compiled when it is first asked for: most never are.

    All but the `cased`, which ask for capitals somewhere, are for a text in small letters: Python
    compares letters as they are in a third of the time that it takes to ignore their case.
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        super().__init__()
        self.expressions = expressions
        self.cased = {number for number, one in enumerate(expressions) if AS_TYPED in one}

    def __missing__(self, number: int) -> re.Pattern[str]:
        expression = self.expressions[number]
        is_cased = number in self.cased
        flags = re.IGNORECASE if is_cased else re.NOFLAG
        self[number] = re.compile(expression if is_cased else in_small_letters(expression), flags)
        return self[number]


class Starting(dict[str, tuple[int, ...]]):
    """The expressions whose matches can begin with these letters; remembered, for words come
    again and again."""

    def __init__(self, by_opening: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self.by_opening = by_opening

    def __missing__(self, letters: str) -> tuple[int, ...]:
        beginnings = (letters[:length] for length in range(1, LONGEST + 1))
        numbers = (n for beginning in beginnings for n in self.by_opening.get(beginning, ()))
        self[letters] = tuple(sorted(set(numbers)))
        return self[letters]


class Expressions:
    """Expressions by number, in the order given; each compiled when it is first tried."""

    def __init__(self, expressions: Sequence[str]) -> None:
        self.compiled = Compiled(expressions)
        self.always: set[int] = set()
        self.anywhere: set[int] = set()
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_opening: dict[str, list[int]] = defaultdict(list)
        self.starting = Starting(self.by_opening)
        for number, expression in enumerate(expressions):
            self.add(number, expression)
        self.is_few = len(self.by_word) <= FEW
        self.short_words = [word for word in self.by_word if len(word) < GRAM]
        self.by_gram = words_by_gram(self.by_word.keys() - set(self.short_words))

    def add(self, number: int, expression: str) -> None:
        items = items_of(expression)
        words, begins = required_words(items), openings(items)
        if words is None:
            self.always.add(number)
        for word in words or ():
            self.by_word[word].append(number)
        if begins is None:
            self.anywhere.add(number)
        for opening in begins or ():
            self.by_opening[opening].append(number)

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match that is not empty, with the number of its expression; in no order."""
        lower = text.lower()
        wanted = self.wanted(lower)
        yield from self.at_words(text, lower, wanted - self.anywhere)
        for number in wanted & self.anywhere:
            yield from self.anywhere_in(text, lower, number)

    def first(self, text: str) -> re.Match[str] | None:
        """The first match that is not empty; of several at one place the first expression's."""
        lower = text.lower()
        wanted = self.wanted(lower)
        if not wanted:
            return None
        found = list(islice(self.at_words(text, lower, wanted - self.anywhere), 1))
        for number in wanted & self.anywhere:
            found.extend(islice(self.anywhere_in(text, lower, number), 1))
        return min(found, key=lambda one: (one[1].start(), one[0]), default=(0, None))[1]

    def wanted(self, lower: str) -> set[int]:
        """The expressions of which a lower-case text holds a word that they need."""
        asked: Iterable[str] = self.by_word
        if not self.is_few or len(lower) > SHORT:
            grams = grams_of(lower) & self.by_gram.keys()
            long_words = chain.from_iterable(map(self.by_gram.__getitem__, grams))
            asked = chain(self.short_words, long_words)
        return self.always.union(*(self.by_word[word] for word in asked if word in lower))

    def anywhere_in(
        self, text: str, lower: str, number: int
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """The matches of one expression that may begin inside a word."""
        is_cased = number in self.compiled.cased
        found = self.compiled[number].finditer(text if is_cased else lower)
        return ((number, one) for one in found if one.end() > one.start())

    def at_words(
        self, text: str, lower: str, wanted: set[int]
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """The matches that begin where a word begins, in the order of their places, then of the
        expressions; those of one expression never overlap."""
        if not wanted:
            return
        starting, compiled, cased = self.starting, self.compiled, self.compiled.cased
        ends: dict[int, int] = {}
        for start, letters in words_of(lower):
            for number in starting[letters]:
                if number in wanted and ends.get(number, 0) <= start:
                    found = compiled[number].match(text if number in cased else lower, start)
                    if found:
                        ends[number] = found.end()
                        yield number, found


def in_small_letters(expression: str) -> str:
    """The expression that finds in a text in small letters what this one finds in any case."""
    return LETTER.sub(lambda found: found[0].lower() if found[1] else found[0], expression)


@functools.lru_cache(maxsize=64)  # a sentence is asked for many cues, one after the other
def words_of(lower: str) -> list[tuple[int, str]]:
    """Where each word begins, and its first letters, every digit the same."""
    compared = DECIMAL.sub(DIGIT, lower)
    starts = (word.start() for word in WORD.finditer(compared))
    return [(start, compared[start : start + LONGEST]) for start in starts]


@functools.lru_cache(maxsize=16)  # a text is asked for its rows, then for its cues
def grams_of(text: str) -> set[str]:
    return {text[start : start + GRAM] for start in range(len(text) - GRAM + 1)}


def words_by_gram(words: Iterable[str]) -> dict[str, list[str]]:
    """Each word under that of its pieces of four letters which the fewest other words share: a text
    is asked only for the words of which it holds the rarest piece."""
    pieces = {word: grams_of(word) for word in words}
    shares = Counter(gram for grams in pieces.values() for gram in grams)
    by_gram: dict[str, list[str]] = defaultdict(list)
    for word, grams in pieces.items():
        by_gram[min(grams, key=lambda gram: (shares[gram], gram))].append(word)
    return by_gram

"""Which words a regular expression cannot match without, so that it is tried only where they are.

Reads and writes nothing.
Most of the time of reading went into trying a thousand expressions on texts that hold none of
their words; a plain search for those words is a hundred times cheaper.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

SHORTEST = 2
MOST_LETTERS = 3
MOST = 300

Item = tuple[Any, Any]  # a kind and its argument, as Python's own parser gives them


def items_of(expression: str) -> list[Item]:
    """An expression as the sequence of its parts."""
    return list(_parser.parse(expression))


def required_words(items: list[Item]) -> frozenset[str] | None:
    """Lower-case strings of which every match holds at least one; None where nothing is sure."""
    return best(candidates(items))


def candidates(items: list[Item]) -> list[frozenset[str]]:
    """For a sequence: every set of which a match must hold one member."""
    found: list[frozenset[str]] = []
    current = frozenset({""})
    for kind, argument in items:
        grown = grown_by(current, kind, argument)
        if grown is not None:
            current = grown
            continue
        found.append(current)
        current = frozenset({""})
        inner = inside(kind, argument)
        if inner is not None:
            found.append(inner)
    return [*found, current]


def grown_by(current: frozenset[str], kind: Any, argument: Any) -> frozenset[str] | None:
    """The strings so far with one more character; None where the item is no plain character."""
    if kind is _constants.AT:
        return current
    if kind is _constants.LITERAL:
        return frozenset(text + chr(argument).lower() for text in current)
    if kind is _constants.IN and len(current) <= MOST:
        plain = [chr(code).lower() for what, code in argument if what is _constants.LITERAL]
        if len(plain) == len(argument) <= MOST_LETTERS:
            return frozenset(text + letter for text in current for letter in plain)
    return None


def inside(kind: Any, argument: Any) -> frozenset[str] | None:
    """What a group, a branch, a look around or a repetition that happens once must hold."""
    if kind in (_constants.SUBPATTERN, _constants.ASSERT):
        return best(candidates(list(argument[-1])))
    if kind is _constants.BRANCH:
        return union(best(candidates(list(branch))) for branch in argument[1])
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and argument[0] >= 1:
        return best(candidates(list(argument[2])))
    return None


def union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    together: set[str] = set()
    for one in sets:
        if one is None:
            return None
        together |= one
    return frozenset(together)


def best(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The set with the longest shortest member, which is the rarest in a text."""
    usable = [one for one in sets if one and all(map(is_telling, one)) and len(one) <= MOST]
    return max(usable, key=lambda one: (min(map(len, one)), -len(one)), default=None)


def is_telling(word: str) -> bool:
    """Whether a text may well be without it: two letters, or one that no English word has."""
    return len(word) >= SHORTEST or not word.isascii()

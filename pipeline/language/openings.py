"""How a match of a regular expression can begin, so that it is tried only where words begin so.

Reads and writes nothing.
An expression such as `\\b(skin|lesions?|…)` has no fixed first letter, and Python's search tries it
at every letter of the text; with its openings known it is tried at one word in fifty.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants  # type: ignore[attr-defined]
from typing import Any

from pipeline.language.literals import Item

LONGEST = 4  # letters of an opening
MOST = 400
DIGIT = "0"  # stands for every decimal digit
CATEGORIES = {_constants.CATEGORY_DIGIT: DIGIT}

# What a match may begin with, and whether anything may follow it (True) or the next item (False).
Beginning = tuple[str, bool]


def openings(items: list[Item]) -> frozenset[str] | None:
    """Lower-case strings, digits as '0', one of which begins every match, which begins a word.

    None where a match may begin inside a word, with another sign, or with too many strings.
    """
    if not begins_at_boundary(items):
        return None
    found = beginnings(items)
    if found is None or any(not text[:1].isalnum() for text, _ in found):
        return None
    return frozenset(text for text, _ in found)


def begins_at_boundary(items: list[Item]) -> bool:
    """Whether every match begins at `\\b`; looks around may stand before it."""
    for kind, argument in items:
        if kind is _constants.AT:
            return argument is _constants.AT_BOUNDARY
        if kind is _constants.SUBPATTERN:
            return begins_at_boundary(list(argument[-1]))
        if kind is _constants.BRANCH:
            return all(begins_at_boundary(list(branch)) for branch in argument[1])
        if kind not in (_constants.ASSERT, _constants.ASSERT_NOT):
            return False
    return False


def beginnings(items: Iterable[Item]) -> set[Beginning] | None:
    """The first letters of a sequence of items; None where there are too many."""
    found: set[Beginning] = {("", False)}
    for kind, argument in items:
        if all(is_open for _, is_open in found):
            break
        nexts = beginnings_of_item(kind, argument)
        if nexts is None:
            return None
        found = {longer for one in found for longer in extended(one, nexts)}
        if len(found) > MOST:
            return None
    return found


def extended(one: Beginning, nexts: set[Beginning]) -> set[Beginning]:
    text, is_open = one
    if is_open:
        return {one}
    longer = ((text + after, is_open) for after, is_open in nexts)
    return {(grown[:LONGEST], is_open or len(grown) >= LONGEST) for grown, is_open in longer}


def beginnings_of_item(kind: Any, argument: Any) -> set[Beginning] | None:
    """The same for one item of a parsed expression."""
    if kind is _constants.LITERAL:
        return {(plain(chr(argument)), False)}
    if kind is _constants.IN:
        return beginnings_of_class(argument)
    if kind in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
        return {("", False)}
    if kind is _constants.SUBPATTERN:
        return beginnings(argument[-1])
    if kind is _constants.BRANCH:
        branches = [beginnings(branch) for branch in argument[1]]
        return None if None in branches else set().union(*filter(None, branches))
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        return beginnings_of_repeat(*argument)
    return {("", True)}


def beginnings_of_class(members: list[Item]) -> set[Beginning]:
    """The letters of `[abc]`, `[1-9]`, `\\d`; anything at all for a wider class."""
    letters: set[Beginning] = set()
    for kind, argument in members:
        if kind is _constants.LITERAL:
            letters.add((plain(chr(argument)), False))
        elif kind is _constants.RANGE and argument[1] - argument[0] < MOST:
            letters |= {(plain(chr(code)), False) for code in range(argument[0], argument[1] + 1)}
        elif kind is _constants.CATEGORY and argument in CATEGORIES:
            letters.add((CATEGORIES[argument], False))
        else:
            return {("", True)}
    return letters


def beginnings_of_repeat(least: int, most: Any, items: Iterable[Item]) -> set[Beginning] | None:
    """One round of a repetition, after which anything may follow if it may come again."""
    once = beginnings(items)
    if once is None:
        return None
    rounds = {(text, is_open or most != 1) for text, is_open in once}
    return rounds if least else rounds | {("", False)}


def plain(letter: str) -> str:
    """As texts are compared with openings: lower case, every digit the same."""
    return DIGIT if letter.isdecimal() else letter.lower()

"""Strings made to blow up a regular expression: one repeat of it pumped up, the end spoiled.

A backtracking engine is slow where a long run can be cut in many ways and the rest never fits;
so each repeat of a pattern gets its own string, made from a sample of what it repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

sre: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

LENGTH = 2000
GENERAL = ("x", "X", "1", " ", "\t", ".", "-", "(", ")", ",", "é", "aA", "a ", "1 ", "x-", "1,")
SPOILED = "\x00"
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
CANDIDATES = [chr(c) for c in (*range(97, 123), *range(48, 58), *range(32, 48), *range(58, 97))]


def general_strings() -> list[str]:
    return [piece * (LENGTH // len(piece)) + SPOILED for piece in GENERAL]


def pumped_strings(pattern: str, flags: int) -> Iterator[str]:
    """One string for each repeat without a small upper bound."""
    tree = parser.parse(pattern, flags & ~re.DEBUG)
    n_repeats = count_repeats(tree)
    for chosen in range(n_repeats):
        text = sample(tree, [chosen])
        yield text + SPOILED
        yield text[:-1] + SPOILED


def count_repeats(tree: Any) -> int:
    count = 0
    for operation, value in tree:
        if operation in REPEATS:
            count += 1 + count_repeats(value[2])
        else:
            count += sum(count_repeats(part) for part in parts_of(operation, value))
    return count


def parts_of(operation: Any, value: Any) -> list[Any]:
    if operation is sre.SUBPATTERN:
        return [value[3]]
    if operation is sre.BRANCH:
        return list(value[1])
    if operation is sre.ATOMIC_GROUP:
        return [value]
    return []


def sample(tree: Any, chosen: list[int]) -> str:
    """A string that fits, its chosen repeat long; `chosen[0]` counts down to it."""
    pieces = []
    for operation, value in tree:
        if operation in REPEATS:
            is_chosen = chosen[0] == 0
            chosen[0] -= 1
            inner = sample(value[2], chosen) or "x"
            times = LENGTH // len(inner) if is_chosen else max(value[0], 1)
            pieces.append(inner * (times or 1))
        elif operation is sre.BRANCH:
            options = [sample(part, chosen) for part in value[1]]
            pieces.append(
                max(options, key=len) if max(map(len, options)) > LENGTH // 2 else options[0]
            )
        elif parts := parts_of(operation, value):
            pieces += [sample(part, chosen) for part in parts]
        else:
            pieces.append(character(operation, value))
    return "".join(pieces)


def character(operation: Any, value: Any) -> str:
    if operation is sre.LITERAL:
        return chr(value)
    if operation is sre.ANY:
        return "x"
    if operation is sre.NOT_LITERAL:
        return "x" if value != ord("x") else "y"
    if operation is sre.IN:
        return member(value)
    return ""


def member(items: Any) -> str:
    """Some character that a set holds."""
    for kind, value in items:
        if kind is sre.LITERAL:
            return chr(value)
        if kind is sre.RANGE:
            return chr(value[0])
        if kind is sre.CATEGORY:
            return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " "}.get(value, "x")
    taken = {chr(value) for kind, value in items if kind is sre.LITERAL}
    return next(c for c in CANDIDATES if c not in taken)

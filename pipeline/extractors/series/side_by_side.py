"""Numbers of patients that stand side by side: listed, told twice, parts of a whole.

Reads text, writes nothing.
"In 5, 8 and 3 patients, respectively"; "4 of 33 patients (12%)"; "five of the nine women and
three of the seven men".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extractors.series.counting import NUMBER, PEOPLE, number_of
from pipeline.extractors.series.quantity import Quantity

LISTED = re.compile(
    rf"(?<![\w./-])(?P<list>{NUMBER}(?:, {NUMBER}){{0,5}},? and {NUMBER})"
    rf"(?: {PEOPLE})?,? \(?respectively\b",
    re.IGNORECASE,
)
AND_OF = re.compile(
    r",? and (?:(?:in|by|to|for) )?|\)?(?: than| and| or|,) (?:in |among )?(?:the )?"
    r"(?:m[ae]n|wom[ae]n|males|females) \(",
    re.IGNORECASE,
)


def in_order(quantities: Sequence[Quantity], folded: str, total: int | None) -> list[Quantity]:
    """The quantities by their places, without repeats, parts of all patients added up."""
    ordered = sorted(quantities, key=lambda quantity: quantity.start)
    return list(added_parts(list(without_repeats(ordered, folded, total)), folded, total))


def numbers_listed(folded: str, known: Sequence[Quantity]) -> Iterator[Quantity]:
    """'In 5, 8 and 3 patients, respectively': each number of the list that is not known yet."""
    for listed in LISTED.finditer(folded) if "respectively" in folded else ():
        for found in re.finditer(NUMBER, listed["list"], re.IGNORECASE):
            start, end = (listed.start("list") + place for place in found.span())
            if all(end <= other.start or start >= other.end for other in known):
                yield Quantity(start, end, number_of(found.group()) or 0, None, "bare")


def added_parts(
    quantities: Sequence[Quantity], folded: str, total: int | None
) -> Iterator[Quantity]:
    """'Five of the nine women and three of the seven men' of 16 are eight of all."""
    last: Quantity | None = None
    for quantity in quantities:
        if last is not None and make_up_all(last, quantity, folded, total):
            n = last.n + quantity.n
            last = replace(quantity, start=last.start, n=n, denominator=None, kind="sum")
            continue
        if last is not None:
            yield last
        last = quantity
    if last is not None:
        yield last


def make_up_all(first: Quantity, second: Quantity, folded: str, total: int | None) -> bool:
    parts = (first.denominator, second.denominator)
    is_joined = AND_OF.fullmatch(folded, first.end, second.start) is not None
    return is_joined and None not in parts and sum(part or 0 for part in parts) == total


def without_repeats(
    quantities: list[Quantity], folded: str, total: int | None
) -> Iterator[Quantity]:
    """'4 of 33 patients (12%)' says the same twice: the percentage is left out; not that of
    '50 patients (52% male)'."""
    for number, quantity in enumerate(quantities):
        before = quantities[number - 1] if number else None
        if (
            before is not None
            and quantity.kind in ("percent", "equal")
            and not (before.n == total and 0 < quantity.n < before.n)
            and before.kind != quantity.kind
            and re.fullmatch(rf"(?: {PEOPLE})? ?[(\[]", folded[before.end : quantity.start], re.I)
        ):
            continue
        yield quantity

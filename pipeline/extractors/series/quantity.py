"""A number of patients in a sentence, and where it stands. Reads text, writes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quantity:
    """A number of patients; offsets into the text. `kind` names the form it was written in.

    n: 0 where the form stands for no whole number, so that its place is taken all the same.
    denominator: only where the text itself gives one. is_aside: it stands in brackets.
    """

    start: int
    end: int
    n: int
    denominator: int | None
    kind: str
    is_aside: bool = False


def is_in_brackets(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") + before.count("[") > before.count(")") + before.count("]")

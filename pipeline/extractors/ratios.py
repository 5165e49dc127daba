"""Men and women of a series from their ratio ("male-to-female ratio 1.3:1"), where only one pair
of numbers gives it. Reads a statement, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.figures import Figure
from pipeline.language.folding import fold
from pipeline.records import Statement

SEX = r"(?:(?:fe)?males?|(?:wo)?men|[mfhw])"
RATIO = re.compile(
    rf"(?:\b(?P<first>{SEX})(?: ?[:/-] ?| to |-to-){SEX}[ -](?:sex )?ratio|\bsex[- ]?ratio)"
    r"(?: \((?P<letter>[mfhw]) ?[:/] ?[mfhw]\))?[ :=]*(?:(?:was|of|is|de|etait|a) )*[ :=]*"
    r"(?P<value>\d{1,2}(?:[.,]\d{1,2})?)(?: ?[:/] ?(?P<other>\d{1,2}(?:[.,]\d{1,2})?))?",
    re.IGNORECASE,
)
FEMALE = ("f", "w")  # how 'female', 'women', 'femme' begin


def sexes_by_ratio(statement: Statement, total: int | None) -> Iterator[Figure]:
    """Two figures, or none where no pair or several pairs round to the ratio told."""
    found = RATIO.search(fold(statement.text))
    if found is None or total is None:
        return
    pairs = [
        (first, total - first)
        for first in range(1, total)
        if gives(first, total - first, found["value"], found["other"])
    ]
    if len(pairs) != 1:
        return
    # Without letters a sex ratio is that of men to women, the demographers' use.
    named = (found["first"] or found["letter"] or "male").lower()
    sexes = ("female", "male") if named.startswith(FEMALE) else ("male", "female")
    for sex, n in zip(sexes, pairs[0], strict=True):
        yield Figure(sex, n, total, statement, *found.span())


def gives(first: int, second: int, value: str, other: str | None) -> bool:
    """Whether `first` to `second`, rounded as the text rounds it, is the ratio told."""
    digits = len(re.split(r"[.,]", value)[1]) if re.search(r"[.,]", value) else 0
    told, over = float(value.replace(",", ".")), float((other or "1").replace(",", "."))
    if over == 1:
        return (digits > 0 and round(first / second, digits) == told) or first == told * second
    return first * over == second * told

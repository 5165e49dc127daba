"""The time between two dates of a sentence: 'from 1981 until 1984', '(May 2001 to June 2003)'.

Reads text, writes nothing. Where one of the dates is only a year, the time is told to the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

Kind = Literal["dates", "begun"]
MONTHS = {
    "jan": 1, "gen": 1, "ene": 1, "feb": 2, "fev": 2, "mar": 3, "apr": 4, "abr": 4, "avr": 4,
    "may": 5, "mai": 5, "mag": 5, "jun": 6, "giu": 6, "juin": 6, "jul": 7, "lug": 7, "juil": 7,
    "aug": 8, "ago": 8, "aou": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10,
    "nov": 11, "dec": 12, "dez": 12, "dic": 12,
}  # fmt: skip
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?(?P<month>juin|juil|{'|'.join(MONTHS)})"
    r"[a-z]{0,7}(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? (?:de |del |of )?(?P<of>(?:19|20)\d\d))?"
    r"|(?P<year>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
PART = r"(?: ?(?:early|late|mid|the (?:beginning|end|middle) of|the year)[ -])?"
FROM = re.compile(rf"\b(?:from|desde|depuis|von|dal?|de|d') ?{PART}$", re.IGNORECASE)
UNTIL = re.compile(
    rf" ?(?:until|till|up to|to|through|-|–|hasta|a|ate|jusqu'en|jusqu'a|bis|al) ?{PART}",
    re.IGNORECASE,
)
BETWEEN = re.compile(rf"\b(?:between|entre|zwischen|tra) {PART}$", re.IGNORECASE)
AND = re.compile(rf" (?:and|y|e|et|und) {PART}", re.IGNORECASE)
AT = re.compile(rf"\b(?:in|on|since|en|em|im|a|le) {PART}$", re.IGNORECASE)
CLOSED = re.compile(r"\s?[,;)]")


def times_in(text: str) -> Iterator[tuple[int, int, float, Kind]]:
    """Start, end, months and kind of the time between two dates that follow each other.

    'dates': the words say that it runs from one to the other; 'begun': two times at which
    something happened ('was begun in 2001 and stopped in 2003'), for the caller to weigh.
    """
    if not YEAR.search(text):
        return
    for first, last in pairwise(DATE.finditer(text)):
        kind = kind_of(text, first, last)
        months = months_between(first, last)
        if kind and months:
            yield first.start(), last.end(), months, kind


def kind_of(text: str, first: re.Match[str], last: re.Match[str]) -> Kind | None:
    before, glue = text[: first.start()], text[first.end() : last.start()]
    if FROM.search(before) and UNTIL.fullmatch(glue):
        return "dates"
    if BETWEEN.search(before) and AND.fullmatch(glue):
        return "dates"
    if before.endswith("(") and UNTIL.fullmatch(glue) and CLOSED.match(text, last.end()):
        return "dates"
    return "begun" if AT.search(before) and AT.search(glue) else None


def months_between(first: re.Match[str], last: re.Match[str]) -> float | None:
    """'From January to September 2004' has its year once; None where the dates are out of order."""
    end = year_of(last)
    begin = year_of(first) or end
    if end is None or begin is None:
        return None
    months = 12.0 * (end - begin)
    if first["month"] and last["month"]:
        months += MONTHS[last["month"].lower()] - MONTHS[first["month"].lower()]
    return months if months > 0 else None


def year_of(found: re.Match[str]) -> int | None:
    year = found["of"] or found["year"]
    return int(year) if year else None

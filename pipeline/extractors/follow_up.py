"""After how many months a status was told. Reads statements, writes nothing.

Field: 'follow_up_months', from the first time within the cue of time ('at 30 months').
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.drafts import make_draft, place_of
from pipeline.language.folding import fold
from pipeline.language.numbers import COUNTS, number_of_words
from pipeline.records import Draft, Statement

TABLE = "outcomes"
MONTHS_OF = {"w": 12 / 52.18, "m": 1.0, "y": 12.0, "a": 12.0, "j": 12.0}
ONE_ABROAD = r"una?|une|uno|uma?|eine[mns]?|ein"
# One unit of time; Romance 'ano', 'an', 'anno', German 'Jahr' are years.
DURATION = re.compile(
    rf"\b(?P<n>\d{{1,3}}(?:[.,]\d+)?|{COUNTS}|due|an?(?= (?:year|month))|{ONE_ABROAD})"
    r"(?P<half> and a half| y medio| e meio| et demi)?[\s-]?"
    r"(?P<unit>weeks?|months?|mos?|years?|yrs?|anos?|ans?|ann[oi]|mes(?:es|[ei])?|mois|monat(?:en?)?"
    r"|jahr(?:en?)?)(?P<half2> and a half| y medio| e meio| et demi)?\b",
    re.IGNORECASE,
)


def follow_up(statement: Statement, label: str) -> Iterator[Draft]:
    """The time of the status in months, from the first time within its cue of time."""
    for mention in statement.of(TABLE):
        if mention.concept not in ("contact", "later", "alive"):
            continue
        start = mention.start - statement.start
        found = DURATION.search(fold(statement.text), start, mention.end - statement.start + 20)
        months = months_of(found) if found else None
        if found is not None and months:
            place = place_of(found, statement, "outcomes:follow_up")
            yield make_draft(label, "follow_up_months", f"{months:g}", statement, place, 0.8)
            return


def months_of(found: re.Match[str]) -> float | None:
    """'30 months', 'two and a half years', 'a year' in months."""
    words = found["n"].lower()
    is_digits = words[0].isdigit()
    number: float | None = float(words.replace(",", ".")) if is_digits else number_of_words(words)
    if words == "due":  # in English no number
        number = 2
    elif words in ("a", "an") or re.fullmatch(ONE_ABROAD, words):
        number = 1
    if number is None:
        return None
    if found["half"] or found["half2"]:
        number += 0.5
    return round(number * MONTHS_OF[found["unit"][0].lower()], 1)


def months_in(text: str) -> float | None:
    """The first duration of a text in months; None where it has none."""
    found = DURATION.search(fold(text))
    return months_of(found) if found else None

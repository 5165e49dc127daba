"""The amounts of time and of cycles in a sentence, times in months.

Reads statements, writes nothing.

Cycles have no months; a range, 'several' and 'since 1998' have none either.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.extractors.treatment.dates import times_in
from pipeline.language.folding import fold
from pipeline.language.numbers import COUNTS, number_of_words
from pipeline.records import Statement

Kind = Literal["time", "days", "count", "since", "dates", "begun"]
DAYS, WEEKS, MONTHS, YEARS = 1 / 30.44, 12 / 52.18, 1.0, 12.0
UNITS = {
    "day": DAYS, "dia": DAYS, "jou": DAYS, "tag": DAYS, "gio": DAYS,
    "wee": WEEKS, "wk": WEEKS, "wks": WEEKS, "sem": WEEKS, "woc": WEEKS, "set": WEEKS,
    "mon": MONTHS, "mo": MONTHS, "mos": MONTHS, "mes": MONTHS, "moi": MONTHS,
    "yea": YEARS, "yr": YEARS, "yrs": YEARS, "ano": YEARS, "an": YEARS, "ans": YEARS,
    "ann": YEARS, "jah": YEARS, "for": 2 * WEEKS,
}  # fmt: skip
TIME = (
    r"(?:days?|weeks?|wks?|fortnights?|months?|mos?|years?|yrs?|dias?|semanas?|mes(?:es|i|e)?"
    r"|anos?|jours?"
    r"|semaines?|mois|ans?|annees?|tagen?|wochen?|monaten?|jahren?|giorn[oi]|settiman[ae]|ann[oi])"
)
# Here alone, for 'due to' and 'sei' are other words elsewhere.
ITALIAN = {
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9,
    "dieci": 10, "dodici": 12, "diciotto": 18,
}  # fmt: skip
ONE = r"an?|una?|uma?|eine[mnr]?"
LITTLE = rf"{COUNTS}|{'|'.join(ITALIAN)}"
NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|{LITTLE}|{ONE})"
VAGUE = (
    r"(?:several|(?:a )?few|many|some|a couple of|varios|varias|vari[oa]s|algun[oa]s|quelques"
    r"|plusieurs|mehrere[rn]?|einige[rn]?|alcun[ie]|diversi)"
)
ABOUT = (
    r"(?:(?:about|approximately|around|nearly|almost|more than|less than|at least|circa"
    r"|up to|mas de|mais de|plus de|unos|cerca de|environ|etwa|uber)\s)?"
)
AMOUNT = re.compile(
    rf"\b{ABOUT}(?:(?P<n>{NUMBER})(?P<range>(?: ?- ?| to | or | a | bis )(?:{NUMBER}))?"
    rf"(?P<half> and a half| y medio| e meio| et demi)?|(?P<vague>{VAGUE}))[\s-]?(?P<unit>{TIME})"
    r"(?P<later> and a half| y medio| e meio| et demi)?\b",
    re.IGNORECASE,
)
GIVEN = (
    r"(?:cycles?|courses?|infusions?|doses|pulses?|sessions?|treatments|injections?|rounds?"
    r"|exposures"
    r"|ciclos?|cursos?|infusiones|infusoes|sesiones|sessoes|pulsos|cures?|perfusions?|seances?"
    r"|zyklen|infusionen|sitzungen|cicl[io]|infusioni|sedute)"
)
COUNT = re.compile(
    rf"\b{ABOUT}(?:\d{{1,3}}|{LITTLE}|a single|{VAGUE})(?:(?:-| to | or )(?:\d{{1,3}}|{COUNTS}))?"
    r"[\s-](?:(?!of\b|and\b|or\b|to\b|days?\b|weeks?\b|months?\b|years?\b|mg\b|g\b)[\w-]+\s){0,2}?"
    rf"{GIVEN}\b",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\b(?:since|desde|depuis|seit|dal) (?:(?:early|late|mid|the year) ?-?)?(?:[a-z]{3,9} )?"
    r"(?:19|20)\d\d\b",
    re.IGNORECASE,
)

# 'Sechsmonatige Therapie'; with years also an age, so only in words.
GERMAN_NUMBERS = {
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "zwolf": 12, "achtzehn": 18, "ein": 1,
}  # fmt: skip
GERMAN = re.compile(
    rf"\b(?P<n>{'|'.join(GERMAN_NUMBERS)}|\d{{1,2}}-?(?!jahr))(?P<unit>tag|woch|monat|jahr)ig"
    r"(?:e[mnrs]?)?\b",
    re.IGNORECASE,
)
# 'For 6 and 14 months, respectively': the first number shares its unit with the last.
NUMBER_ALONE = re.compile(rf"\b(?P<n>{NUMBER})(?:, |,? (?:and|y|e|et|und) )$", re.IGNORECASE)
HALF_YEAR = re.compile(r"\bhalf(?: an?|-a)?[ -]year\b", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?P<unit>week|month|year) (?P<n>\d{1,2})\b(?! ?[,-])", re.IGNORECASE)
# Most sentences have no unit and need no further look.
UNIT = re.compile(
    rf"\b(?:{TIME}|{GIVEN}|since|desde|depuis|seit|dal)\b|(?:woch|monat|jahr)ig", re.IGNORECASE
)


@dataclass(frozen=True)
class Amount:
    """A time or a number of cycles; offsets into the section. `months` is None where not told."""

    start: int
    end: int
    months: float | None
    kind: Kind


@dataclass(frozen=True)
class Lasted:
    """How long an episode lasted as told at one place, and how surely that belongs to it."""

    amount: Amount
    statement: Statement
    confidence: float


def amounts_in(statement: Statement) -> list[Amount]:
    """Every amount of a sentence in order of the text, whatever it is an amount of."""
    return [
        replace(found, start=statement.start + found.start, end=statement.start + found.end)
        for found in found_in(fold(statement.text))
    ]


@functools.lru_cache(maxsize=4096)  # the history of a patient is read once for each of its fields
def found_in(text: str) -> tuple[Amount, ...]:
    """The amounts of a folded text; offsets into it."""
    dated = [Amount(start, end, months, kind) for start, end, months, kind in times_in(text)]
    if not UNIT.search(text):
        return tuple(dated)
    taken = [made(found, None, "count") for found in COUNT.finditer(text)]
    taken += [made(found, None, "since") for found in SINCE.finditer(text)]
    times = [time_of(found) for found in AMOUNT.finditer(text)]
    if "espectiv" in text or "rispettiv" in text:
        times += [one for found in AMOUNT.finditer(text) for one in shared_unit(found, text)]
    times += [made(found, 6.0, "time") for found in HALF_YEAR.finditer(text)]
    times += [numbered(found) for found in NUMBERED.finditer(text)]
    times += [german_time(found) for found in GERMAN.finditer(text)]
    free = [t for t in times if all(t.end <= o.start or t.start >= o.end for o in taken)]
    return tuple(sorted([*taken, *free, *dated], key=lambda amount: amount.start))


def made(found: re.Match[str], months: float | None, kind: Kind) -> Amount:
    return Amount(found.start(), found.end(), months, kind)


def time_of(found: re.Match[str]) -> Amount:
    factor = UNITS[found["unit"].lower()[:3]]
    return made(found, months_of(found, factor), "days" if factor == DAYS else "time")


def shared_unit(last: re.Match[str], text: str) -> Iterator[Amount]:
    """The numbers listed before an amount, each in its unit."""
    place = last.start()
    while alone := NUMBER_ALONE.search(text, max(0, place - 20), place):
        words, place = alone["n"].lower(), alone.start()
        number = float(words.replace(",", ".")) if words[0].isdigit() else number_of_words(words)
        if number is not None:
            factor = UNITS[last["unit"].lower()[:3]]
            kind: Kind = "days" if factor == DAYS else "time"
            yield Amount(alone.start("n"), alone.end("n"), rounded(number * factor), kind)


def numbered(found: re.Match[str]) -> Amount:
    """'At week 14', 'by month 6'."""
    return made(found, rounded(int(found["n"]) * UNITS[found["unit"].lower()[:3]]), "time")


def german_time(found: re.Match[str]) -> Amount:
    words = found["n"].lower().rstrip("-")
    number = int(words) if words.isdigit() else GERMAN_NUMBERS[words]
    return made(found, rounded(number * UNITS[found["unit"].lower()[:3]]), "time")


def months_of(found: re.Match[str], factor: float) -> float | None:
    """'3 weeks', 'two and a half years', 'a year' in months; None for a range and for 'several'."""
    if found["vague"] or found["range"]:
        return None
    words = found["n"].lower()
    if words[0].isdigit():
        number: float | None = float(words.replace(",", "."))
    else:
        number = 1 if re.fullmatch(ONE, words) else ITALIAN.get(words) or number_of_words(words)
    if number is None:
        return None
    return rounded((number + (0.5 if found["half"] or found["later"] else 0)) * factor)


def rounded(months: float) -> float:
    return round(months, 2 if months < 1 else 1)

"""The age of each own patient, at presentation or report. Reads a Report, writes nothing.

Fields: 'age_years' (a number as text, decimals for infants), or 'age_low' and 'age_high' where
only a decade is told. Guideline: age at presentation; not the age at onset, at death, at
follow-up or of a relative, and no duration, dose or score. Notations: clinical.md, section 10.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from pipeline.extractors.ages.context import weight_of_context
from pipeline.extractors.ages.decades import DECADES, years_of_decade
from pipeline.extractors.ages.notations import NOTATIONS
from pipeline.extractors.ages.words import NUMBER, number_of
from pipeline.extractors.drafts import Place, make_draft
from pipeline.extractors.own_patients.opening import opening_statement
from pipeline.extractors.own_patients.relatives import KIN, is_told_of_relative
from pipeline.language.expressions import Expressions
from pipeline.language.folding import fold
from pipeline.language.numbers import may_hold_number
from pipeline.records import Draft, Report, Statement, Subject
from pipeline.rules import Rules

OLDEST_YEARS = 115
# 'Two female, one male' counts people.
UNTOLD = re.compile(
    r"\w+, (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.IGNORECASE
)
# 'Identical twins, aged 49 years'; 'two women, both 62 years old'; 'both patients were 58'.
OF_EACH = re.compile(
    r"\b(?:twins?|(?:identical|twin) (?:brothers|sisters))\b[^.;\d]{0,30}\b(?:aged|of|were) \d"
    r"|\b\d\d[ -]year[ -]old (?:\w+ ){0,2}twin"
    r"|\b(?:both|each)(?: (?:of them|patients?|were|was|aged|of whom|wom[ae]n|m[ae]n)){0,3}"
    r" (?:aged )?\d\d\b(?=[ -]years?\b|[,;.)])",
    re.IGNORECASE,
)
LEAST_SHARE = 0.7
LISTS = ("years_of_each", "aged_each")
# Which notations a sentence may hold by its words: trying all took a fifth of the reading.
WORDS_OF_NOTATIONS = Expressions([pattern.pattern for _, pattern, _ in NOTATIONS])
# What two notations cannot do without; their words are too short to tell.
SIEVES = {
    "yo": re.compile(r"y[/-]?o|y\.\s?o|yrs?/o"),
    "year_old_broken": re.compile(r"y ?e ?a ?r ?s?[^a-z]{0,4}o ?l ?d"),
}
WORDS_OF_DECADES = Expressions([pattern.pattern for _, pattern, _ in DECADES])
MONTHS_A_YEAR, WEEKS_A_YEAR, DAYS_A_YEAR = 12, 52.18, 365.25
GENERAL_ROLES = ("background", "discussion", "conclusion", "methods")


@dataclass(frozen=True, slots=True)
class Age:
    """An age found: its span in the statement's folded text, and what it says in years."""

    rule: str
    start: int
    end: int
    low_years: float
    high_years: float | None
    confidence: float


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Every age told of an own patient, and those of cited people as the literature's."""
    found: list[Draft] = []
    first = opening_statement(report)
    for statement in report.statements:
        if statement.role in ("keywords", "other") or statement.cell is not None:
            continue
        ages = ages_of(statement)
        if len(ages) == 1 and is_of_each(statement):
            found += [d for label in report.labels for d in drafts_of(statement, ages[0], label)]
            continue
        whose = owners(statement, report.labels, len(ages), first, is_each=is_roll(ages))
        for age, label in zip(ages, whose, strict=True):
            found.extend(drafts_of(statement, age, label))
    return [doubt(draft, found) for draft in found]


def doubt(draft: Draft, found: Sequence[Draft]) -> Draft:
    """An age much weaker than another of the same patient (at onset, later) is no value."""
    rivals = [other for other in found if other.patient == draft.patient and is_age(other)]
    best = max((other.confidence for other in rivals), default=0.0)
    if draft.patient is None or draft.confidence >= best * LEAST_SHARE:
        return draft
    return msgspec.structs.replace(draft, status="uncertain")


def is_age(draft: Draft) -> bool:
    return draft.field in ("age_years", "age_low")


def owners(
    statement: Statement,
    labels: Sequence[str],
    count: int,
    first: Statement | None = None,
    *,
    is_each: bool = False,
) -> list[str | None]:
    """Whose the ages of a statement are: one patient's, or one each in the order of the labels."""
    own = statement.patients
    if is_each and count == len(labels) > 1:
        return list(labels)
    if not own and statement is first:
        own = tuple(labels)
    if statement.role == "title" and len(labels) == 1:
        own = tuple(labels)
    if len(own) == 1:
        return [own[0]] * count
    if len(own) > 1 and len(own) == count:
        return list(own)
    if count > 1 and count == len(labels) and statement.teller in ("patient", "series"):
        return list(labels)
    return [None] * count


def is_of_kin(statement: Statement) -> bool:
    """'A brother and a sister, 54 and 49 years old' who are the patients."""
    return len(statement.patients) > 1 and KIN.search(fold(statement.text)) is not None


def is_of_each(statement: Statement) -> bool:
    """'Twin brothers, aged 49 years', 'both 62 years old': one age for all of them."""
    is_own = statement.teller in ("patient", "series") and len(statement.patients) != 1
    return is_own and OF_EACH.search(fold(statement.text)) is not None


def is_roll(ages: Sequence[Age]) -> bool:
    """A list with one age for each patient, or a row of a table of patients."""
    rules = {age.rule for age in ages}
    return bool(rules & set(LISTS)) or rules == {"letter_slash"}


def drafts_of(statement: Statement, age: Age, label: str | None) -> Iterator[Draft]:
    subject: Subject = {"cited": "literature", "family": "family"}.get(  # type: ignore[assignment]
        statement.teller, "patient" if label else "other"
    )
    fields = [("age_years", age.low_years)]
    if age.high_years is not None:
        fields = [("age_low", age.low_years), ("age_high", age.high_years)]
    place = Place(statement.start + age.start, statement.start + age.end, f"age:{age.rule}")
    sure = round(age.confidence * weight_of_place(statement), 3)
    own = label if subject == "patient" else None
    for field, years in fields:
        yield make_draft(own, field, f"{years:g}", statement, place, sure, subject=subject)


def weight_of_place(statement: Statement) -> float:
    """The text decides over the title, and the case over the discussion."""
    if statement.role == "title":
        return 0.97
    return 0.8 if statement.role in GENERAL_ROLES else 1.0


def ages_of(statement: Statement) -> list[Age]:
    """The ages of a statement in order; where two notations overlap, the longer one."""
    text = fold(statement.text)
    ages: list[Age] = []
    is_kin = is_told_of_relative(statement) or is_of_each(statement) or is_of_kin(statement)
    found = sorted(
        candidates(text, is_kin=is_kin), key=lambda age: (age.start - age.end, age.start)
    )
    for age in sorted(found, key=lambda age: age.rule not in LISTS):
        if all(age.end <= other.start or age.start >= other.end for other in ages):
            ages.append(age)
    return sorted(ages, key=lambda age: age.start)


def candidates(text: str, *, is_kin: bool = False) -> Iterator[Age]:
    lower = text.lower()
    context = functools.partial(weight_of_context, text, is_kin=is_kin)
    tried = WORDS_OF_NOTATIONS.wanted(lower) if may_hold_number(text) else set()
    for rule, pattern, confidence in (NOTATIONS[number] for number in sorted(tried)):
        if rule in SIEVES and SIEVES[rule].search(lower) is None:
            continue
        for found in pattern.finditer(text):
            if UNTOLD.fullmatch(found.group()):
                continue
            for start, end, years in years_told(found):
                is_sure = rule in LISTS or rule == "letter_slash"
                weight = confidence if is_sure else context(start, end, confidence)
                if years <= OLDEST_YEARS and weight:
                    yield Age(rule, start, end, years, None, weight)
    tried = WORDS_OF_DECADES.wanted(lower)
    for rule, pattern, confidence in (DECADES[number] for number in sorted(tried)):
        for found in pattern.finditer(text):
            decade = years_of_decade(found)
            weight = context(found.start(), found.end(), confidence)
            if decade is not None and weight:
                yield Age(rule, found.start(), found.end(), *decade, weight)


def years_told(found: re.Match[str]) -> Iterator[tuple[int, int, float]]:
    """One age, or the two of 'aged 45 and 62 years'; months, weeks and days as part of a year."""
    groups = found.groupdict()
    if groups.get("list"):
        yield from years_of_each(found)
        return
    unit = (groups.get("unit") or "year").lower()
    divisor = {"m": MONTHS_A_YEAR, "w": WEEKS_A_YEAR, "d": DAYS_A_YEAR}.get(unit[0], 1.0)
    names = [name for name in ("n", "n2", "n3") if groups.get(name)]
    for name in names:
        number = number_of(groups[name])
        if number is not None and " and a half" in found.group():
            number += 0.5
        if number is not None:
            alone = len(names) == 1
            start = found.start() if alone else found.start(name)
            end = found.end() if alone else found.end(name)
            yield start, end, round(number / divisor, 2)


def years_of_each(found: re.Match[str]) -> Iterator[tuple[int, int, float]]:
    """The ages of a list, each with its own place."""
    for item in re.finditer(NUMBER, found["list"]):
        number = number_of(item.group())
        if number is not None:
            start = found.start("list") + item.start()
            yield start, start + len(item.group()), number

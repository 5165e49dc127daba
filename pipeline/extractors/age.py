"""The age of each own patient, at presentation or report. Reads a Report, writes nothing.

Fields: 'age_years' (a number as text, decimals for infants), or 'age_low' and 'age_high' where
only a decade is told. Guideline: age at presentation; not the age at onset, at death, at
follow-up or of a relative, and no duration, dose or score. Notations: clinical.md, section 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from pipeline.extractors.age_notations import (
    DECADES,
    NOTATIONS,
    PERSON,
    number_of,
    years_of_decade,
)
from pipeline.language.folding import fold
from pipeline.records import Draft, Report, Statement, Subject
from pipeline.rules import Rules

OLDEST_YEARS = 115
LEAST_SHARE = 0.7
MONTHS_A_YEAR, WEEKS_A_YEAR, DAYS_A_YEAR = 12, 52.18, 365.25
CONTEXT_BEFORE, CONTEXT_AFTER = 70, 60
GENERAL_ROLES = ("background", "discussion", "conclusion", "methods")
RELATIVES = (
    r"(?:step)?(?:mother|father|brother|sister|son|daughter|sibling|twin|uncle|aunt|cousin|nephew"
    r"|niece|grand\w+|wife|husband|spouse|parent|relative|donor|volunteer|control"
    r"|madre|padre|hermano|hermana|hijo|hija|mae|pai|irmao|irma|filho|filha|mere|pere|frere|soeur"
    r"|mutter|vater|bruder|schwester|sohn|tochter)s?\b"
)
# 'a 62-year-old father of three' is the patient: a parent of a counted number of children.
RELATIVE_AFTER = re.compile(
    rf"^[\s,]*(?:\(?[a-z-]+\)? ){{0,2}}?{RELATIVES}(?! of (?:a|an|one|two|three|four|five|six|\d))"
)
RELATIVE_BEFORE = re.compile(
    rf"\b{RELATIVES}(?:[,(]? ?(?:was|is|who was|who is|also|then|now|at the time))*"
    rf"[,( ]*(?:an? |the )?(?:healthy )?$"
    r"|\b(?:his|her|their|whose|sein\w*|ihr\w*|su|son|sa) (?:[a-z-]+ )?$"
)
NO_PERSON_AFTER = re.compile(
    r"^[\s,]*(?:(?!(?:[a-z]*(?:ed|ait|sch)|with|had|has|was|who|and|in|of|man|mit|com"
    r"|con)\b)[a-z-]+ ){0,2}?"
    r"(?:histor(?:y|ies)|lesions?|eruptions?|rash|scars?|biops\w+"
    r"|complaints?|courses?|duration|evolution|papules?|nodules?|plaques?|wound|tattoo|specimens?"
    r"|hardening|thickening|tightening|follow|evolucion|evolucao|interval|period|database|study"
    r"|survival)\b"
)
PERSON_AFTER = re.compile(
    r"^[\s,(]*(?:[a-z-]+ ){0,4}?(?:m[ae]n|wom[ae]n|males?|females?|patients?|lady|gentleman|girl"
    r"|boy|infant|child|person|individual|worker|farmer|teacher|smoker)\b"
)
PERSON_BEFORE = re.compile(
    rf"\b{PERSON}\)?[ ,(]*(?:(?:was|who was|who is|is|of|in (?:his|her)) )?$", re.IGNORECASE
)
PERSON_WITHIN = re.compile(rf"^{PERSON}\b", re.IGNORECASE)
REJECTED_BEFORE = re.compile(
    r"\b(?:died|death|dead|decease\w*|passed away|autops\w+|succumb\w*|surger\w+|operat\w+|smok\w+"
    r"|hysterectom\w+|menopaus\w+|born|birth|puberty|childhood|since|transplant\w*|married|retired"
    r"|between|mean|median|average|over|under|above|below|older than|younger than|until|up to"
    r"|desde|depuis|seit|controls?|range\w*|from|or)\b[^.;]{0,28}$"
)
LATER_BEFORE = re.compile(
    r"\b(?:now|currently|today|still|later|relaps\w+|recur\w+|follow-up|subsequently|remain\w*"
    r"|aujourd'hui|actualmente|atualmente)\b[^.;]{0,30}$"
)
ONSET_BEFORE = re.compile(
    r"\b(?:onset|began|begun|start\w*|first (?:notic|appear|develop|symptom|sign|manifest)\w*"
    r"|notic\w+|appear\w*|debut\w*|initial\w*|symptoms|inicio|comenz\w+|begonnen)\b[^.;]{0,40}$"
)
ONSET_AFTER = re.compile(r"^[^.;]{0,30}\b(?:at|when) (?:the )?(?:time of )?(?:disease )?onset\b")
DEATH_AFTER = re.compile(
    r"^[^.;]{0,30}\b(?:at|when) (?:the )?(?:time of )?(?:death|he died|she died)"
)


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
    for statement in report.statements:
        if statement.role in ("keywords", "other"):
            continue
        ages = ages_of(statement)
        for age, label in zip(ages, owners(statement, report.labels, len(ages)), strict=True):
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


def owners(statement: Statement, labels: Sequence[str], count: int) -> list[str | None]:
    """Whose the ages of a statement are: one patient's, or one each in the order of the labels."""
    own = statement.patients
    if statement.role == "title" and len(labels) == 1:
        own = tuple(labels)
    if len(own) == 1:
        return [own[0]] * count
    if len(own) > 1 and len(own) == count:
        return list(own)
    return [None] * count


def drafts_of(statement: Statement, age: Age, label: str | None) -> Iterator[Draft]:
    subject: Subject = {"cited": "literature", "family": "family"}.get(  # type: ignore[assignment]
        statement.teller, "patient" if label else "other"
    )
    fields = [("age_years", age.low_years)]
    if age.high_years is not None:
        fields = [("age_low", age.low_years), ("age_high", age.high_years)]
    for field, years in fields:
        yield Draft(
            patient=label if subject == "patient" else None,
            field=field,
            value=f"{years:g}",
            statement=statement,
            start=statement.start + age.start,
            end=statement.start + age.end,
            subject=subject,
            rule=f"age:{age.rule}",
            confidence=round(age.confidence * weight_of_place(statement), 3),
        )


def weight_of_place(statement: Statement) -> float:
    """The text decides over the title, and the case over the discussion."""
    if statement.role == "title":
        return 0.97
    return 0.8 if statement.role in GENERAL_ROLES else 1.0


def ages_of(statement: Statement) -> list[Age]:
    """The ages of a statement in order; where two notations overlap, the longer one."""
    text = fold(statement.text)
    ages: list[Age] = []
    for age in sorted(candidates(text), key=lambda age: (age.start - age.end, age.start)):
        if all(age.end <= other.start or age.start >= other.end for other in ages):
            ages.append(age)
    return sorted(ages, key=lambda age: age.start)


def candidates(text: str) -> Iterator[Age]:
    for rule, pattern, confidence in NOTATIONS:
        for found in pattern.finditer(text):
            for start, end, years in years_told(found):
                weight = weight_of_context(text, start, end, confidence)
                if years <= OLDEST_YEARS and weight:
                    yield Age(rule, start, end, years, None, weight)
    for rule, pattern, confidence in DECADES:
        for found in pattern.finditer(text):
            decade = years_of_decade(found)
            weight = weight_of_context(text, found.start(), found.end(), confidence)
            if decade is not None and weight:
                yield Age(rule, found.start(), found.end(), *decade, weight)


def years_told(found: re.Match[str]) -> Iterator[tuple[int, int, float]]:
    """One age, or the two of 'aged 45 and 62 years'; months, weeks and days as part of a year."""
    groups = found.groupdict()
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


def weight_of_context(text: str, start: int, end: int, confidence: float) -> float:
    """The confidence left after the words around; 0 where they say it is no patient's age.

    A person named beside the number ('a man of 53') outweighs the words further off.
    """
    before = text[max(0, start - CONTEXT_BEFORE) : start].lower()
    after = text[end : end + CONTEXT_AFTER].lower()
    has_person = PERSON_AFTER.search(after) is not None
    if RELATIVE_AFTER.search(after) or RELATIVE_BEFORE.search(before):
        return 0.0
    if NO_PERSON_AFTER.search(after):
        return 0.0
    if DEATH_AFTER.search(after):
        return 0.0
    if ONSET_AFTER.search(after):
        return confidence * 0.5
    is_person = PERSON_WITHIN.search(text[start:end]) or PERSON_BEFORE.search(before)
    if NO_PERSON_AFTER.search(after) and not is_person:
        return 0.0
    if has_person or is_person:
        return confidence
    if REJECTED_BEFORE.search(before):
        return 0.0
    if LATER_BEFORE.search(before):
        return confidence * 0.6
    return confidence * (0.5 if ONSET_BEFORE.search(before) else 1.0)

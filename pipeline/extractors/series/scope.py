"""Of whom the sentences of a series speak: its own patients, a part of them, or more people.

Reads statements about a series, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.own_patients.announced import announces
from pipeline.extractors.own_patients.mixed import is_name, number_at
from pipeline.extractors.series.countables import has_cue
from pipeline.extractors.series.counting import COUNTED, NUMBER, PEOPLE, number_of
from pipeline.language.folding import fold
from pipeline.records import Statement

# 'These five patients (four women)' of 42: their sexes and ages are not the series'.
A_PART = re.compile(rf"\W*(?:of )?(?:these|the) (?P<n>{NUMBER}) (?:\w+ )?{PEOPLE}\b", re.IGNORECASE)
BRACKET = re.compile(r"[^.;()]{0,30}\((?P<words>[^()]{3,120})\)")
REVIEWED = re.compile(
    r"\b(?:reviewed|analy[sz]ed|collected|retrieved|summari[sz]ed)\b", re.IGNORECASE
)
NUMBERS = re.compile(rf"(?<![\w./-]){NUMBER}\b", re.IGNORECASE)
NEAR = 20  # letters from 'with' to what they have
WITH_SOMETHING = re.compile(
    r"\b(?:patients?|cases?|those|men|women) with"
    r" (?!an? (?:ig|mono|para)|no\b|the (?:disease|same))",
    re.IGNORECASE,
)
OF_THEM = re.compile(rf"(?<![\w./-])(?P<n>{NUMBER}) of (?:them|whom|these)\b", re.IGNORECASE)


def of_the_series(statements: Sequence[Statement], total: int | None) -> Iterator[Statement]:
    """The statements about a series, without what follows 'we reviewed 114 cases of the literature'
    in a report of five patients, until it speaks of the five again or another part begins.
    """
    is_other, role = False, ""
    for statement in statements:
        is_other, role = is_other and statement.role == role, statement.role
        if total is not None and statement.role != "title":
            numbers = NUMBERS.finditer(fold(statement.text))
            is_own = total in (number_of(found.group()) for found in numbers)
            is_other = not is_own and (is_other or begins_others(statement, total))
        if statement.teller == "series" and statement.cell is None and not is_other:
            yield statement


def begins_others(statement: Statement, total: int) -> bool:
    """'We reviewed 114 cases of the literature': more people than the series has."""
    is_count = announces(statement) or REVIEWED.search(statement.text) is not None
    return is_count and max(counts_in(statement), default=0) > total


def of_all(series: Sequence[Statement], total: int | None) -> Iterator[Statement]:
    """Those whose averages are of all with the disease, and of nobody else: not 'the mean age was
    52' right behind '30 patients, four of whom had the disease'."""
    is_of_cohort = False
    for statement in series:
        counts = counts_in(statement)
        if counts:
            is_of_cohort = is_about_the_disease(statement) and max(counts) > (total or 0)
        is_other = is_of_cohort or is_of_more(statement, total) or is_of_a_part(statement, total)
        if not is_other:
            yield statement
        else:
            yield from about_the_diseased(statement)


def about_the_diseased(statement: Statement) -> Iterator[Statement]:
    """'Of 40, six had the disease (four men; mean age 62 years)': the bracket behind its name."""
    folded = fold(statement.text)
    for name in statement.of("statements"):
        if is_name(name) and number_at(statement, name) is not None:
            found = BRACKET.match(folded, name.end - statement.start)
            if found:
                yield statement.part(*found.span("words"))


def counts_in(statement: Statement) -> list[int]:
    """The numbers of people that a sentence gives."""
    return [number_of(found["n"]) or 0 for found in COUNTED.finditer(fold(statement.text))]


def is_of_a_part(statement: Statement, total: int | None) -> bool:
    """True for 'these five patients', 'of the ten women' of a larger series."""
    found = A_PART.match(fold(statement.text))
    count = number_of(found["n"]) if found else None
    return total is not None and count is not None and count < total


def is_of_more(statement: Statement, total: int | None) -> bool:
    """'Of all the patients …, 26 were women' where seven had the disease: a mixed cohort."""
    if total is None:
        return False
    folded = fold(statement.text)
    counts = (number_of(found["n"]) for found in OF_THEM.finditer(folded))
    return any(count is not None and count > total for count in counts)


def of_the_disease(series: Sequence[Statement]) -> Iterator[Statement]:
    """Of a mixed cohort only what follows the words that name the patients with the disease."""
    is_mixed = any(is_about_the_disease(s) for s in series)
    is_told = not is_mixed
    for statement in series:
        is_told |= is_about_the_disease(statement)
        names = has_cue(statement, "disease")
        if is_told and not (is_mixed and not names and is_of_another(statement)):
            yield statement


def is_of_another(statement: Statement) -> bool:
    """'Two patients with lymphoma died' are others; 'two with dysphagia' may be the series'."""
    found = WITH_SOMETHING.search(fold(statement.text))
    if has_cue(statement, "other_disease"):
        return True
    if found is None:
        return False
    begin = statement.start + found.end()
    named = (m for m in statement.of("organs") if begin <= m.start < begin + NEAR)
    return not any(mention.group != "hematologic" for mention in named)


def is_about_the_disease(statement: Statement) -> bool:
    """'The six patients with the disease', 'two of the 28 patients had the disease'."""
    names = (mention for mention in statement.of("statements") if is_name(mention))
    return any(number_at(statement, name) is not None for name in names)

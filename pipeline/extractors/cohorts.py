"""Figures of a series told as a whole: "monoclonal gammopathy in 27 of 30", "mean age 59 years".

Reads the statements about the own series, writes nothing.
A number is linked to what stands with it in its clause; a percentage counts only where it is a
whole number of patients; nothing above the number of patients is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.averages import averages_in
from pipeline.extractors.countables import CUES, has_cue
from pipeline.extractors.counting import (
    ADDED,
    COUNTED,
    ENROLLED,
    NUMBER,
    PEOPLE,
    SUM,
    first_count,
    number_of,
)
from pipeline.extractors.figures import Figure, figures_of, only_drug
from pipeline.extractors.mixed import number_at, told_at
from pipeline.extractors.pairing import SEXES
from pipeline.extractors.tallies import chosen, over_regimens
from pipeline.language.folding import fold
from pipeline.records import Draft, Mention, Report, Statement
from pipeline.rules import Rules

LARGE = 12  # patients; smaller series are told one by one
# 'These five patients (four women)' of 42: their sexes and ages are not the series'.
A_PART = re.compile(rf"\W*(?:of )?(?:these|the) (?P<n>{NUMBER}) (?:\w+ )?{PEOPLE}\b", re.IGNORECASE)
OF_THEM = re.compile(rf"(?<![\w./-])(?P<n>{NUMBER}) of (?:them|whom|these)\b", re.IGNORECASE)


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """The figures of a series without individual patients; [] for a case report.

    Each draft has the field 'cohort:<variable>' and the value 'statistic=count;n=27;N=30' or
    'statistic=mean;value=59'.
    """
    if report.patient_count == 1 or (report.labels and not is_mostly_untold(report)):
        return []
    series = list(
        of_the_disease([s for s in report.statements if s.teller == "series" and s.cell is None])
    )
    total = report.patient_count
    figures = list(total_figure(series, total))
    treated = ""
    for statement in series:
        found = figures_of(statement, total, treated)
        if is_of_a_part(statement, total):
            found = [figure for figure in found if figure.variable not in SEXES]
        figures += found
        if not has_cue(statement, "failed"):  # later results are of what was given since
            treated = next((f.variable for f in found if f.variable.endswith(":treated")), treated)
            treated = only_drug(statement) or treated
    counted = [draft_of(figure) for figure in chosen(over_regimens(figures, total), total)]
    counted += [draft for statement in series for draft in no_deaths(statement)][:1]
    told = [s for s in series if not (is_of_more(s, total) or is_of_a_part(s, total))]
    return counted + [draft for statement in told for draft in averages_in(statement)]


def is_mostly_untold(report: Report) -> bool:
    """A large series of whom a table tells a few one by one is told as a whole in its text."""
    count = report.patient_count or 0
    return count > max(LARGE, len(report.labels))


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
        names = any(is_name(mention) for mention in statement.of("statements"))
        if is_told and not (is_mixed and not names and has_cue(statement, "other_disease")):
            yield statement


def is_about_the_disease(statement: Statement) -> bool:
    """'The six patients with the disease', 'two of the 28 patients had the disease'."""
    names = (mention for mention in statement.of("statements") if is_name(mention))
    return any(number_at(statement, name) is not None for name in names)


def is_name(mention: Mention) -> bool:
    """True for a name of the disease under study."""
    return mention.group == "mixed"


def no_deaths(statement: Statement) -> Iterator[Draft]:
    """'No deaths occurred' counts none, which is not the same as nothing told."""
    for mention in statement.of(CUES):
        if mention.group == "no_deaths":
            yield Draft(
                patient=None,
                field="cohort:deaths",
                value="statistic=count;n=0",
                statement=statement,
                start=mention.start,
                end=mention.end,
                rule=mention.rule,
                confidence=0.85,
            )


def total_figure(series: Sequence[Statement], total: int | None) -> Iterator[Figure]:
    """The number of own patients, at the first place that gives it."""
    for statement in sorted(series, key=lambda s: s.role == "title"):
        folded = fold(statement.text)
        added = SUM.search(folded) or ADDED.search(folded)
        numbers = (*COUNTED.finditer(folded), *ENROLLED.finditer(folded))
        for found in (*numbers, *([added] if added else [])):
            is_sum = found is added and first_count(folded) == total
            if total is not None and (is_sum or number_of(found["n"]) == total):
                yield Figure("patients", total, None, statement, found.start(), found.end())
                return
        for told in (told_at(statement, cue) for cue in statement.of("statements") if is_name(cue)):
            if told is not None and told[0] == total:
                yield Figure("patients", total, None, statement, *told[1:])
                return


def draft_of(figure: Figure) -> Draft:
    over = f";N={figure.denominator}" if figure.denominator is not None else ""
    return Draft(
        patient=None,
        field=f"cohort:{figure.variable}",
        value=f"statistic=count;n={figure.n}{over}",
        statement=figure.statement,
        start=figure.statement.start + figure.start,
        end=figure.statement.start + figure.end,
        rule="cohorts:count",
        confidence=0.85,
    )

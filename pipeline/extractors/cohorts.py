"""Figures of a series told as a whole: "monoclonal gammopathy in 27 of 30", "mean age 59 years".

Reads the statements about the own series, writes nothing.
A number is linked to what stands with it in its clause; a percentage counts only where it is a
whole number of patients; nothing above the number of patients is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.extractors.drafts import Place, make_draft
from pipeline.extractors.own_patients.announced import REPORTED
from pipeline.extractors.own_patients.mixed import is_name, mixed_count, told_at
from pipeline.extractors.series.averages import averages_in
from pipeline.extractors.series.countables import CUES, has_cue, items_of
from pipeline.extractors.series.counted_drugs import drug_given, is_prior
from pipeline.extractors.series.counting import (
    ADDED,
    COUNTED,
    ENROLLED,
    SIZE,
    SUM,
    first_count,
    number_of,
)
from pipeline.extractors.series.figures import Figure, figures_of
from pipeline.extractors.series.pairing import SEXES
from pipeline.extractors.series.scope import is_of_a_part, of_all, of_the_disease, of_the_series
from pipeline.extractors.series.tallies import chosen, over_regimens
from pipeline.language.folding import fold
from pipeline.records import Draft, Report, Statement
from pipeline.rules import Rules

CONFIDENCE = 0.85
LARGE = 12  # patients; smaller series are told one by one
FEW = 4  # times as many patients as are told one by one


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """The figures of a series without individual patients; [] for a case report.

    Each draft has the field 'cohort:<variable>' and the value 'statistic=count;n=27;N=30' or
    'statistic=mean;value=59'.
    """
    total = report.patient_count
    if total == 1 and mixed_count(report.statements) == 1:  # one of a mixed cohort
        told = [statement for statement in report.statements if statement.cell is None]
        return [draft_of(figure) for figure in total_figure(told, total)]
    if total == 1 or (report.labels and not is_mostly_untold(report)):
        return []
    series = list(of_the_disease(list(of_the_series(report.statements, total))))
    figures = list(total_figure(series, total))
    treated = ""
    for statement in series:
        found = figures_of(statement, total, treated)
        if is_of_a_part(statement, total):
            found = [figure for figure in found if figure.variable not in SEXES]
        figures += found
        if not has_cue(statement, "failed"):  # later results are of what was given since
            given = (f for f in found if f.variable.endswith(":treated"))
            treated = next((f.variable for f in given if not is_prior(statement, f.start)), treated)
            treated = drug_given(statement) or treated
    figures += drug_of_title(series, figures, total)
    counted = [draft_of(figure) for figure in chosen(over_regimens(figures, total), total)]
    counted += [draft for statement in series for draft in no_deaths(statement)][:1]
    averages = (draft for s in of_all(series, total) for draft in averages_in(s))
    return counted + list(first_told(averages))


def drug_of_title(
    series: Sequence[Statement], figures: Sequence[Figure], total: int | None
) -> Iterator[Figure]:
    """A small series whose title is about one drug gave it to all, where no number is told."""
    for title in (s for s in series if s.role == "title" and total and 1 < total <= LARGE):
        drug = drug_given(title)
        if drug and not any(figure.variable == drug for figure in figures):
            item = next(item for item in items_of(title) if item.variable == drug)
            yield Figure(drug, total or 0, None, title, item.start, item.end)


def first_told(averages: Iterable[Draft]) -> Iterator[Draft]:
    """One mean, one median and one range of each variable: those told first."""
    seen: set[tuple[str, str]] = set()
    for draft in averages:
        key = (draft.field, draft.value.split(";")[0])
        if key not in seen:
            seen.add(key)
            yield draft


def is_mostly_untold(report: Report) -> bool:
    """A large series of whom a few are told one by one is told as a whole."""
    count, told = report.patient_count or 0, len(report.labels)
    return count > max(LARGE, told) or count >= FEW * told


def no_deaths(statement: Statement) -> Iterator[Draft]:
    """'No deaths occurred' counts none, which is not the same as nothing told."""
    for mention in statement.of(CUES):
        if mention.group == "no_deaths":
            none = "statistic=count;n=0"
            yield make_draft(None, "cohort:deaths", none, statement, mention, CONFIDENCE)


def total_figure(series: Sequence[Statement], total: int | None) -> Iterator[Figure]:
    """The number of own patients, at the first place that gives it."""
    for statement in sorted(series, key=lambda s: s.role == "title"):
        folded = fold(statement.text)
        added = SUM.search(folded) or ADDED.search(folded)
        patterns = (COUNTED, ENROLLED, REPORTED, SIZE)
        numbers = [found for pattern in patterns for found in pattern.finditer(folded)]
        for found in [*numbers, *([added] if added else [])]:
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
    statement = figure.statement
    place = Place(statement.start + figure.start, statement.start + figure.end, "cohorts:count")
    told = f"statistic=count;n={figure.n}{over}"
    return make_draft(None, f"cohort:{figure.variable}", told, statement, place, CONFIDENCE)

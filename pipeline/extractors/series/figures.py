"""The figures that the numbers of a sentence make, and what forbids them.

Reads statements, writes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extractors.series.countables import ORGANS, RESULTS, Item, has_cue, items_of
from pipeline.extractors.series.counted_drugs import (
    RESPONDED,
    drug_before,
    is_earlier,
    is_given,
    only_drug,
    words_between,
)
from pipeline.extractors.series.not_counted import is_no_involvement
from pipeline.extractors.series.pairing import SEXES, links
from pipeline.extractors.series.quantities import numbers_before, quantities_in
from pipeline.extractors.series.quantity import Quantity
from pipeline.extractors.series.sex_ratio import is_in_ratio, sexes_told
from pipeline.language.folding import fold
from pipeline.records import Statement

# 'Of 36 patients, those with a cardiac diagnosis were identified': how many is not told.
THOSE_WITH = re.compile(
    r"\b(?:those|the ones|who) (?:with|having|had) (?:an? |any )?$", re.IGNORECASE
)
# 'Twenty had disease of organs, the gut being the most frequent site': twenty have no gut disease.
MOST_OFTEN = re.compile(
    r"(?: [a-z]+){0,2} (?:being|was|were|is) (?:by far )?the (?:most|commonest|main|leading|chief"
    r"|principal|major)\b",
    re.IGNORECASE,
)
OR = re.compile(r" (?:and/)?or ", re.IGNORECASE)
EVERYBODY = ("all", "both")


@dataclass(frozen=True)
class Figure:
    """A counted variable; `detail` is the manifestation behind an organ."""

    variable: str
    n: int
    denominator: int | None
    statement: Statement
    start: int
    end: int
    detail: str = ""


def figures_of(statement: Statement, total: int | None, treated: str) -> list[Figure]:
    """The figures of a sentence; `treated` is the treatment spoken of last, for bare responses."""
    folded = fold(statement.text)
    items = [item for item in items_of(statement) if not is_sex_of_ratio(item, folded)]
    by_ratio = figures_of_ratio(statement, folded, total)
    quantities = quantities_in(statement.text, total)
    bare = numbers_before({item.start for item in items}, folded, quantities)
    quantities = sorted([*quantities, *bare], key=lambda quantity: quantity.start)
    if not quantities:
        return by_ratio
    linked = [(q, item) for q, item in links(quantities, items, folded) if q.n > 0]
    of_results = {
        q for q, item in linked if item.variable in RESULTS and not is_earlier(statement, item)
    }
    figures = by_ratio
    for quantity, item in linked:
        if not (item.variable.endswith(":treated") and quantity in of_results):
            figures += figures_for(statement, quantity, item, items, treated)
    return added_up(figures)


def is_sex_of_ratio(item: Item, folded: str) -> bool:
    return item.variable in SEXES and is_in_ratio(folded, item.start)


def figures_of_ratio(statement: Statement, folded: str, total: int | None) -> list[Figure]:
    """'M:F 6:4' of ten patients."""
    told = sexes_told(folded, total)
    if told is None:
        return []
    men, women, start, end = told
    return [
        Figure("male", men, None, statement, start, end),
        Figure("female", women, None, statement, start, end),
    ]


def figures_for(
    statement: Statement, quantity: Quantity, item: Item, items: Sequence[Item], treated: str
) -> list[Figure]:
    """The figures one link makes; [] where the words around it forbid it."""
    begin, end = min(quantity.start, item.start), max(quantity.end, item.end)
    is_type = item.variable == "igg_lambda" and not quantity.is_aside
    vague_from = item.start - 20 if is_type else begin
    is_vague = has_cue(statement, "vague", min(begin, vague_from), item.start)
    is_vague |= quantity.end <= item.start and is_most_frequent(statement, item)
    is_vague |= is_either(statement, item, items, quantity)
    if is_vague or THOSE_WITH.search(fold(statement.text)[quantity.end : item.start]):
        return []
    make = [(item.variable, quantity.n, quantity.denominator)]
    if item.variable in RESULTS:
        drug = drug_before(statement, item, items) or only_drug(statement) or treated
        if (
            not drug
            or is_earlier(statement, item)
            or has_cue(statement, "pooled")
            or has_cue(statement, "other_result")
        ):
            return []
        make = [(drug.replace("treated", item.variable), quantity.n, quantity.denominator)]
        if quantity.denominator is not None:
            make.append((drug, quantity.denominator, None))
    elif item.variable.endswith(":treated"):
        if RESPONDED.search(words_between(statement, quantity, item)):
            n_treated = quantity.n if quantity.kind in EVERYBODY else quantity.denominator
            if n_treated is None or has_cue(statement, "not_given"):
                return []
            make = [(item.variable, n_treated, None)]
        elif not is_given(statement, item, items, quantity):
            return []
    elif item.variable == "igg_lambda":
        if not re.search(r"ig ?g|immunoglobulin g", fold(statement.text), re.IGNORECASE):
            return []
    elif statement.role == "title" or is_no_involvement(statement, item, items, quantity):
        return []
    return [
        Figure(name, count, over, statement, begin, end, item.detail) for name, count, over in make
    ]


def is_either(statement: Statement, item: Item, items: Sequence[Item], quantity: Quantity) -> bool:
    """'Dysphagia or dyspnoea occurred in nine' counts neither."""
    if item.variable not in ORGANS or quantity.is_aside:
        return False
    folded = fold(statement.text)
    return any(
        other.variable in ORGANS
        and other.variable != item.variable
        and OR.fullmatch(folded, min(item.end, other.end), max(item.start, other.start))
        for other in items
    )


def is_most_frequent(statement: Statement, item: Item) -> bool:
    return MOST_OFTEN.match(fold(statement.text), item.end) is not None


def added_up(figures: Sequence[Figure]) -> list[Figure]:
    """A drug of several regimens in one sentence, each with its '(n = …)', is counted over all."""
    sums: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        kept = sums[figure.variable]
        is_death = figure.variable == "deaths" and kept and is_other_death(kept[-1], figure)
        if kept and kept[-1].end == figure.end:  # 'intravenous immunoglobulins (IVIg) n = 6'
            continue
        if kept and (is_death or (is_regimen(figure) and is_regimen(kept[-1]))):
            kept[-1] = joined(kept[-1], figure)
        else:
            kept.append(figure)
    return [figure for kept in sums.values() for figure in kept]


def is_other_death(first: Figure, second: Figure) -> bool:
    """'Two died of sepsis and one died of stroke' are three."""
    words = fold(first.statement.text)
    verbs = [words[figure.start : figure.end].lower() for figure in (first, second)]
    return first.end <= second.start and all("died" in verb for verb in verbs)


def is_regimen(figure: Figure) -> bool:
    return (
        figure.variable.endswith(":treated")
        and "=" in figure.statement.text[figure.start : figure.end + 4]
    )


def joined(first: Figure, second: Figure) -> Figure:
    """The sum of two figures, with the words of the first."""
    return replace(first, n=first.n + second.n, denominator=None)

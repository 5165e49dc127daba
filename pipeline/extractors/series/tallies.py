"""One figure of each variable of a series, checked against its size.

Reads figures, writes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extractors.series.countables import ORGANS, WITHOUT
from pipeline.extractors.series.figures import Figure, joined

MALIGNANCY = "hematologic_malignancy"  # two of them may be the same people
FURTHER = re.compile(r"\b(?:further|other|another|additional|more)\b", re.IGNORECASE)
GENERAL_TERM = re.compile(r"_involvement$|^hematologic_malignancy$")


def over_regimens(figures: Sequence[Figure], total: int | None) -> list[Figure]:
    """Where the groups of several sentences make up the whole series, a drug counts over all."""
    groups: dict[tuple[str, int], int] = {}
    for figure in figures:
        if figure.variable.endswith(":treated") and figure.n != total:
            groups[(figure.statement.section, figure.statement.start)] = figure.n
    if len(groups) < 2 or sum(groups.values()) != total:
        return list(figures)
    kept: dict[str, Figure] = {}
    rest = []
    for figure in figures:
        if (figure.statement.section, figure.statement.start) in groups and figure.n != total:
            earlier = kept.get(figure.variable)
            kept[figure.variable] = joined(earlier, figure) if earlier else figure
        else:
            rest.append(figure)
    return rest + list(kept.values())


def chosen(figures: Sequence[Figure], total: int | None) -> Iterator[Figure]:
    """One figure of each variable, the first told; for an organ see `organ_figure`."""
    by_variable: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if total is None or figure.n <= total:
            by_variable[figure.variable].append(figure)
    add_types(by_variable, total)
    add_others(by_variable, total)
    for variable, found in by_variable.items():
        first = organ_figure(found, total) if variable in ORGANS else found[0]
        if variable == "deaths" and len(found) > 1 and FURTHER.search(words_of(found[1])):
            first = joined(found[0], found[1])
        if first is not None:
            yield first
    yield from other_sex(by_variable, total)


def words_of(figure: Figure) -> str:
    return figure.statement.text[figure.start : figure.end]


def add_types(by_variable: dict[str, list[Figure]], total: int | None) -> None:
    """'IgG-lambda in 18 and IgG-kappa in four' are 22 with a paraprotein, told nowhere else."""
    others = by_variable.pop("other_isotype", [])
    told = by_variable.get("igg_lambda", [])
    if not (others and told) or "paraprotein" in by_variable:
        return
    same = [figure for figure in others if figure.statement is told[0].statement]
    n = told[0].n + sum(figure.n for figure in same)
    if same and (total is None or n <= total):
        by_variable["paraprotein"] = [
            replace(told[0], variable="paraprotein", n=n, denominator=None)
        ]


def add_others(by_variable: dict[str, list[Figure]], total: int | None) -> None:
    """'Two of the 18 had no paraprotein': 16 had one, where nothing else is told of it."""
    without = by_variable.pop(WITHOUT, [])
    if not without or total is None or "paraprotein" in by_variable:
        return
    if 0 < without[0].n < total:
        by_variable["paraprotein"] = [
            replace(without[0], variable="paraprotein", n=total - without[0].n, denominator=None)
        ]


def organ_figure(found: Sequence[Figure], total: int | None) -> Figure | None:
    """The count of the organ itself, else of its only manifestation; several may overlap: None,
    but where all patients have one of them, all have the organ.
    """
    everybody = [figure for figure in found if figure.n == total]
    if everybody:
        return everybody[0]
    general = [figure for figure in found if GENERAL_TERM.search(figure.detail)]
    if general:
        is_whole = not general[0].detail.endswith(MALIGNANCY) or len({f.n for f in general}) == 1
        return general[0] if is_whole else None
    is_same = len({(figure.statement.start, figure.n, figure.end) for figure in found}) == 1
    return found[0] if is_same or len({figure.detail for figure in found}) == 1 else None


def other_sex(by_variable: dict[str, list[Figure]], total: int | None) -> Iterator[Figure]:
    """'Eight patients (5 males)': the other three are women."""
    if total is None or ("male" in by_variable) == ("female" in by_variable):
        return
    told, other = ("male", "female") if "male" in by_variable else ("female", "male")
    figure = by_variable[told][0]
    if figure.n < total:
        yield Figure(other, total - figure.n, total, figure.statement, figure.start, figure.end)

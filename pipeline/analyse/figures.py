"""The figures of the report, each drawn from the table of one query as an SVG with its words.

Reads tables, writes nothing.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup, escape
from matplotlib.figure import Figure

from pipeline.analyse.results import Results

# Each of these stands out from white by at least 3 to 1 (WCAG 2.2, 1.4.11).
INK, BLUE, ORANGE, GREEN, GREY, RED = (
    "#222222", "#0b5a8a", "#b45309", "#2f7d4f", "#868e96", "#9b2226",
)  # fmt: skip
WIDTH_INCHES = 5.4  # narrow enough to be read on a phone
MOST_BARS = 12
MOST_ROWS = 200  # of a table on the page, and of the words that stand for a figure
mpl.rcParams.update(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "report",
        "font.family": "sans-serif",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": INK,
        "text.color": INK,
    }
)


@dataclass(frozen=True)
class Drawing:
    """An SVG and the sentence that stands for it where it cannot be seen."""

    svg: Markup
    alt: str


Draw = Callable[[pd.DataFrame], Drawing]


def kept(draw: Draw, table: pd.DataFrame, results: Results) -> Drawing:
    """The drawing of the table, made only where the same was not drawn before."""

    def make() -> list[str]:
        one = draw(table)
        return [str(one.svg), one.alt]

    svg, alt = results.drawn(draw, table, make)
    return Drawing(Markup(svg), alt)  # noqa: S704  as it was drawn


def canvas(height_inches: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(WIDTH_INCHES, height_inches), layout="constrained")
    return figure, figure.subplots()


def drawing(figure: Figure, alt: str) -> Drawing:
    """The figure without a date in it, so that the same data give the same page."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    opening = f'<svg role="img" aria-label="{escape(alt)}" '
    page = svg.replace("<svg ", opening, 1)
    return Drawing(Markup(page), alt)  # noqa: S704  matplotlib escapes the only text in it


def listed(names: Iterable[Any], texts: Iterable[Any]) -> str:
    """'renal 1 of 2; ocular 0 of 3' for the words of a figure."""
    pairs = itertools.islice(zip(names, texts, strict=True), MOST_ROWS)
    return "; ".join(f"{name} {text}" for name, text in pairs)


def reports_per_year(table: pd.DataFrame) -> Drawing:
    """A bar a year, included reports before excluded ones."""
    known = table.dropna(subset=["year"])
    figure, axes = canvas(2.4)
    years = known["year"].astype(int)
    axes.bar(years, known["n_included"], color=BLUE, label="included")
    axes.bar(years, known["n_excluded"], bottom=known["n_included"], color=GREY, label="excluded")
    axes.set_ylabel("reports")
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False, loc="upper left")
    alt = "Reports by year of publication: " + listed(
        years.tolist(),
        [f"{n} included" for n in known["n_included"]],
    )
    return drawing(figure, f"{alt}.")


def sex_and_age(table: pd.DataFrame) -> Drawing:
    """Horizontal bars by age group, women to the left, men to the right."""
    figure, axes = canvas(2.4)
    groups = table["age_group"].tolist()
    axes.barh(groups, -table["n_female"], color=ORANGE, label="women")
    axes.barh(groups, table["n_male"], color=BLUE, label="men")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("patients whose sex is stated")
    figure.legend(frameon=False, ncols=2, loc="outside upper center")
    texts = [f"{w} women, {m} men" for w, m in zip(table["n_female"], table["n_male"], strict=True)]
    return drawing(figure, f"Patients by age: {listed(groups, texts)}.")


def isotypes(table: pd.DataFrame) -> Drawing:
    """A bar an isotype, of the patients whose M component is typed."""
    return plain_bars(
        table, "isotype", "n_patients", "patients", "Isotypes of the monoclonal protein"
    )


def not_reported(table: pd.DataFrame) -> Drawing:
    """Share of patients whose text says nothing of a field."""
    figure, axes = canvas(0.7 + 0.26 * max(len(table), 1))
    ordered = table.iloc[::-1]
    axes.barh(ordered["field"], ordered["percent_not_reported"].astype(float), color=GREY)
    axes.set_xlim(0, 100)
    axes.set_xlabel("percent of patients whose text does not say")
    texts = [
        f"{missing} of {total}"
        for missing, total in zip(table["n_not_reported"], table["n_patients"], strict=True)
    ]
    return drawing(figure, f"What is not reported: {listed(table['field'], texts)}.")


def plain_bars(table: pd.DataFrame, name: str, value: str, unit: str, title: str) -> Drawing:
    top = table.head(MOST_BARS).iloc[::-1]
    figure, axes = canvas(0.7 + 0.26 * len(top))
    axes.barh(top[name], top[value], color=BLUE)
    axes.set_xlabel(unit)
    axes.xaxis.get_major_locator().set_params(integer=True)
    return drawing(figure, f"{title}: {listed(table[name], table[value])}.")


def responses(table: pd.DataFrame) -> Drawing:
    """Stacked bars of episodes by response, the most used therapies."""
    top = table.head(MOST_BARS).iloc[::-1]
    figure, axes = canvas(1.3 + 0.3 * max(len(top), 1))
    left = pd.Series(0, index=top.index)
    parts = (
        ("n_complete", "complete", "#14532d"),
        ("n_partial", "partial", GREEN),
        ("n_improved", "improved", "#74b18b"),
        ("n_none", "none", ORANGE),
        ("n_worse", "worse", RED),
        ("n_not_reported", "not reported", "#b8bec4"),
    )
    for column, label, colour in parts:
        shown = top[column].where(top[column] > 0)  # a bar without width would still have edges
        axes.barh(
            top["therapy"],
            shown,
            left=left,
            color=colour,
            label=label,
            edgecolor=INK,
            linewidth=0.4,
        )
        left = left + top[column]
    axes.set_xlabel("treatment episodes")
    axes.xaxis.get_major_locator().set_params(integer=True)
    figure.legend(frameon=False, ncols=3, fontsize=9, loc="outside upper center")
    texts = [
        f"{b} with benefit of {s} stated, {n} in all"
        for b, s, n in zip(table["n_benefit"], table["n_stated"], table["n_episodes"], strict=True)
    ]
    return drawing(figure, f"Treatment episodes by response: {listed(table['therapy'], texts)}.")

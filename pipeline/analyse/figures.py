"""The figures of the report, each drawn from the table of one query as an SVG with its words.

Reads tables, writes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup, escape
from matplotlib.figure import Figure

INK, BLUE, ORANGE, GREEN, GREY, RED = (
    "#222222", "#0b5a8a", "#b45309", "#2f7d4f", "#b8bec4", "#9b2226",
)  # fmt: skip
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


def canvas(height_inches: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(7.2, height_inches), layout="constrained")
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


def reports_per_year(table: pd.DataFrame) -> Drawing:
    """A bar a year, included reports before excluded ones."""
    known = table.dropna(subset=["year"])
    counts = [name for name in known.columns if name.startswith("n_")]
    shown = "n_included" if "n_included" in counts else counts[0]
    figure, axes = canvas(2.6)
    axes.bar(known["year"].astype(int), known[shown], color=BLUE)
    axes.set_ylabel(shown.removeprefix("n_").replace("_", " "))
    axes.yaxis.get_major_locator().set_params(integer=True)
    total = int(known[shown].sum())
    return drawing(figure, f"{total} reports with a known year, by year.")


def sex_and_age(table: pd.DataFrame) -> Drawing:
    """Horizontal bars by age group, women to the left, men to the right."""
    figure, axes = canvas(2.6)
    groups = table["age_group"].tolist()
    axes.barh(groups, -table["n_female"], color=ORANGE, label="women")
    axes.barh(groups, table["n_male"], color=BLUE, label="men")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("patients whose sex is stated")
    axes.legend(frameon=False, loc="best")
    women, men = int(table["n_female"].sum()), int(table["n_male"].sum())
    return drawing(figure, f"{women} women and {men} men by age group.")


def organs(table: pd.DataFrame) -> Drawing:
    """Share with the organ involved, of those whose text says, with the Wilson interval."""
    stated = table[table["n_stated"] > 0].iloc[::-1]
    figure, axes = canvas(0.8 + 0.32 * max(len(stated), 1))
    names = [
        f"{organ}  {present}/{total}"
        for organ, present, total in zip(
            stated["organ"], stated["n_present"], stated["n_stated"], strict=True
        )
    ]
    percent = stated["percent_present"].astype(float)
    low, high = percent - stated["wilson_low"], stated["wilson_high"] - percent
    axes.errorbar(
        percent, names, xerr=[low.clip(lower=0), high.clip(lower=0)], fmt="o", color=BLUE, capsize=3
    )
    axes.set_xlim(-2, 102)
    axes.set_xlabel("percent of the patients whose text says whether (Wilson 95 % interval)")
    return drawing(
        figure,
        "Organs involved, of the patients whose text says whether: "
        + "; ".join(reversed(names)).replace("  ", " ")
        + ".",
    )


def responses(table: pd.DataFrame) -> Drawing:
    """Stacked bars of episodes by response, the twelve most used therapies."""
    top = table.head(12).iloc[::-1]
    figure, axes = canvas(0.9 + 0.32 * max(len(top), 1))
    left = pd.Series(0, index=top.index)
    parts = (
        ("n_complete", "complete", "#14532d"),
        ("n_partial", "partial", GREEN),
        ("n_improved", "improved", "#8fc7a3"),
        ("n_none", "none", ORANGE),
        ("n_worse", "worse", RED),
        ("n_not_reported", "not reported", GREY),
    )
    for column, label, colour in parts:
        axes.barh(top["therapy"], top[column], left=left, color=colour, label=label)
        left = left + top[column]
    axes.set_xlabel("treatment episodes")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False, ncols=3, fontsize=9, loc="lower right")
    listed = "; ".join(
        f"{t} {n}" for t, n in zip(table["therapy"], table["n_episodes"], strict=True)
    )
    return drawing(figure, f"Treatment episodes by response. Episodes: {listed}.")


def not_reported(table: pd.DataFrame) -> Drawing:
    """Share of patients whose text says nothing of a field."""
    ordered = table.iloc[::-1]
    figure, axes = canvas(0.8 + 0.28 * max(len(ordered), 1))
    axes.barh(ordered["field"], ordered["percent_not_reported"].astype(float), color=GREY)
    axes.set_xlim(0, 100)
    axes.set_xlabel("percent of patients whose text does not say")
    listed = "; ".join(
        f"{field} {missing} of {total}"
        for field, missing, total in zip(
            table["field"], table["n_not_reported"], table["n_patients"], strict=True
        )
    )
    return drawing(figure, f"What is not reported: {listed}.")

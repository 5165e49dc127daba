"""Figures of shares with their intervals: a point, its 95 % interval, its bounds under silence.

Reads tables, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline.analyse.figures import BLUE, GREY, INK, Drawing, canvas, drawing, listed

ROW_INCHES = 0.3


def organs(table: pd.DataFrame) -> Drawing:
    """Share with the organ involved, of those whose text says, and how far silence moves it."""
    return with_bounds(table, "organ", "Organs involved, of the patients whose text says whether")


def facts(table: pd.DataFrame) -> Drawing:
    """The yes-or-no facts of the patients in the same way."""
    return with_bounds(table, "variable", "Of the patients whose text says whether")


def with_bounds(table: pd.DataFrame, name: str, title: str) -> Drawing:
    stated = table[table["n_stated"] > 0]
    figure, axes = canvas(1.1 + ROW_INCHES * max(len(stated), 1))
    counts = [
        f"{present} of {total}"
        for present, total in zip(stated["n_present"], stated["n_stated"], strict=True)
    ]
    rows = range(len(stated))[::-1]
    lower, upper = (stated[name].to_numpy(dtype=float) for name in ("lower_bound", "upper_bound"))
    axes.barh(
        rows, upper - lower, left=lower, height=0.5, color="#e8ebed", edgecolor=GREY,
        linewidth=0.8, label="bounds: silent texts all absent, all present",
    )  # fmt: skip
    points(axes, rows, stated, BLUE, "of those stated, Wilson 95 %")
    label_rows(axes, rows, stated[name], counts)
    figure.legend(frameon=False, fontsize=9, loc="outside lower center")
    return drawing(figure, f"{title}: {listed(stated[name], counts)}.")


def by_report(table: pd.DataFrame) -> Drawing:
    """Share with benefit by the kind of report that tells of it."""
    stated = table[table["n_stated"] > 0]
    figure, axes = canvas(0.8 + ROW_INCHES * max(len(stated), 1))
    counts = [f"{b} of {n}" for b, n in zip(stated["n_benefit"], stated["n_stated"], strict=True)]
    rows = range(len(stated))[::-1]
    points(axes, rows, stated.rename(columns={"percent_benefit": "percent_present"}), BLUE, "")
    label_rows(axes, rows, stated["report"], counts)
    axes.set_xlabel("percent of episodes with benefit (Wilson 95 %)")
    return drawing(figure, f"Benefit by kind of report: {listed(stated['report'], counts)}.")


def compared(table: pd.DataFrame) -> Drawing:
    """This corpus and each published series, fact by fact; hollow and grey where left out.

    Organs and therapies are in the table alone.
    """
    shown = table[(table["kind"] == "fact") & table["percent_present"].notna()]
    rows: list[float] = []
    headings, at = [], 0.0
    for variable, group in shown.groupby("variable", sort=False):
        headings.append((at, str(variable)))
        rows += [at - 1 - place for place in range(len(group))]
        at -= len(group) + 1.4
    figure, axes = canvas(0.9 + 0.24 * (len(rows) + 1.4 * len(headings)))
    colours = [
        colour_of(series, reason)
        for series, reason in zip(shown["series"], shown["left_out"], strict=True)
    ]
    for colour in dict.fromkeys(colours):
        is_one = [one == colour for one in colours]
        places = [place for place, has in zip(rows, is_one, strict=True) if has]
        points(axes, places, shown[is_one], colour, "")
    counts = [f"{p} of {n}" for p, n in zip(shown["n_present"], shown["n_stated"], strict=True)]
    label_rows(axes, rows, shown["series"], counts)
    axes.set_ylim(min(rows, default=0) - 0.7, 0.7)
    for place, text in headings:
        axes.text(-1, place, text, fontweight="bold", va="center", ha="left", fontsize=9)
    named = [
        f"{v}, {s}" + (", left out" if isinstance(r, str) else "")
        for v, s, r in zip(shown["variable"], shown["series"], shown["left_out"], strict=True)
    ]
    return drawing(figure, f"This corpus beside the published series: {listed(named, counts)}.")


def colour_of(series: Any, left_out: Any) -> str:
    if series == "this corpus":
        return BLUE
    return GREY if isinstance(left_out, str) else INK


def points(axes: Any, rows: Sequence[float], table: pd.DataFrame, colour: str, label: str) -> None:
    percent = table["percent_present"].to_numpy(dtype=float)
    low = (percent - table["wilson_low"].to_numpy(dtype=float)).clip(min=0)
    high = (table["wilson_high"].to_numpy(dtype=float) - percent).clip(min=0)
    face = "white" if colour == GREY else colour
    axes.errorbar(
        percent, rows, xerr=np.array([low, high]), fmt="o", color=colour, capsize=3, label=label,
        markerfacecolor=face,
    )  # fmt: skip


def label_rows(
    axes: Any, rows: Sequence[float], names: Iterable[Any], counts: Sequence[str]
) -> None:
    """Names to the left, counts to the right, the percentages below."""
    axes.set_yticks(list(rows), list(names))
    axes.tick_params(axis="y", length=0)
    right = axes.secondary_yaxis("right")
    right.set_yticks(list(rows), list(counts))
    right.tick_params(length=0)
    right.spines["right"].set_visible(False)
    axes.set_xlim(-3, 103)
    axes.set_xlabel("percent (Wilson 95 %)")
    if len(rows):
        axes.set_ylim(min(rows) - 0.7, max(rows) + 0.7)
    axes.grid(axis="x", color="#e5e8eb", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)

"""Two figures of their own kind: which organs come together, and survival over time.

Reads tables, writes nothing.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from pipeline.analyse.figures import BLUE, INK, WIDTH_INCHES, Drawing, canvas, drawing, listed

MOST_COMBINATIONS = 14


def organ_combinations(table: pd.DataFrame) -> Drawing:
    """UpSet: a column for each combination, bars for its patients, dots for its organs (Lex et
    al., IEEE Trans Vis Comput Graph 2014;20:1983).
    """
    top = table.head(MOST_COMBINATIONS)
    sets = [str(text).split(" + ") for text in top["organs"]]
    organs = sorted({organ for one in sets for organ in one}, key=lambda o: (count_of(o, table), o))
    figure = Figure(figsize=(WIDTH_INCHES, 2.2 + 0.24 * len(organs)), layout="constrained")
    bars, dots = figure.subplots(2, sharex=True, height_ratios=[1.7, 0.24 * len(organs) + 0.2])
    columns = range(len(top))
    bars.bar(columns, top["n_patients"], color=BLUE, width=0.6)
    bars.set_ylabel("patients")
    bars.yaxis.get_major_locator().set_params(integer=True)
    bars.tick_params(axis="x", length=0)
    for column, members in zip(columns, sets, strict=True):
        rows = [organs.index(organ) for organ in members]
        dots.scatter([column] * len(organs), range(len(organs)), color="#dfe3e6", s=28)
        dots.plot([column] * len(rows), sorted(rows), color=INK, linewidth=1.6)
        dots.scatter([column] * len(rows), rows, color=INK, s=32, zorder=3)
    dots.set_yticks(range(len(organs)), organs)
    dots.set_xticks([])
    dots.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        dots.spines[side].set_visible(False)
    alt = listed(table["organs"], table["n_patients"])
    return drawing(figure, f"Organs that come together, by number of patients: {alt}.")


def count_of(organ: str, table: pd.DataFrame) -> int:
    has = table["organs"].map(lambda text: organ in str(text).split(" + "))
    return int(table.loc[has, "n_patients"].sum())


def survival(steps: pd.DataFrame) -> Drawing:
    """The Kaplan-Meier curve with its interval; marks where patients were last seen alive."""
    figure, axes = canvas(2.6)
    months, share = steps["months"], steps["percent_alive"]
    axes.step(months, share, where="post", color=BLUE)
    low, high = steps["low"].astype(float), steps["high"].astype(float)
    axes.fill_between(months, low, high, step="post", color=BLUE, alpha=0.18)
    last_seen = steps[steps["n_last_seen"] > 0]
    axes.plot(last_seen["months"], last_seen["percent_alive"], "|", color=INK, markersize=9)
    axes.set_ylim(0, 104)
    axes.set_xlim(left=0)
    axes.set_xlabel("months of follow-up as stated")
    axes.set_ylabel("percent alive")
    alt = listed(
        [f"month {m:g}" for m in months],
        [f"{s:g} % of {n} at risk" for s, n in zip(share, steps["n_at_risk"], strict=True)],
    )
    return drawing(figure, f"Kaplan-Meier curve of survival: {alt}.")

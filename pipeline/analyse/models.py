"""What the report computes beyond SQL: models, corrections and survival, each from one query.

Reads the rows of a query, gives a table; writes nothing. The libraries of statistics take a second
to load and the models longer, so both wait until a result is asked for that was not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.analyse.results import Results
from pipeline.analyse.statistics import proportions
from pipeline.analyse.statistics.survival import kaplan_meier

if TYPE_CHECKING:
    from pipeline.analyse.statistics.glmm import Pooled

MULTI_PATIENT_REPORTS = 5  # reports with two patients or more that a spread between them needs
LAYERS = ("patients", "series", "published")
Counts = list[tuple[int, int]]


def pooled_layers(layers: pd.DataFrame, results: Results) -> pd.DataFrame:
    """The layers of queries/reports/layers.sql pooled apart, and the first two together.

    A fact that only single patients tell has nothing to pool and no row. Where all patients whose
    text says whether have it, or none, silence has sorted them, and they are not joined to series.
    """
    rows = []
    for variable, of_variable in layers.groupby("variable", sort=False):
        counts = {layer: counts_of(of_variable, layer) for layer in LAYERS}
        if not counts["series"] and not counts["published"]:
            continue
        if is_joinable(counts["patients"]) and counts["series"]:
            counts["together"] = [total(counts["patients"]), *counts["series"]]
        rows += [
            [variable, layer, *results.of(pooled_cells, layer, found)]
            for layer, found in counts.items()
            if found
        ]
    return pd.DataFrame(rows, columns=POOLED_COLUMNS)


def counts_of(rows: pd.DataFrame, layer: str) -> Counts:
    """Present and stated of each study of a layer that counts."""
    counted = rows[(rows["layer"] == layer) & rows["left_out"].isna() & (rows["n_stated"] > 0)]
    return [
        (int(present), int(stated))
        for present, stated in zip(counted["n_present"], counted["n_stated"], strict=True)
    ]


def is_joinable(counts: Counts) -> bool:
    present, stated = total(counts)
    return 0 < present < stated


def total(counts: Counts) -> tuple[int, int]:
    return sum(present for present, _ in counts), sum(stated for _, stated in counts)


POOLED_COLUMNS = [
    "variable", "layer", "n_studies", "n_present", "n_stated", "percent", "low", "high",
    "method", "tau", "prediction", "check", "remark",
]  # fmt: skip


def pooled_cells(layer: str, counts: Counts) -> list[Any]:
    """The columns of one layer of one fact from `n_studies` on.

    By the model where the studies can tell a spread, else by Wilson.
    """
    present, stated = total(counts)
    head = [len(counts), present, stated]
    if len(counts) < 2 or (layer == "patients" and not tells_a_spread(counts)):
        why = "one study" if len(counts) == 1 else "nearly all reports describe one patient"
        ends = proportions.wilson(present, stated)
        return [*head, percent(present / stated), *map(percent, ends), "Wilson", None, "", "", why]
    from pipeline.analyse.statistics import glmm
    from pipeline.analyse.statistics.two_step import two_step

    pooled = glmm.pool(*zip(*counts, strict=True))
    checked = two_step(*zip(*counts, strict=True))
    if pooled is None or checked is None:
        raise ValueError("There is no study to pool.")
    return [
        *head, percent(pooled.estimate), percent(pooled.low), percent(pooled.high), "GLMM",
        None if pooled.tau is None else round(pooled.tau, 2),
        span(pooled.prediction_low, pooled.prediction_high),
        f"{percent(checked.estimate):g} ({span(checked.low, checked.high)})",
        remark_on(pooled),
    ]  # fmt: skip


def tells_a_spread(counts: Counts) -> bool:
    return sum(stated > 1 for _, stated in counts) >= MULTI_PATIENT_REPORTS


def remark_on(pooled: Pooled) -> str:
    if pooled.tau is None:
        return "all or none have it: no model, interval Clopper-Pearson"
    parts = [] if pooled.is_converged else ["the model did not converge"]
    if pooled.is_descriptive:
        parts.append("few studies: descriptive")
        parts += ["spread not estimable"] if pooled.tau == 0 else []
    return "; ".join(parts)


def layer_contrasts(layers: pd.DataFrame, results: Results) -> pd.DataFrame:
    """The odds in series against those in single patients, with a random intercept each study."""
    columns = ["variable", "n_series", "odds_ratio", "low", "high", "tau", "remark"]
    rows = []
    for variable, of_variable in layers.groupby("variable", sort=False):
        patients, series = counts_of(of_variable, "patients"), counts_of(of_variable, "series")
        if patients and series:
            cells = results.of(contrast_cells, total(patients), series)
            rows.append([variable, len(series), *cells])
    return pd.DataFrame(rows, columns=columns)


def contrast_cells(patients: tuple[int, int], series: Counts) -> list[Any]:
    """Odds ratio, its ends, spread and remark; `patients` are all single ones as one study."""
    from pipeline.analyse.statistics import glmm

    present, stated = zip(*[patients, *series], strict=True)
    found = glmm.contrast(present, stated, [False] + [True] * len(series))
    if found is None:
        return [None, None, None, None, "all or none of one layer have it: no odds ratio"]
    why = "" if found.is_converged else "the model did not converge"
    ends = (found.odds_ratio, found.low, found.high, found.tau)
    return [*(round(end, 2) for end in ends), why]


def corrected(audited: pd.DataFrame, _: Results) -> pd.DataFrame:
    """The share of all patients whose text says it, freed of the measured misreading."""
    rows = []
    for row in audited.to_dict("records"):
        variable, n_present, n_patients, measured = (
            row["variable"], row["n_present"], row["n_patients"],
            [int(row[name]) for name in ("n_found", "n_true", "n_left_out", "n_false")],
        )  # fmt: skip
        found = proportions.rogan_gladen(int(n_present), int(n_patients), *measured)
        share = percent(n_present / n_patients) if n_patients else None
        if found is None:
            why = "sensitivity or specificity not measured, or no better than chance"
            rows.append([variable, share, None, None, None, why])
        else:
            ends = map(percent, (found.estimate, found.low, found.high))
            rows.append([variable, share, *ends, ""])
    columns = ["variable", "percent_read", "percent_corrected", "low", "high", "remark"]
    return pd.DataFrame(rows, columns=columns)


def survival_steps(times: pd.DataFrame, results: Results) -> pd.DataFrame:
    """The Kaplan-Meier table of those whose outcome and time are both stated."""
    months = [float(one) for one in times["follow_up_months"]]
    is_dead = [bool(one) for one in times["is_dead"]]
    columns = ["months", "n_at_risk", "n_dead", "n_last_seen", "percent_alive", "low", "high"]
    return pd.DataFrame(results.of(step_rows, months, is_dead), columns=columns)


def step_rows(months: Sequence[float], is_dead: Sequence[bool]) -> list[list[Any]]:
    """Each step in percent; who leaves without the event was last seen alive."""
    steps = kaplan_meier(months, is_dead)
    rows = []
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        left = step.n_at_risk - step.n_events - (after.n_at_risk if after else 0)
        # Greenwood's variance is zero at 1 and at 0; an interval without width would mislead.
        is_inside = 0 < step.share < 1
        ends = [percent(end) if is_inside else None for end in (step.low, step.high)]
        rows.append([step.months, step.n_at_risk, step.n_events, left, percent(step.share), *ends])
    return rows


def percent(share: float) -> float:
    return round(100 * share, 1)


def span(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{percent(low):g} to {percent(high):g}"

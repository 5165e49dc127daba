"""What the report computes beyond SQL: models, corrections and survival, each from one query.

Reads the rows of a query, gives a table; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pipeline.analyse.statistics import glmm, proportions, survival
from pipeline.analyse.statistics.two_step import two_step

MULTI_PATIENT_REPORTS = 5  # reports with two patients or more that a spread between them needs
LAYERS = ("patients", "series", "published")
Counts = list[tuple[int, int]]


def pooled_layers(layers: pd.DataFrame) -> pd.DataFrame:
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
            pooled_row(str(variable), layer, found) for layer, found in counts.items() if found
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


def pooled_row(variable: str, layer: str, counts: Counts) -> list[Any]:
    """One layer of one fact: by the model where the studies can tell a spread, else by Wilson."""
    present, stated = total(counts)
    head = [variable, layer, len(counts), present, stated]
    if len(counts) < 2 or (layer == "patients" and not tells_a_spread(counts)):
        why = "one study" if len(counts) == 1 else "nearly all reports describe one patient"
        ends = proportions.wilson(present, stated)
        return [*head, percent(present / stated), *map(percent, ends), "Wilson", None, "", "", why]
    pooled = glmm.pool(*zip(*counts, strict=True))
    checked = two_step(*zip(*counts, strict=True))
    if pooled is None or checked is None:
        raise ValueError(f"{variable}, {layer}: there is no study to pool.")
    return [
        *head, percent(pooled.estimate), percent(pooled.low), percent(pooled.high), "GLMM",
        None if pooled.tau is None else round(pooled.tau, 2),
        span(pooled.prediction_low, pooled.prediction_high),
        f"{percent(checked.estimate):g} ({span(checked.low, checked.high)})",
        remark_on(pooled),
    ]  # fmt: skip


def tells_a_spread(counts: Counts) -> bool:
    return sum(stated > 1 for _, stated in counts) >= MULTI_PATIENT_REPORTS


def remark_on(pooled: glmm.Pooled) -> str:
    if pooled.tau is None:
        return "all or none have it: no model, interval Clopper-Pearson"
    parts = [] if pooled.is_converged else ["the model did not converge"]
    if pooled.is_descriptive:
        parts.append("few studies: descriptive")
        parts += ["spread not estimable"] if pooled.tau == 0 else []
    return "; ".join(parts)


def layer_contrasts(layers: pd.DataFrame) -> pd.DataFrame:
    """The odds in series against those in single patients, with a random intercept each study."""
    columns = ["variable", "n_series", "odds_ratio", "low", "high", "tau", "remark"]
    rows = []
    for variable, of_variable in layers.groupby("variable", sort=False):
        patients, series = counts_of(of_variable, "patients"), counts_of(of_variable, "series")
        if not patients or not series:
            continue
        present, stated = zip(*[total(patients), *series], strict=True)
        found = glmm.contrast(present, stated, [False] + [True] * len(series))
        if found is None:
            why = "all or none of one layer have it: no odds ratio"
            rows.append([variable, len(series), None, None, None, None, why])
        else:
            ends = [round(end, 2) for end in (found.odds_ratio, found.low, found.high, found.tau)]
            why = "" if found.is_converged else "the model did not converge"
            rows.append([variable, len(series), *ends, why])
    return pd.DataFrame(rows, columns=columns)


def corrected(audited: pd.DataFrame) -> pd.DataFrame:
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


def survival_steps(times: pd.DataFrame) -> pd.DataFrame:
    """The Kaplan-Meier table of those whose outcome and time are both stated."""
    steps = survival.kaplan_meier(
        [float(months) for months in times["follow_up_months"]],
        [bool(is_dead) for is_dead in times["is_dead"]],
    )
    columns = ["months", "n_at_risk", "n_dead", "n_last_seen", "percent_alive", "low", "high"]
    return pd.DataFrame(list(step_rows(steps)), columns=columns)


def step_rows(steps: list[survival.Step]) -> Iterator[list[Any]]:
    """Each step in percent; who leaves without the event was last seen alive."""
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        left = step.n_at_risk - step.n_events - (after.n_at_risk if after else 0)
        # Greenwood's variance is zero at 1 and at 0; an interval without width would mislead.
        is_inside = 0 < step.share < 1
        ends = [percent(end) if is_inside else None for end in (step.low, step.high)]
        yield [step.months, step.n_at_risk, step.n_events, left, percent(step.share), *ends]


def percent(share: float) -> float:
    return round(100 * share, 1)


def span(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{percent(low):g} to {percent(high):g}"

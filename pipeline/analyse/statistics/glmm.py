"""Pooled proportions by the random-intercept binomial-logit model, by maximum likelihood.

Numbers in, numbers out. Source of the choice: Lin & Chu, Epidemiology 2020;31:713; no
continuity correction, no double arcsine (Schwarzer et al., Res Synth Methods 2019;10:476).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, stdtrit

from pipeline.analyse.statistics.fitting import maximise, profile_interval, standard_error
from pipeline.analyse.statistics.likelihood import Array
from pipeline.analyse.statistics.proportions import clopper_pearson

FEW_STUDIES = 5  # with fewer the figure describes these studies and no more


@dataclass(frozen=True)
class Pooled:
    """k studies pooled; shares from 0 to 1, tau on the logit scale.

    estimate: the share of the typical study. low, high: its 95 % profile interval.
    prediction_low, prediction_high: where the share of a further study lies, None below three
    and where the fit tells no standard error.
    tau: None where it cannot be told, because every study has all or nothing.
    is_converged: the maximum and both ends of the interval were found.
    """

    n_studies: int
    n_present: int
    n_stated: int
    estimate: float
    low: float
    high: float
    tau: float | None
    prediction_low: float | None
    prediction_high: float | None
    is_converged: bool

    @property
    def is_descriptive(self) -> bool:
        return self.n_studies < FEW_STUDIES


def pool(present: Sequence[int], stated: Sequence[int]) -> Pooled | None:
    """The pooled share of `present` of `stated` patients, one pair a study; None without any.

    Studies in which nobody is stated are left out. Where all or none have it there is no
    maximum: the share is 1 or 0, its interval Clopper-Pearson of the sum, and is_converged false.
    Raises ValueError for more present than stated.
    """
    x, n = counted(present, stated)
    if len(x) == 0:
        return None
    k, total = int(x.sum()), int(n.sum())
    if k in (0, total):
        low, high = clopper_pearson(k, total)
        return Pooled(len(x), k, total, k / total, low, high, None, None, None, False)
    n_studies = len(x)
    x, n, design, times = alike_once(x, n, np.ones((n_studies, 1)))
    fit = maximise(x, n, design, times=times)
    low, high, has_ends = profile_interval(x, n, design, fit, 0, times)
    centre = float(fit.coefficients[0])
    error = standard_error(x, n, design, fit, times)
    below, above = prediction(centre, error, fit.tau, n_studies)
    return Pooled(
        n_studies, k, total, float(expit(centre)), float(expit(low)), float(expit(high)), fit.tau,
        below, above, fit.is_converged and has_ends,
    )  # fmt: skip


def alike_once(x: Array, n: Array, design: Array) -> tuple[Array, Array, Array, Array]:
    """Events, totals and design of the studies that differ, and how many there are of each.

    Ten thousand reports of one patient are then two rows, and the likelihood is the same.
    """
    rows, times = np.unique(np.column_stack([x, n, design]), axis=0, return_counts=True)
    return rows[:, 0], rows[:, 1], rows[:, 2:], times.astype(float)


def counted(present: Sequence[int], stated: Sequence[int]) -> tuple[Array, Array]:
    x, n = np.array(present, dtype=float), np.array(stated, dtype=float)
    if x.shape != n.shape or np.any(x < 0) or np.any(x > n):
        raise ValueError("A study cannot have more patients present than stated.")
    return x[n > 0], n[n > 0]


def prediction(
    centre: float, error: float, tau: float, n_studies: int
) -> tuple[float | None, float | None]:
    """95 % prediction interval with t of k - 2 (Higgins et al., J R Stat Soc A 2009;172:137)."""
    if n_studies < 3 or np.isnan(error):
        return None, None
    half = float(stdtrit(n_studies - 2, 0.975)) * np.sqrt(tau**2 + error**2)
    return float(expit(centre - half)), float(expit(centre + half))


@dataclass(frozen=True)
class Contrast:
    """An odds ratio between two kinds of studies with its 95 % profile interval."""

    odds_ratio: float
    low: float
    high: float
    tau: float
    is_converged: bool


def contrast(
    present: Sequence[int], stated: Sequence[int], is_second: Sequence[bool]
) -> Contrast | None:
    """Odds of the second kind of study against the first, with a random intercept each study.

    None where a kind has no study, or where all or none of one kind have it.
    """
    x, n = counted(present, stated)
    second = np.array(is_second, dtype=float)[np.array(stated) > 0]
    for kind in (0.0, 1.0):
        events, total = x[second == kind].sum(), n[second == kind].sum()
        if events in (0.0, total):
            return None
    design = np.column_stack([np.ones(len(x)), second])
    x, n, design, times = alike_once(x, n, design)
    fit = maximise(x, n, design, times=times)
    low, high, has_ends = profile_interval(x, n, design, fit, 1, times)
    ratio = float(np.exp(fit.coefficients[1]))
    return Contrast(
        ratio, float(np.exp(low)), float(np.exp(high)), fit.tau, fit.is_converged and has_ends
    )

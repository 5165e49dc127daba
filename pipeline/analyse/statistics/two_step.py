"""The check of the main model: logits with REML and the Hartung-Knapp interval.

Numbers in, numbers out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit
from statsmodels.regression.linear_model import WLS

from pipeline.analyse.statistics.likelihood import Array


@dataclass(frozen=True)
class TwoStep:
    """k studies pooled on the logit scale; estimate, low, high as shares from 0 to 1."""

    n_studies: int
    logit: float
    estimate: float
    low: float
    high: float
    tau2: float


def two_step(present: Sequence[int], stated: Sequence[int]) -> TwoStep | None:
    """REML (Viechtbauer, J Educ Behav Stat 2005;30:261) with the interval of Hartung & Knapp
    (Stat Med 2001;20:1771); one half is added to every cell. None below two studies.
    """
    x, n = np.array(present, dtype=float), np.array(stated, dtype=float)
    x, n = x[n > 0], n[n > 0]
    if len(x) < 2:
        return None
    y = np.log((x + 0.5) / (n - x + 0.5))
    v = 1 / (x + 0.5) + 1 / (n - x + 0.5)
    tau2 = reml(y, v)
    # Weighted least squares with its own scale and t of k - 1 is the interval of Hartung & Knapp.
    fitted = WLS(y, np.ones_like(y), weights=1 / (v + tau2)).fit()
    low, high = fitted.conf_int(0.05)[0]
    centre = float(fitted.params[0])
    return TwoStep(
        len(x), centre, float(expit(centre)), float(expit(low)), float(expit(high)), tau2
    )


def reml(y: Array, v: Array) -> float:
    """The spread between studies, squared, at the maximum of the restricted likelihood."""

    def loss(tau2: float) -> float:
        w = 1 / (v + tau2)
        residuals = y - np.sum(w * y) / np.sum(w)
        likelihood = np.log(v + tau2).sum() + np.log(w.sum()) + np.sum(w * residuals**2)
        return float(likelihood) / 2

    found = minimize_scalar(loss, bounds=(0, 50), method="bounded", options={"xatol": 1e-10})
    return 0.0 if loss(0.0) <= float(found.fun) + 1e-12 else float(found.x)

"""Fitting the random-intercept binomial-logit model: its maximum, profile intervals, curvature.

Numbers in, numbers out. x and n (events and totals) have shape (k,), a design (k, p); `times` says
how many studies each row stands for, shape (k,) or one number for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize, minimize_scalar
from scipy.special import chdtri, logit  # scipy.stats takes a third of a second to load

from pipeline.analyse.statistics.likelihood import Array, log_likelihood

LARGEST_TAU, NO_SPREAD, FARTHEST_LOGIT = 8.0, 1e-4, 25.0  # logit scale
DROP = float(chdtri(1, 0.05)) / 2  # of the log likelihood at the ends of a profile interval


@dataclass(frozen=True)
class Fit:
    """A maximum of the likelihood: coefficients on the logit scale."""

    coefficients: Array
    tau: float
    log_likelihood: float
    is_converged: bool


def maximise(
    x: Array,
    n: Array,
    design: Array,
    held: Array | float = 0.0,
    start: Array | None = None,
    times: Array | float = 1.0,
) -> Fit:
    """The highest likelihood over the coefficients of `design` (shape (k, p)) and tau >= 0.

    `held` is a part of the logit that stays as it is. Without a `start` (coefficients and tau)
    the search begins once with hardly any spread and once with much, because the likelihood can
    have a maximum at tau 0 and another one beside it.
    """

    def loss(parameters: Array) -> float:
        fixed = design @ parameters[:-1] + held
        tau = min(abs(float(parameters[-1])), LARGEST_TAU)
        return -log_likelihood(x, n, fixed, tau, times)

    starts = first_guesses(x * times, n * times, design.shape[1]) if start is None else [start]
    options = {"xatol": 1e-6, "fatol": 1e-9, "maxiter": 4000, "maxfev": 4000}
    found = [minimize(loss, one, method="Nelder-Mead", options=options) for one in starts]
    best = min(found, key=lambda one: float(one.fun))
    tau = abs(float(best.x[-1]))
    is_inside = tau < LARGEST_TAU and bool(np.all(np.abs(best.x[:-1]) < FARTHEST_LOGIT))
    tau = 0.0 if tau < NO_SPREAD else tau
    return Fit(best.x[:-1], tau, -float(best.fun), bool(best.success) and is_inside)


def first_guesses(x: Array, n: Array, n_coefficients: int) -> list[Array]:
    first = np.zeros(n_coefficients)
    first[0] = logit((x.sum() + 0.5) / (n.sum() + 1))
    return [np.append(first, tau) for tau in (0.05, 0.8)]


def profile_interval(
    x: Array, n: Array, design: Array, fit: Fit, which: int, times: Array | float = 1.0
) -> tuple[float, float, bool]:
    """Where the likelihood, highest over all else, has dropped by half the 95 % point of chi².

    Both ends on the logit scale, infinite where none was found in reach; and whether both were.
    """
    centre = float(fit.coefficients[which])
    others = np.delete(design, which, axis=1)
    start = np.append(np.delete(fit.coefficients, which), max(fit.tau, 0.1))

    def drop(value: float) -> float:
        highest = profile(x, n, others, design[:, which] * value, start, times)
        return fit.log_likelihood - highest - DROP

    low, high = (end_of(drop, centre, side) for side in (-1.0, 1.0))
    return low, high, bool(np.isfinite(low) and np.isfinite(high))


def end_of(drop: Callable[[float], float], centre: float, side: float) -> float:
    """Where `drop` rises through zero on one side of the centre."""
    reach = 0.5
    while drop(centre + side * reach) < 0:
        reach *= 2
        if reach > FARTHEST_LOGIT:
            return side * np.inf
    return float(brentq(drop, centre, centre + side * reach, xtol=1e-5))


def profile(
    x: Array, n: Array, others: Array, held: Array, start: Array, times: Array | float = 1.0
) -> float:
    """The highest log likelihood with one coefficient held; over tau alone where none is left."""
    if others.shape[1]:
        return maximise(x, n, others, held, start, times).log_likelihood
    at_zero = log_likelihood(x, n, held, 0.0, times)
    found = minimize_scalar(
        lambda tau: -log_likelihood(x, n, held, float(tau), times),
        bounds=(NO_SPREAD, LARGEST_TAU),
        method="bounded",
        options={"xatol": 1e-5},
    )
    return max(at_zero, -float(found.fun))


def standard_error(
    x: Array, n: Array, design: Array, fit: Fit, times: Array | float = 1.0
) -> float:
    """Of the first coefficient, from the curvature of the likelihood at its maximum.

    Not a number where the likelihood does not curve down, as at the largest spread tried.
    """
    at = np.append(fit.coefficients, fit.tau) if fit.tau else fit.coefficients

    def loss(parameters: Array) -> float:
        coefficients, tau = (parameters[:-1], parameters[-1]) if fit.tau else (parameters, 0.0)
        return -log_likelihood(x, n, design @ coefficients, abs(float(tau)), times)

    steps = np.eye(len(at)) * 1e-3
    curvature = np.array(
        [
            [
                loss(at + a + b) - loss(at + a - b) - loss(at - a + b) + loss(at - a - b)
                for b in steps
            ]
            for a in steps
        ]
    ) / (4 * 1e-6)
    variance = float(np.linalg.pinv(curvature)[0, 0])
    return np.sqrt(variance) if variance > 0 else np.nan

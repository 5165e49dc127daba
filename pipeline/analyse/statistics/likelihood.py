"""The likelihood of the random-intercept binomial-logit model. Numbers in, numbers out.

Study i has x[i] events of n[i]; its logit is a fixed part plus tau times a standard normal.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import expit, gammaln, roots_hermite

Array = npt.NDArray[np.float64]
N_NODES = 31
NODES, WEIGHTS = roots_hermite(N_NODES)
LOG_WEIGHTS = np.log(WEIGHTS) + NODES**2


def log_likelihood(
    x: Array, n: Array, fixed: Array, tau: float, times: Array | float = 1.0
) -> float:
    """Log likelihood of all studies; x, n, fixed: shape (k,), tau >= 0 on the logit scale.

    `times`: how many studies each stands for, shape (k,) or one number for all.

    The normal is integrated out by adaptive Gauss-Hermite quadrature around the mode of each
    study (Liu & Pierce, Biometrika 1994;81:624), as lme4 and metafor do.
    """
    constant = float(np.sum(times * (gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))))
    if tau == 0:
        return constant + float(np.sum(times * log_kernel(x, n, fixed)))
    mode, scale = modes(x, n, fixed, tau)
    z = mode[:, None] + np.sqrt(2) * scale[:, None] * NODES
    terms = log_kernel(x[:, None], n[:, None], fixed[:, None] + tau * z) - z**2 / 2
    highest = terms.max(axis=1)
    sums = np.exp(terms + LOG_WEIGHTS - highest[:, None]).sum(axis=1)
    integrals = np.log(sums) + highest + np.log(scale) - np.log(np.pi) / 2
    return constant + float(np.sum(times * integrals))


def log_kernel(x: Array, n: Array, logit: Array) -> Array:
    """log p^x (1-p)^(n-x), without overflow at either end."""
    kernel: Array = x * logit - n * np.logaddexp(0.0, logit)
    return kernel


def modes(x: Array, n: Array, fixed: Array, tau: float) -> tuple[Array, Array]:
    """Where the integrand of each study is highest, and how wide it is there.

    Its slope falls from end to end, so the mode lies between the last place where it rose and the
    last where it fell; Newton's step is taken where it stays between them, else the middle.
    """
    rising, falling = -tau * (n - x), tau * x
    z = np.zeros_like(x)
    for _ in range(200):
        p = expit(fixed + tau * z)
        slope = tau * (x - n * p) - z
        rising, falling = np.where(slope > 0, z, rising), np.where(slope < 0, z, falling)
        newton = z + slope / (1 + n * tau**2 * p * (1 - p))
        is_between = (rising < newton) & (newton < falling)
        step = np.where(is_between, newton, (rising + falling) / 2) - z
        z = z + step
        if np.max(np.abs(step)) < 1e-10:
            break
    p = expit(fixed + tau * z)
    return z, 1 / np.sqrt(1 + n * tau**2 * p * (1 - p))

"""A single proportion: its intervals, its bounds under silence, its correction for misreading.

Numbers in, numbers out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.intervals import Interval, interval_of

Z95 = 1.959963984540054


def wilson(k: int, n: int) -> Interval:
    """Wilson score interval of k of n (Wilson, J Am Stat Assoc 1927;22:209).

    Raises ValueError unless 0 <= k <= n and n > 0.
    """
    return interval_of(k, n, "wilson")


def clopper_pearson(k: int, n: int) -> Interval:
    """Interval of k of n that covers at least 95 % (Clopper & Pearson, Biometrika 1934;26:404).

    Raises ValueError unless 0 <= k <= n and n > 0.
    """
    return interval_of(k, n, "beta")


@dataclass(frozen=True)
class Corrected:
    """A share freed of misreading: the estimate and its 95 % interval, each from 0 to 1."""

    estimate: float
    low: float
    high: float


def rogan_gladen(
    n_positive: int, n: int, n_found: int, n_true: int, n_left_out: int, n_false: int
) -> Corrected | None:
    """The share behind `n_positive` of `n` readings, given how well the reading was measured.

    n_found of n_true: what is there and was read (sensitivity); n_left_out of n_false: what is
    not there and was not read (specificity). Estimate of Rogan & Gladen (Am J Epidemiol
    1978;107:71), cut to 0 to 1; interval of Lang & Reiczigel (Prev Vet Med 2014;113:13), which
    carries the uncertainty of both measurements. None where the reading is no better than
    chance (sensitivity + specificity <= 1) or was not measured.
    """
    if not (n and n_true and n_false):
        return None
    sensitivity, specificity = n_found / n_true, n_left_out / n_false
    if sensitivity + specificity <= 1:
        return None
    estimate = (n_positive / n + specificity - 1) / (sensitivity + specificity - 1)
    low, high = lang_reiczigel(n_positive, n, n_found, n_true, n_left_out, n_false)
    return Corrected(clipped(estimate), clipped(low), clipped(high))


def lang_reiczigel(k: int, n: int, k_se: int, n_se: int, k_sp: int, n_sp: int) -> Interval:
    """The interval of Lang & Reiczigel 2014, before it is cut to 0 to 1."""
    total, share = n + Z95**2, (k + Z95**2 / 2) / (n + Z95**2)
    se, sp = (k_se + 1) / (n_se + 2), (k_sp + 1) / (n_sp + 2)
    var_se, var_sp = se * (1 - se) / (n_se + 2), sp * (1 - sp) / (n_sp + 2)
    p = (share + sp - 1) / (se + sp - 1)
    shift = 2 * Z95**2 * (p * var_se - (1 - p) * var_sp)
    spread = share * (1 - share) / total + p**2 * var_se + (1 - p) ** 2 * var_sp
    half = Z95 * math.sqrt(spread) / abs(se + sp - 1)
    return Interval(p + shift - half, p + shift + half)


def clipped(share: float) -> float:
    return min(1.0, max(0.0, share))

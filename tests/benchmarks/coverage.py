"""How often the 95 % intervals of the report hold the truth, by simulation.

Reads nothing; prints a table. The settings are the published series of docs/statistics.md with
their sizes, with the spread that four of them show and with none, and the same model with more
studies.
Run: PYTHONPATH=. python tests/benchmarks/coverage.py [replicates]
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from scipy.special import expit, logit

from pipeline.analyse.statistics import proportions
from pipeline.analyse.statistics.fitting import DROP, maximise, profile
from pipeline.analyse.statistics.two_step import two_step
from pipeline.intervals import Interval

SEED, REPLICATES = 20250101, 4000
# What the published series pool: its name, their sizes, the share of the typical series.
PUBLISHED = (
    ("any monoclonal gammopathy", (26, 30, 15), 0.901),
    ("the same with the oldest series", (19, 26, 30, 15), 0.859),
    ("IgG-lambda of typed", (23, 14, 33), 0.771),
    ("any extracutaneous", (26, 30), 0.696),
    ("men", (19, 30, 30), 0.544),
)
# The one spread that the published series can estimate; from two or three series none can be.
SPREAD = 0.36
POOLS: tuple[tuple[str, tuple[int, ...], float, float], ...] = (
    *((name, sizes, share, SPREAD) for name, sizes, share in PUBLISHED),
    *((name, sizes, share, 0.0) for name, sizes, share in PUBLISHED),
    ("six series, some spread", (19, 26, 30, 15, 33, 8), 0.70, 0.4),
    ("ten series, some spread", (8, 10, 12, 14, 15, 19, 26, 30, 33, 34), 0.70, 0.4),
)
N_SHARES = 200  # over which a mean is taken
# A single proportion: its name, the number of patients, the share.
SINGLES = (
    ("dermato-neuro syndrome, one series", 33, 0.182),
    ("IVIG complete skin response", 31, 0.419),
    ("ASCT complete skin response", 7, 0.714),
    ("any gammopathy, series together", 71, 0.901),
)
# The reading of a field: the true share, sensitivity, specificity, patients, patients measured.
READINGS = (
    ("organ, read with 0.85 and 0.97", 0.30, 0.85, 0.97, 120, 40),
    ("gammopathy, read with 0.95 and 0.98", 0.60, 0.95, 0.98, 120, 40),
)


@cache
def judged(x: tuple[int, ...], n: tuple[int, ...], truth: float) -> tuple[bool, bool]:
    """Whether the profile interval and the two-step check hold the true logit.

    The profile interval holds a value where the likelihood there has not dropped below its ends:
    the same as looking for both ends, without looking.
    """
    events, totals = np.array(x, float), np.array(n, float)
    checked = two_step(x, n)
    is_checked = checked is not None and checked.low <= expit(truth) <= checked.high
    if sum(x) in (0, sum(n)):
        low, high = proportions.clopper_pearson(sum(x), sum(n))
        return low <= expit(truth) <= high, is_checked
    design = np.ones((len(x), 1))
    fit = maximise(events, totals, design)
    at_truth = profile(events, totals, design[:, :0], np.full(len(x), truth), np.empty(0))
    return fit.log_likelihood - at_truth <= DROP, is_checked


def pooled_lines(random: np.random.Generator, replicates: int) -> Iterator[str]:
    for name, n, share, tau in POOLS:
        truth = float(logit(share))
        sizes, hits = ", ".join(map(str, n)), np.zeros(2)
        for _ in range(replicates):
            shares = expit(truth + tau * random.standard_normal(len(n)))
            hits += judged(tuple(map(int, random.binomial(n, shares))), n, truth)
        for method, hit in zip(("GLMM profile", "two-step, Hartung-Knapp"), hits, strict=True):
            yield line(f"{name}: n = {sizes}, p {share}, tau {tau}", method, hit, replicates)


def single_lines(random: np.random.Generator, replicates: int) -> Iterator[str]:
    """Exact for these: the sum over every outcome, no simulation.

    With few patients only few shares can be seen, and coverage jumps from one true share to the
    next; its mean over the shares that the data allow says more (Brown, Cai & DasGupta, Stat Sci
    2001;16:101).
    """
    del random, replicates
    for name, n, share in SINGLES:
        likely = np.linspace(*proportions.wilson(round(n * share), n), N_SHARES)
        for method, interval in (
            ("Wilson", proportions.wilson),
            ("Clopper-Pearson", proportions.clopper_pearson),
        ):
            ends = [interval(k, n) for k in range(n + 1)]
            at_share = 100 * covered(ends, share)
            mean = 100 * float(np.mean([covered(ends, p) for p in likely]))
            yield f"| {name}: n = {n}, p {share} | {method} | {at_share:.1f} | exact |"
            around = f"p {likely[0]:.3f} to {likely[-1]:.3f}"
            yield f"| {name}: n = {n}, {around} | {method} | {mean:.1f} | exact |"


def covered(ends: Sequence[Interval], share: float) -> float:
    """How often the interval of the outcome holds the share; `ends` has one for each outcome."""
    n = len(ends) - 1
    return sum(
        math.comb(n, k) * share**k * (1 - share) ** (n - k)
        for k, (low, high) in enumerate(ends)
        if low <= share <= high
    )


def reading_lines(random: np.random.Generator, replicates: int) -> Iterator[str]:
    for name, share, sensitivity, specificity, n, m in READINGS:
        hit = 0
        n_true = round(m * share)
        for _ in range(replicates):
            k = random.binomial(n, share * sensitivity + (1 - share) * (1 - specificity))
            found = random.binomial(n_true, sensitivity)
            left_out = random.binomial(m - n_true, specificity)
            got = proportions.rogan_gladen(k, n, found, n_true, left_out, m - n_true)
            hit += got is not None and got.low <= share <= got.high
        yield line(f"{name}: n = {n}, {m} read in full", "Rogan-Gladen", hit, replicates)


def line(name: str, method: str, hits: float, replicates: int) -> str:
    error = 100 * math.sqrt(hits / replicates * (1 - hits / replicates) / replicates)
    return f"| {name} | {method} | {100 * hits / replicates:.1f} | ± {1.96 * error:.1f} |"


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATES
    print(f"{replicates} replicates, seed {SEED}\n")
    print("| setting | interval | covers, % | simulation error |\n|---|---|---|---|")
    for lines in (single_lines, pooled_lines, reading_lines):
        for one in lines(np.random.default_rng(SEED), replicates):
            print(one, flush=True)


if __name__ == "__main__":
    main()

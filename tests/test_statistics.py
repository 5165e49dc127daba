"""The statistics of the report against answers known from elsewhere, and at their edges."""

from __future__ import annotations

import math

import duckdb
import numpy as np
import pytest
from load_cases import QUERIES
from scipy.integrate import trapezoid
from scipy.special import expit

from pipeline import intervals
from pipeline.analyse.statistics import glmm, proportions, survival
from pipeline.analyse.statistics.likelihood import log_likelihood
from pipeline.analyse.statistics.two_step import two_step


@pytest.mark.parametrize(
    ("k", "n", "wilson", "exact"),
    [
        (27, 30, (0.744, 0.965), (0.735, 0.979)),
        (64, 71, (0.810, 0.951), (0.807, 0.959)),
        (6, 33, (0.086, 0.344), (0.070, 0.355)),
        (5, 7, (0.359, 0.918), (0.290, 0.963)),
    ],
)
def test_intervals_of_published_series(
    k: int, n: int, wilson: tuple[float, float], exact: tuple[float, float]
) -> None:
    assert proportions.wilson(k, n) == pytest.approx(wilson, abs=6e-4)
    assert proportions.clopper_pearson(k, n) == pytest.approx(exact, abs=6e-4)


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 2), (0, 0)])
def test_no_proportion_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        proportions.wilson(k, n)


# Present, stated, estimate, low, high, tau of the published series (percent; two-decimal tau).
PUBLISHED = [
    ((23, 27, 14), (26, 30, 15), 90.1, 81.7, 96.0, 0.0),
    ((13, 23, 27, 14), (19, 26, 30, 15), 85.9, 72.9, 94.8, 0.36),
    ((18, 12, 24), (23, 14, 33), 77.1, 66.2, 87.5, 0.0),
    ((20, 19), (26, 30), 69.6, 51.1, 85.1, 0.0),
    ((10, 17, 16), (19, 30, 30), 54.4, 43.1, 65.4, 0.0),
]


@pytest.mark.parametrize(("x", "n", "estimate", "low", "high", "tau"), PUBLISHED)
def test_model_has_the_known_answers(
    x: tuple[int, ...], n: tuple[int, ...], estimate: float, low: float, high: float, tau: float
) -> None:
    pooled = glmm.pool(x, n)
    assert pooled is not None
    assert pooled.is_converged
    assert [round(100 * v, 1) for v in (pooled.estimate, pooled.low, pooled.high)] == [
        estimate, low, high,
    ]  # fmt: skip
    assert pooled.tau == pytest.approx(tau, abs=5e-3)
    assert pooled.is_descriptive


def test_two_step_check_has_the_known_answer() -> None:
    checked = two_step((13, 23, 27, 14), (19, 26, 30, 15))
    assert checked is not None
    assert (round(checked.logit, 3), round(checked.tau2, 3)) == (1.628, 0.241)
    assert checked.low < checked.estimate < checked.high


def test_one_study_is_its_own_share_with_a_likelihood_interval() -> None:
    """With one study the spread is free, so the interval is wider than that of the study alone."""
    pooled = glmm.pool((6,), (33,))
    assert pooled is not None
    assert pooled.estimate == pytest.approx(6 / 33, abs=1e-5)
    assert pooled.prediction_low is None
    assert pooled.low < proportions.wilson(6, 33).low


def test_no_study_gives_nothing() -> None:
    assert glmm.pool((), ()) is None
    assert glmm.pool((0, 0), (0, 0)) is None
    assert two_step((1, 0), (2, 0)) is None


@pytest.mark.parametrize(("x", "expected"), [((5, 3), 1.0), ((0, 0), 0.0)])
def test_all_or_nothing_is_said_not_to_converge(x: tuple[int, int], expected: float) -> None:
    """There is no maximum; the share stands with the interval of the sum, and says so."""
    pooled = glmm.pool(x, (5, 3))
    assert pooled is not None
    assert (pooled.estimate, pooled.tau, pooled.is_converged) == (expected, None, False)
    assert (pooled.low, pooled.high) == proportions.clopper_pearson(sum(x), 8)


def test_more_present_than_stated_is_refused() -> None:
    with pytest.raises(ValueError, match="more patients present"):
        glmm.pool((3,), (2,))


def test_prediction_interval_is_wider_than_the_interval() -> None:
    pooled = glmm.pool((1, 19, 3, 16, 2, 18, 10), (20,) * 7)
    assert pooled is not None
    assert pooled.prediction_low is not None
    assert pooled.prediction_high is not None
    assert pooled.prediction_low < pooled.low < pooled.high < pooled.prediction_high
    assert not pooled.is_descriptive


def test_contrast_of_one_study_each_is_the_odds_ratio() -> None:
    """Without spread to see, two tables give their own odds ratio."""
    found = glmm.contrast((10, 20), (20, 30), (False, True))
    assert found is not None
    assert found.odds_ratio == pytest.approx(2.0, rel=1e-3)
    assert found.low < 1 < found.high


def test_contrast_needs_both_kinds_and_both_answers() -> None:
    assert glmm.contrast((10, 20), (20, 30), (True, True)) is None
    assert glmm.contrast((20, 20), (20, 30), (False, True)) is None


def test_rogan_gladen_has_the_known_answer() -> None:
    """23 of 150 read with sensitivity 0.96 and specificity 0.89: 5.1 % (the example of epiR)."""
    found = proportions.rogan_gladen(23, 150, 96, 100, 89, 100)
    assert found is not None
    assert round(100 * found.estimate, 1) == 5.1
    assert found.low == 0.0
    assert found.high == pytest.approx(0.146, abs=5e-4)


def test_perfect_reading_changes_nothing_but_the_interval() -> None:
    found = proportions.rogan_gladen(30, 60, 40, 40, 40, 40)
    assert found is not None
    assert found.estimate == 0.5
    low, high = proportions.wilson(30, 60)
    assert found.low < low
    assert found.high > high


@pytest.mark.parametrize("measured", [(5, 10, 5, 10), (0, 0, 5, 10), (5, 10, 0, 0)])
def test_reading_no_better_than_chance_or_unmeasured_is_not_corrected(
    measured: tuple[int, int, int, int],
) -> None:
    assert proportions.rogan_gladen(30, 60, *measured) is None


def test_survival_steps_are_those_of_the_textbook() -> None:
    """Events at 6 and 10, censored at 8: 3/4, then 3/4 of 1/2 with two at risk."""
    steps = survival.kaplan_meier([6, 8, 10, 12], [True, False, True, False])
    at = {step.months: step for step in steps}
    assert (at[0].n_at_risk, at[0].share) == (4, 1.0)
    assert at[6].share == pytest.approx(3 / 4)
    assert at[8].share == pytest.approx(3 / 4)
    assert at[10].n_at_risk == 2
    assert at[10].share == pytest.approx(3 / 8)
    assert at[10].low < at[10].share < at[10].high


def test_survival_without_times_is_nothing() -> None:
    assert survival.kaplan_meier([], []) == []
    with pytest.raises(ValueError, match="no time"):
        survival.kaplan_meier([-1.0], [True])


def test_quadrature_is_exact_where_the_answer_is_known() -> None:
    """One patient of a study at logit 0 has it with 1/2 whatever the spread."""
    one = np.array([1.0])
    for tau in (0.0, 0.5, 2.0, 6.0):
        found = log_likelihood(one, one, np.array([0.0]), tau)
        assert found == pytest.approx(math.log(0.5), abs=2e-4)
    mixed = log_likelihood(np.array([3.0]), np.array([7.0]), np.array([0.4]), 1.3)
    z = np.linspace(-9, 9, 20001)
    p = expit(0.4 + 1.3 * z)
    density = 35 * p**3 * (1 - p) ** 4 * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    assert mixed == pytest.approx(math.log(float(trapezoid(density, z))), abs=1e-9)


@pytest.mark.parametrize("tau", [1.0, 2.0, 4.0, 8.0])
def test_quadrature_finds_the_mode_of_large_studies_under_a_large_spread(tau: float) -> None:
    x, n, centre = 463.0, 694.0, -2.2
    z = np.linspace(-8, 8, 400_001)
    logits = centre + tau * z
    kernel = x * logits - n * np.logaddexp(0.0, logits) - z**2 / 2
    exact = np.log(trapezoid(np.exp(kernel - kernel.max()), z)) + kernel.max()
    exact += math.lgamma(n + 1) - math.lgamma(x + 1) - math.lgamma(n - x + 1)
    exact -= math.log(2 * math.pi) / 2
    found = log_likelihood(np.array([x]), np.array([n]), np.array([centre]), tau)
    assert found == pytest.approx(exact, abs=1e-4)


def test_hundreds_of_small_series_beside_a_large_one_have_an_interval() -> None:
    counts = [(1, 8), (2, 30), (4, 33)] * 115 + [(463, 694)]
    pooled = glmm.pool(*zip(*counts, strict=True))
    assert pooled is not None
    assert pooled.is_converged
    assert pooled.low < pooled.estimate < pooled.high


def test_a_spread_beyond_reach_predicts_nothing() -> None:
    counts = [(0, 1)] * 116 + [(1, 1)] * 3473 + [(2, 2)] * 116
    pooled = glmm.pool(*zip(*counts, strict=True))
    assert pooled is not None
    assert not pooled.is_converged
    assert pooled.prediction_low is None


@pytest.mark.parametrize(("k", "n"), [(0, 10), (1, 3), (27, 30), (81, 263), (10, 10)])
def test_every_stage_has_the_same_wilson_interval(k: int, n: int) -> None:
    """The models, the other stages and the macro of the DuckDB file."""
    reference = proportions.wilson(k, n)
    expected = pytest.approx((reference.low, reference.high), abs=1e-9)
    assert intervals.wilson(k, n) == expected
    connection = duckdb.connect()
    connection.execute((QUERIES / "macros" / "wilson.sql").read_text(encoding="utf-8"))
    answer = connection.execute("select wilson_low(?, ?), wilson_high(?, ?)", [k, n, k, n])
    assert answer.fetchone() == expected

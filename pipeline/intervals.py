"""The 95 % interval of a proportion, for every stage that prints one. Numbers in, numbers out."""

from __future__ import annotations

from typing import NamedTuple


class Interval(NamedTuple):
    """Both ends of a 95 % interval of a proportion, each from 0 to 1."""

    low: float
    high: float


def wilson(numerator: int, denominator: int) -> Interval | None:
    """Wilson score interval (J Am Stat Assoc 1927;22:209); None without observations.

    Raises ValueError unless 0 <= numerator <= denominator.
    """
    if numerator == denominator == 0:
        return None
    return interval_of(numerator, denominator, "wilson")


def interval_of(k: int, n: int, method: str) -> Interval:
    """The interval of k of n by a method of statsmodels' `proportion_confint`.

    Raises ValueError unless 0 <= k <= n and n > 0.
    """
    # Imported here: it takes a second, and the review opens before it needs an interval.
    from statsmodels.stats.proportion import proportion_confint

    if not 0 <= k <= n or n == 0:
        raise ValueError(f"{k} of {n} is no proportion.")
    low, high = proportion_confint(k, n, alpha=0.05, method=method)
    return Interval(float(low), float(high))

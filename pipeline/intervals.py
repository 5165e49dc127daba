"""The 95 % interval of a proportion, for every stage that prints one. Numbers in, numbers out."""

from __future__ import annotations


def wilson(numerator: int, denominator: int) -> tuple[float, float] | None:
    """Both ends, from 0 to 1, of the Wilson score interval; None without observations.

    Wilson, J Am Stat Assoc 1927;22:209. Raises ValueError unless 0 <= numerator <= denominator.
    """
    # Imported here: it takes a second, and the review opens before it needs an interval.
    from statsmodels.stats.proportion import proportion_confint

    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no proportion.")
    if not denominator:
        return None
    low, high = proportion_confint(numerator, denominator, alpha=0.05, method="wilson")
    return float(low), float(high)

"""Time to an event, where the texts state times. Numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """The share still without the event from this month on, with its 95 % interval."""

    months: float
    n_at_risk: int
    n_events: int
    share: float
    low: float
    high: float


def kaplan_meier(months: Sequence[float], is_event: Sequence[bool]) -> list[Step]:
    """The steps of the Kaplan-Meier curve (J Am Stat Assoc 1958;53:457), from month 0.

    months: time stated for each patient; a patient without a time must not be given. The
    interval is the exponential Greenwood one of lifelines. Empty where nobody is given.
    Raises ValueError for a negative time.
    """
    if not len(months):
        return []
    if min(months) < 0:
        raise ValueError("A time before the start is no time.")
    from lifelines import KaplanMeierFitter  # slow to load, and few corpora state times

    fitter = KaplanMeierFitter().fit(list(months), event_observed=list(is_event))
    table = fitter.event_table
    shares = fitter.survival_function_.iloc[:, 0]
    lows, highs = (fitter.confidence_interval_.iloc[:, column] for column in (0, 1))
    return [
        Step(
            float(month), int(table.at_risk[month]), int(table.observed[month]),
            float(shares[month]), float(lows[month]), float(highs[month]),
        )
        for month in table.index
    ]  # fmt: skip

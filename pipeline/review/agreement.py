"""How far two reviewers agree, and where they do not.

Reads decisions, writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from pipeline.review.choices import name_of
from pipeline.review.decisions import Decision, Place, latest, latest_by_reviewer


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two reviewers on one field: values both judged, values given alike, Cohen's kappa.

    `kappa` is None where both always gave the same single value: chance alone explains it all.
    """

    reviewer_a: str
    reviewer_b: str
    field: str
    n_both: int
    n_alike: int
    percent: float
    kappa: float | None


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A value on which reviewers differ; `adjudicated` is the value that settled it, if any."""

    place: Place
    decisions: tuple[Decision, ...]
    adjudicated: Decision | None


def agreements(decisions: Sequence[Decision]) -> list[Agreement]:
    """For every pair of reviewers and field that both judged, then for 'all fields' together."""
    pairs: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for (_, field), by_reviewer in latest_by_reviewer(decisions).items():
        for a, b in combinations(sorted(by_reviewer), 2):
            given = (stated(by_reviewer[a].value_after), stated(by_reviewer[b].value_after))
            for name in (name_of(field), "all fields"):
                pairs.setdefault((a, b, name), []).append(given)
    return [
        agreement_of(a, b, field, given)
        for (a, b, field), given in sorted(pairs.items(), key=lambda pair: order(*pair[0]))
    ]


def order(a: str, b: str, field: str) -> tuple[str, str, bool, str]:
    return (a, b, field == "all fields", field)


def agreement_of(a: str, b: str, field: str, given: Sequence[tuple[str, str]]) -> Agreement:
    n_alike = sum(one == other for one, other in given)
    return Agreement(
        reviewer_a=a,
        reviewer_b=b,
        field=field,
        n_both=len(given),
        n_alike=n_alike,
        percent=100 * n_alike / len(given),
        kappa=cohens_kappa(given),
    )


def cohens_kappa(given: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance (Cohen, Educ Psychol Meas 1960;20:37); None where undefined."""
    n = len(given)
    if n == 0:
        return None
    observed = sum(one == other for one, other in given) / n
    firsts, seconds = Counter(one for one, _ in given), Counter(other for _, other in given)
    expected = sum(count * seconds[value] for value, count in firsts.items()) / n**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def conflicts(decisions: Sequence[Decision]) -> list[Conflict]:
    """Where reviewers differ, in the order of the file; the open ones first."""
    settled = adjudications(decisions)
    found = [
        Conflict(
            place=place,
            decisions=tuple(by_reviewer[name] for name in sorted(by_reviewer)),
            adjudicated=settled.get(place),
        )
        for place, by_reviewer in latest_by_reviewer(decisions).items()
        if len({stated(one.value_after) for one in by_reviewer.values()}) > 1
    ]
    return sorted(found, key=lambda conflict: conflict.adjudicated is not None)


def adjudications(decisions: Iterable[Decision]) -> dict[Place, Decision]:
    """The last adjudication of each place; it wins over what single reviewers say later."""
    return latest(decision for decision in decisions if decision.is_adjudication)


def stated(value: str) -> str:
    """A value as it is compared: 57.0 as 57, 'not reported' as nothing, no reason of exclusion."""
    if value == "not_reported":
        return ""
    if value.startswith("excluded"):
        return "excluded"
    try:
        return f"{float(value):g}"
    except ValueError:
        return value

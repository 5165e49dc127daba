"""Counts right, wrong and missed values, field by field. Reads values, writes nothing."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.evaluate.values import FIELDS, GoldReport, Values

UNTOLD = "not_reported"
Pair = tuple[Values | None, Values | None]  # annotated and extracted; None where one is missing
BINS = (0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)  # edges of confidence


@dataclass
class Counts:
    """True positives, false positives, false negatives of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        return ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """F1 = 2TP / (2TP + FP + FN); None where there is nothing to find and nothing found."""
        return ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)

    def add(self, other: Counts) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


@dataclass(frozen=True)
class Error:
    """One value that is wrong or missed, with the report it belongs to."""

    report: str
    label: str
    field: str
    kind: str
    value: str


@dataclass
class Score:
    """All counts, errors and judged confidences of an evaluation."""

    counts: dict[str, Counts] = field(default_factory=lambda: {name: Counts() for name in FIELDS})
    errors: list[Error] = field(default_factory=list)
    judged: list[tuple[str, str, str, str, bool]] = field(default_factory=list)

    @property
    def micro(self) -> Counts:
        total = Counts()
        for counts in self.counts.values():
            total.add(counts)
        return total


def ratio(numerator: int, denominator: int) -> float | None:
    return numerator / denominator if denominator else None


def score_report(
    score: Score, gold: GoldReport, patients: Sequence[Values], aggregate: Values
) -> list[Pair]:
    """Add one report; its patients, paired so that the most values agree."""
    pairs = paired(gold.patients, patients)
    for expected, found in pairs:
        compare(score, gold.id, expected, found)
    compare(score, gold.id, gold.aggregate, aggregate)
    return pairs


def compare(score: Score, report: str, expected: Values | None, found: Values | None) -> None:
    label = found.label if found else expected.label if expected else ""
    for name in FIELDS:
        want, got = field_counters(name, expected, found)
        right, wrong, missed = want & got, got - want, want - got
        score.counts[name].add(Counts(right.total(), wrong.total(), missed.total()))
        score.errors += errors_of(report, label, name, "wrong", wrong)
        score.errors += errors_of(report, label, name, "missed", missed)
        score.judged += [(report, label, name, value, True) for value in right.elements()]
        score.judged += [(report, label, name, value, False) for value in wrong.elements()]


def errors_of(
    report: str, label: str, name: str, kind: str, values: Counter[str]
) -> Iterable[Error]:
    return [Error(report, label, name, kind, value) for value in sorted(values.elements())]


def field_counters(
    name: str, expected: Values | None, found: Values | None
) -> tuple[Counter[str], Counter[str]]:
    if name == "responses":
        return response_counter(expected), response_counter(found)
    want = expected.by_field.get(name, Counter()) if expected else Counter()
    got = found.by_field.get(name, Counter()) if found else Counter()
    return want, got


def response_counter(values: Values | None) -> Counter[str]:
    """Responses as 'therapy=response'; a response that is not told is no value."""
    episodes = values.episodes if values else ()
    return Counter(f"{name}={response}" for name, response in episodes if response != UNTOLD)


def paired(expected: Sequence[Values], found: Sequence[Values]) -> list[Pair]:
    """Pairs of gold and found patients with the greatest number of agreeing values.

    All pairings are tried up to seven patients; larger series are paired in order.
    """
    size = max(len(expected), len(found))
    left = [*expected, *[None] * (size - len(expected))]
    right = [*found, *[None] * (size - len(found))]
    if size > 7:
        return list(zip(left, right, strict=True))
    best = max(
        itertools.permutations(range(size)),
        key=lambda order: sum(agreement(left[i], right[j]) for i, j in enumerate(order)),
        default=(),
    )
    return [(left[i], right[j]) for i, j in enumerate(best)]


def agreement(expected: Values | None, found: Values | None) -> int:
    if expected is None or found is None:
        return 0
    same = 0
    for name in FIELDS:
        want, got = field_counters(name, expected, found)
        same += (want & got).total()
    return same


def calibration(judged: Iterable[tuple[float, bool]]) -> list[tuple[str, int, int]]:
    """For each bin of confidence: its name, how many values are right, how many there are."""
    right: dict[int, int] = defaultdict(int)
    total: dict[int, int] = defaultdict(int)
    for confidence, is_right in judged:
        number = sum(confidence >= edge for edge in BINS) - 1
        total[number] += 1
        right[number] += is_right
    names = [f"{low:.2f}-{min(high, 1):.2f}" for low, high in itertools.pairwise(BINS)]
    return [(names[n], right[n], total[n]) for n in sorted(total)]

"""'evaluate': compares what is extracted with the annotated facts, and with two plain baselines.

Reads annotated facts and either the starter corpus or a folder of texts; writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluate.ablation import ABLATIONS, Ablation
from pipeline.evaluate.accuracy import Reading, lines_of_readings, readings
from pipeline.evaluate.baselines import context_baseline, no_aggregate, term_baseline
from pipeline.evaluate.scoring import (
    Counts,
    Error,
    Pair,
    Score,
    calibration,
    score_report,
)
from pipeline.evaluate.values import (
    FIELDS,
    LABEL_AGGREGATE,
    GoldReport,
    Values,
    confidence_of,
    extraction_values,
    read_gold,
)
from pipeline.files import UnreadableFileError
from pipeline.intervals import wilson
from pipeline.records import Article, Extraction, Finding, Screening
from pipeline.rules import Rules


@dataclass(frozen=True)
class Evaluation:
    """The score of the pipeline, of the baselines, and of the screening.

    `readings` counts the yes-or-no facts of the included reports, as for a diagnostic test.
    """

    reports: int
    pipeline: Score
    baselines: Mapping[str, Score]
    confidences: Sequence[tuple[float, bool]]
    readings: Mapping[str, Reading]
    screening_counts: Mapping[str, int]
    screening_errors: Sequence[str]


def evaluate(
    articles: Mapping[str, Article],
    gold: Sequence[GoldReport],
    screen: Callable[[Article], Screening],
    extract: Callable[[Article], Extraction],
    rules: Rules,
    *,
    with_baselines: bool = True,
) -> Evaluation:
    """Score every gold report that has an article; `articles` is keyed by gold id."""
    known = [report for report in gold if report.id in articles]
    score, confidences, pairs = Score(), list[tuple[float, bool]](), list[Pair]()
    decisions = {report.id: screen(articles[report.id]) for report in known}
    for report in known:
        extraction = None
        if decisions[report.id].decision == "included":
            extraction = extract(articles[report.id])
        before = len(score.judged)
        found, aggregate = extraction_values(extraction) if extraction else ([], no_aggregate())
        pairs_here = score_report(score, report, found, aggregate)
        pairs += pairs_here if extraction else ()
        findings = extraction.findings if extraction else ()
        confidences += judged_confidences(score.judged[before:], findings)
    return Evaluation(
        reports=len(known),
        pipeline=score,
        baselines=baseline_scores(known, articles, rules) if with_baselines else {},
        confidences=confidences,
        readings=readings(pairs),
        screening_counts=screening_counts(known, decisions),
        screening_errors=screening_errors(known, decisions),
    )


def ablation_lines(
    articles: Mapping[str, Article],
    gold: Sequence[GoldReport],
    screen: Callable[[Article], Screening],
    extractor: Callable[[Ablation | None], Callable[[Article], Extraction]],
    rules: Rules,
) -> Iterator[str]:
    """Micro precision, recall and F1 of the whole and with each part taken away."""
    yield f"{'what each part brings':<30}{'precision':>10}{'recall':>10}{'F1':>10}"
    for name, ablation in (("all parts", None), *ABLATIONS.items()):
        result = evaluate(articles, gold, screen, extractor(ablation), rules, with_baselines=False)
        micro = result.pipeline.micro
        figures = (micro.precision, micro.recall, micro.f1)
        yield f"{name:<30}" + "".join(f"{number(figure):>10}" for figure in figures)


def judged_confidences(
    judged: Iterable[tuple[str, str, str, str, bool]], findings: Sequence[Finding]
) -> Iterator[tuple[float, bool]]:
    for _, label, name, value, is_right in judged:
        if label == LABEL_AGGREGATE:
            continue
        confidence = confidence_of(findings, name, value, label)
        if confidence is not None:
            yield confidence, is_right


def baseline_scores(
    gold: Sequence[GoldReport], articles: Mapping[str, Article], rules: Rules
) -> dict[str, Score]:
    """The baselines know no screening: they read the eligible reports, as if it were perfect."""
    scores = {}
    for name, make in (("terms", term_baseline), ("terms + medspaCy", context_baseline)):
        read, score = make(rules), Score()
        for report in gold:
            if report.is_eligible:
                score_report(score, report, [read(articles[report.id])], no_aggregate())
        scores[name] = score
    return scores


def screening_counts(
    gold: Sequence[GoldReport], decisions: Mapping[str, Screening]
) -> dict[str, int]:
    counts = {"included": 0, "eligible": 0, "excluded": 0, "ineligible": 0}
    for report in gold:
        is_in = decisions[report.id].decision == "included"
        counts["eligible" if report.is_eligible else "ineligible"] += 1
        counts["included"] += is_in and report.is_eligible
        counts["excluded"] += not is_in and not report.is_eligible
    return counts


def screening_errors(gold: Sequence[GoldReport], decisions: Mapping[str, Screening]) -> list[str]:
    return [
        f"{report.id} {decisions[report.id].decision} ({decisions[report.id].reason}), "
        f"annotated {'eligible' if report.is_eligible else report.exclusion}: {report.short_title}"
        for report in gold
        if (decisions[report.id].decision == "included") != report.is_eligible
    ]


def read_texts(folder: Path, read: Callable[[str, str, str], Article]) -> dict[str, Article]:
    """Articles made of `*.json` files of {"id", "title", "text"}, keyed by id.

    Raises UnreadableFileError naming a file that is no such object.
    """
    articles = {}
    for path in sorted(folder.glob("*.json")):
        try:
            row: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            articles[row["id"]] = read(row["text"], row["id"], row.get("title") or "")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableFileError(
                f'{path} is no report of the form {{"id", "title", "text"}} ({error!r}).'
            ) from error
    return articles


def lines_of(evaluation: Evaluation) -> Iterator[str]:
    """The evaluation as lines of text: table, baselines, screening, confidence, errors."""
    yield f"{evaluation.reports} annotated reports"
    yield ""
    yield from table(evaluation)
    yield ""
    yield from screening_lines(evaluation)
    yield ""
    yield "confidence      right / values"
    for name, right, total in calibration(evaluation.confidences):
        yield f"  {name}   {right:4d} / {total:4d}   {right / total:.2f}"
    yield ""
    yield from error_lines(evaluation.pipeline.errors)


def table(evaluation: Evaluation) -> Iterator[str]:
    names = list(evaluation.baselines)
    header = "".join(f"{name:>18}" for name in names)
    yield (
        f"{'field':<22}{'right':>6}{'wrong':>6}{'missed':>7}"
        f"{'precision (95 % CI)':>24}{'recall (95 % CI)':>24}{'F1':>7}{header}"
    )
    for field in FIELDS:
        others = [evaluation.baselines[name].counts[field] for name in names]
        yield row(field, evaluation.pipeline.counts[field], others)
    micros = [evaluation.baselines[name].micro for name in names]
    yield row("all (micro)", evaluation.pipeline.micro, micros)


def row(name: str, counts: Counts, others: Sequence[Counts]) -> str:
    precision = share(counts.right, counts.right + counts.wrong)
    recall = share(counts.right, counts.right + counts.missed)
    tail = "".join(f"{number(other.f1):>18}" for other in others)
    return (
        f"{name:<22}{counts.right:>6}{counts.wrong:>6}{counts.missed:>7}"
        f"{precision:>24}{recall:>24}{number(counts.f1):>7}{tail}"
    )


def share(numerator: int, denominator: int) -> str:
    interval = wilson(numerator, denominator)
    if interval is None:
        return "-"
    return f"{numerator / denominator:.3f} ({interval[0]:.2f}-{interval[1]:.2f})"


def number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def screening_lines(evaluation: Evaluation) -> Iterator[str]:
    counts = evaluation.screening_counts
    yield (
        f"screening: sensitivity {counts['included']}/{counts['eligible']}, "
        f"specificity {counts['excluded']}/{counts['ineligible']}"
    )
    yield from (f"  {line}" for line in evaluation.screening_errors)


def error_lines(errors: Iterable[Error]) -> Iterator[str]:
    yield "errors"
    for error in sorted(errors, key=lambda e: (e.field, e.report, e.label, e.kind, e.value)):
        yield f"  {error.field:<22}{error.report} /{error.label}  {error.kind:<7}{error.value}"


__all__ = [
    "Evaluation",
    "Values",
    "ablation_lines",
    "evaluate",
    "lines_of",
    "lines_of_readings",
    "read_gold",
    "read_texts",
]

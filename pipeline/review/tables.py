"""The rows of the tables on the page, each a dictionary from heading to cell.

Reads what the review knows, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.review.agreement import Conflict, agreements
from pipeline.review.audit import measure
from pipeline.review.corpus import Corpus, Value
from pipeline.review.decisions import Decision, latest
from pipeline.review.look import Row


def queue_rows(values: Iterable[Value], quotes: Mapping[str, str]) -> list[Row]:
    return [
        {
            "patient": value.patient_id,
            "field": value.field,
            "value": value.value,
            "confidence": value.confidence,
            "words": quotes.get(value.finding_id or ""),
        }
        for value in values
    ]


def report_rows(corpus: Corpus, to_read: Iterable[str]) -> list[Row]:
    """All reports; `to_read` are those that the audit wants read in full."""
    wanted = set(to_read)
    return [
        {
            "report": article_id,
            "year": str(article["year"] or ""),
            "decision": article["decision"],
            "reason": article["reason"],
            "patients": len(corpus.patients.get(article_id, ())),
            "extraction": article["extraction"],
            "to read in full": "yes" if article_id in wanted else "",
            "title": article["title"],
        }
        for article_id, article in corpus.articles.items()
    ]


def pair_rows(corpus: Corpus, decisions: Iterable[Decision]) -> list[Row]:
    """Pairs who may be one person with what was decided, also since the last run."""
    decided = {
        place: decision
        for place, decision in latest(decisions).items()
        if place[1].startswith("duplicate[")
    }
    rows = []
    for pair in corpus.duplicates:
        low, high = sorted((pair["patient_id_a"], pair["patient_id_b"]))
        new = decided.pop((low, f"duplicate[{high}]"), None)
        rows.append({**pair, "decision": new.value_after if new else pair["decision"]})
    return rows + [added_pair(decision) for decision in decided.values()]


def added_pair(decision: Decision) -> Row:
    """A pair that a person found; the next run lists it with the others."""
    return {
        "patient_id_a": decision.place[0],
        "patient_id_b": decision.place[1].partition("[")[2].removesuffix("]"),
        "points": 0,
        "reason": "found by a person",
        "decision": decision.value_after,
    }


def conflict_rows(conflicts: Sequence[Conflict]) -> list[Row]:
    """Where reviewers differ: one column for each of them; `n` counts from 0."""
    return [
        {
            "n": number,
            "about": conflict.place[0],
            "field": conflict.place[1],
            **{one.reviewer: one.value_after or "not stated" for one in conflict.decisions},
            "adjudicated": (conflict.adjudicated.value_after or "not stated")
            if conflict.adjudicated
            else "",
        }
        for number, conflict in enumerate(conflicts)
    ]


def agreement_rows(decisions: Sequence[Decision]) -> list[Row]:
    return [
        {
            "reviewers": f"{one.reviewer_a}, {one.reviewer_b}",
            "field": one.field,
            "judged by both": one.n_both,
            "alike": one.n_alike,
            "percent": round(one.percent, 1),
            "Cohen's kappa": "undefined" if one.kappa is None else f"{one.kappa:.2f}",
        }
        for one in agreements(decisions)
    ]


def accuracy_rows(corpus: Corpus, decisions: Sequence[Decision]) -> list[Row]:
    return [
        {
            "field": one.field,
            "read from": one.text_basis,
            "precision (95 % interval)": proportion_text(
                one.precision, one.precision_low, one.precision_high, one.n_right, one.n_audited
            ),
            "recall (95 % interval)": proportion_text(
                one.recall, one.recall_low, one.recall_high, one.n_found, one.n_stated
            ),
        }
        for one in measure(corpus, decisions)
    ]


def proportion_text(
    share: float | None, low: float | None, high: float | None, k: int, n: int
) -> str:
    return "–" if share is None else f"{share:.2f} ({low:.2f} to {high:.2f}), {k}/{n}"


def decision_rows(corpus: Corpus, decisions: Sequence[Decision]) -> list[Row]:
    """All decisions, the latest first, each with its state."""
    applied = {row["line"]: row for row in corpus.decisions}
    return [
        {
            "line": one.line,
            "state": state_of(one, applied.get(one.line)),
            "reviewer": one.reviewer,
            "when": one.reviewed_on,
            "about": one.patient_id or one.article_id,
            "field": one.field,
            "before": one.value_before,
            "after": one.value_after,
            "reason": one.reason,
        }
        for one in reversed(decisions)
    ]


def state_of(decision: Decision, applied: Row | None) -> str:
    """What the last run made of a decision; `applied` is its row of the table `corrections`."""
    columns = ("reviewer", "reviewed_on", "patient_id", "field", "value_after")
    if applied is None or any((applied[c] or "") != getattr(decision, c) for c in columns):
        return "waits for the next run"
    if applied["is_stale"]:
        return f"stale: {applied['stale_reason']}"
    return "superseded by a later row" if applied["is_superseded"] else "holds"

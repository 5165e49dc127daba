"""The queue: which value to look at next, and how far the review has come.

Reads a corpus and the decisions, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from pipeline.review.corpus import Corpus, Value
from pipeline.review.decisions import Decision, Place, latest, latest_by_reviewer

Show = Literal["to decide", "decided by me", "decided by anyone", "all"]
SHOWS: tuple[Show, ...] = ("to decide", "decided by me", "decided by anyone", "all")
# Without a confidence the program says nothing for the value: look at it first.
UNKNOWN_CONFIDENCE = 0.0


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What the queue shows; empty means everything. `is_blind` hides what others decided.

    `report` is an id, with or without its 'PMID:'.
    `said` are the findings whose sentence has `text` in it.
    With a `sample` only its places are shown, and only decisions whose reason begins with `mark`
    count as made.
    """

    show: Show = "to decide"
    fields: tuple[str, ...] = ()
    report: str = ""
    text: str = ""
    said: frozenset[str] = frozenset()
    only_untouched: bool = False
    only_new: bool = False
    is_blind: bool = False
    reviewer: str = ""
    sample: frozenset[Place] | None = None
    mark: str = ""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Values of pooled patients, how many anyone decided, and how many this reviewer did."""

    n_values: int
    n_decided: int
    n_mine: int
    n_reports: int
    n_reports_done: int


def doubt_times_weight(value: Value) -> float:
    """How doubtful a value is, times its share of the pooled figure that it is part of.

    The share is taken as 1/sqrt(n): the error that one wrong value makes in a figure of n
    patients, measured in standard errors of that figure, falls like this.
    """
    doubt = 1 - (UNKNOWN_CONFIDENCE if value.confidence is None else value.confidence)
    return doubt / max(value.n_alike, 1) ** 0.5 if value.is_pooled else 0.0


def make_queue(corpus: Corpus, decisions: Sequence[Decision], filters: Filters) -> list[Value]:
    """The values that pass the filters, most doubtful and most influential first."""
    wanted = decided_places(decisions, filters)
    touched = {decision.article_id for decision in decisions} if filters.only_untouched else set()
    needle = filters.text.casefold().strip()
    found = [
        value
        for value in corpus.values
        if passes(value, filters, wanted)
        and value.article_id not in touched
        and (not filters.only_new or corpus.articles[value.article_id]["is_new"])
        and (not needle or value.finding_id in filters.said or needle in haystack(value, corpus))
    ]
    return sorted(found, key=lambda value: (-doubt_times_weight(value), value.place))


def decided_places(decisions: Sequence[Decision], filters: Filters) -> Mapping[Place, Decision]:
    mine = filters.is_blind or filters.show == "decided by me"
    return latest(
        one
        for one in decisions
        if (not mine or one.reviewer == filters.reviewer) and one.reason.startswith(filters.mark)
    )


def passes(value: Value, filters: Filters, decided: Mapping[Place, Decision]) -> bool:
    if filters.fields and value.name not in filters.fields:
        return False
    if filters.report and not is_of_report(value, filters.report):
        return False
    if filters.sample is not None and value.place not in filters.sample:
        return False
    if filters.show == "all":
        return True
    return (value.place in decided) != (filters.show == "to decide")


def is_of_report(value: Value, report: str) -> bool:
    """Whether it is of the report with this id, written with or without 'PMID:'."""
    return report.strip() in (value.article_id, value.article_id.partition(":")[2])


def haystack(value: Value, corpus: Corpus) -> str:
    article = corpus.articles[value.article_id]
    parts = (value.patient_id, value.field, value.value, article["title"])
    return " ".join(str(part or "") for part in parts).casefold()


def next_of(queue: Sequence[Value], place: Place | None, step: int = 1) -> Place | None:
    """The place after (or before) one in the queue; the first where it is not in it any more."""
    places = [value.place for value in queue]
    if not places:
        return None
    if place not in places:
        return places[0]
    return places[min(max(places.index(place) + step, 0), len(places) - 1)]


def progress_of(corpus: Corpus, decisions: Sequence[Decision], reviewer: str) -> Progress:
    """Counts over the values of pooled patients; a report is done when all of them are decided."""
    by_place = latest_by_reviewer(decisions)
    settled = latest(decisions)
    pooled = [value for value in corpus.values if value.is_pooled]
    reports = {value.article_id for value in pooled}
    open_reports = {value.article_id for value in pooled if value.place not in settled}
    return Progress(
        n_values=len(pooled),
        n_decided=sum(value.place in settled for value in pooled),
        n_mine=sum(reviewer in by_place.get(value.place, {}) for value in pooled),
        n_reports=len(reports),
        n_reports_done=len(reports - open_reports),
    )


def place_after(queue: Sequence[Value], place: Place) -> Place | None:
    """Where to go once this place is decided; None where it was the last one."""
    left = [value.place for value in queue if value.place != place]
    following = next_of(queue, place)
    return following if following in left else (left[0] if left else None)


def fields_of(values: Iterable[Value]) -> list[str]:
    return sorted({value.name for value in values})

"""What a refresh changed, in PRISMA terms: a record for the DuckDB file and lines for people.

Reads the rows of a run, writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.retrieve.manifest import Key, Row
from pipeline.retrieve.runs import Run, now_text
from pipeline.retrieve.search import SearchAnswer


class QueryReport(msgspec.Struct, frozen=True, kw_only=True):
    """A search as sent and as PubMed translated it, its count and PubMed's warnings."""

    name: str
    database: str
    sent: str
    translated: str
    count: int
    warnings: tuple[str, ...] = ()


class Refresh(msgspec.Struct, frozen=True, kw_only=True):
    """What one refresh did. Ids are PMIDs, full-text ids PMCIDs, both bare numbers.

    `n_duplicates` counts PMC hits that PubMed had found as well.
    `retracted`, `concerns`, `errata` and `updates` name records whose notice is new to us.
    `checked` were fetched because they seemed revised, and were not.
    """

    run: str
    started_on: str
    finished_on: str
    is_dry_run: bool = False
    is_changed: bool = False
    queries: tuple[QueryReport, ...] = ()
    n_requests: int = 0
    n_stored: int = 0
    n_new_expected: int = 0
    n_duplicates: int = 0
    new: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()
    full_text_obtained: tuple[str, ...] = ()
    full_text_blocked: tuple[str, ...] = ()
    full_text_absent: tuple[str, ...] = ()
    full_text_failed: tuple[str, ...] = ()
    n_full_text: int = 0
    n_full_text_blocked: int = 0
    n_without_pmcid: int = 0


NOTICE_FIELDS = {
    "retracted": ("RetractionIn", "RetractedandRepublishedIn", "Retracted Publication"),
    "concerns": ("ExpressionOfConcernIn",),
    "errata": ("ErratumIn",),
    "updates": ("UpdateIn", "CorrectedandRepublishedIn"),
}


def summarise(run: Run) -> Refresh:
    """What the rows of a run, compared with the rows before them, amount to."""
    stored = run.manifest.stored("pubmed")
    states = run.manifest.states.values()
    articles = [row for row in states if row.database == "pmc"]
    changes = _changes(run)
    result = Refresh(
        run=run.name,
        started_on=run.log.started_on,
        finished_on=run.log.finished_on or now_text(),
        is_changed=any(ids for name, ids in changes.items() if name not in _NO_CHANGE),
        queries=query_reports(list(run.log.searches.values())),
        n_requests=run.client.n_requests,
        n_stored=len(stored),
        n_duplicates=_n_duplicates(run),
        n_full_text=sum(row.status == "fetched" for row in articles),
        n_full_text_blocked=sum(row.status == "blocked" for row in articles),
        n_without_pmcid=sum(not row.pmcid for row in stored.values()),
    )
    return msgspec.structs.replace(result, **changes)


_NO_CHANGE = ("checked", "absent", "failed", "full_text_absent", "full_text_failed")


def query_reports(answers: Sequence[SearchAnswer]) -> tuple[QueryReport, ...]:
    return tuple(
        QueryReport(
            name=a.name,
            database=a.database,
            sent=a.sent,
            translated=a.translated,
            count=a.count,
            warnings=a.warnings,
        )
        for a in answers
    )


def _changes(run: Run) -> dict[str, tuple[str, ...]]:
    """The ids of each kind of change, in numeric order."""
    kinds: dict[str, set[str]] = {}
    before: dict[Key, Row] = {}
    for row in run.manifest.rows:
        if row.run == run.name:
            for kind in _kinds_of_change(row, before.get(row.key)):
                kinds.setdefault(kind, set()).add(row.id)
        before[row.key] = row
    for row in before.values():  # rows of this run may have been superseded within it
        if row.file and row.database == "pubmed" and row.status != "absent":
            for kind in ("absent", "failed"):
                kinds.get(kind, set()).discard(row.id)
        if row.database == "pmc" and row.status == "fetched":
            for kind in ("full_text_absent", "full_text_failed", "full_text_blocked"):
                kinds.get(kind, set()).discard(row.id)
    return {kind: tuple(sorted(ids, key=int)) for kind, ids in kinds.items() if ids}


def _kinds_of_change(row: Row, before: Row | None) -> list[str]:
    if row.database == "pmc":
        name = "obtained" if row.status == "fetched" else row.status
        return [f"full_text_{name}"]
    kinds = _kinds_of_arrival(row, before)
    old = set(before.notices) if before else set()
    fresh = [notice for notice in row.notices if notice not in old]
    for field, starts in NOTICE_FIELDS.items():
        if any(notice.startswith(starts) for notice in fresh):
            kinds.append(field)
    return kinds


def _kinds_of_arrival(row: Row, before: Row | None) -> list[str]:
    if row.status in ("absent", "failed", "deleted"):
        return [row.status]
    if row.status == "left":
        is_known = before is not None and before.status in ("left", "deleted")
        is_same = before is not None and before.record_sha256 == row.record_sha256
        return (["checked"] if is_same else ["revised"]) if is_known else ["left"]
    if row.reason == "revised":
        return ["checked"] if row.is_unchanged else ["revised"]
    return [row.reason if row.reason in ("returned", "repaired") else "new"]


def _n_duplicates(run: Run) -> int:
    """PMC hits that are records of the PubMed search too."""
    if "pmc" not in run.log.searches:
        return 0
    found = set(run.log.searches["pubmed"].ids)
    stored = run.manifest.stored("pubmed")
    pmcids = {row.pmcid for i, row in stored.items() if i in found}
    articles = run.manifest.states
    return sum(
        pmcid in pmcids or ((row := articles.get(("pmc", pmcid))) is not None and row.pmid in found)
        for pmcid in run.log.searches["pmc"].ids
    )


def dry_refresh(
    answers: Sequence[SearchAnswer], started_on: str, n_requests: int, n_new: int
) -> Refresh:
    """The Refresh of a dry run: counts, nothing fetched."""
    return Refresh(
        run="",
        started_on=started_on,
        finished_on=now_text(),
        is_dry_run=True,
        queries=query_reports(answers),
        n_requests=n_requests,
        n_new_expected=n_new,
    )

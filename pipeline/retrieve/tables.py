"""What retrieval knows of every record and what each refresh changed, as rows for the DuckDB file.

Reads `extracted/raw/manifest.jsonl` and the logs in `extracted/raw/runs/`, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.retrieve.manifest import Key, Row, latest, read_manifest
from pipeline.retrieve.runs import RunLog, read_logs
from pipeline.retrieve.summary import NOTICE_FIELDS, Refresh

TableRow = dict[str, Any]

# The fields of Refresh that name changed records: database, the change as the table calls it, why.
CHANGES = {
    "new": ("pubmed", "new", "found by the search for the first time"),
    "revised": ("pubmed", "revised", "PubMed sent another text than before"),
    "repaired": ("pubmed", "repaired", "the copy kept here was damaged and was fetched anew"),
    "left": ("pubmed", "left", "the search finds it no longer; PubMed still has it"),
    "returned": ("pubmed", "returned", "the search finds it again"),
    "deleted": ("pubmed", "deleted", "the search finds it no longer and PubMed does not send it"),
    "absent": ("pubmed", "absent", "the search lists it and PubMed did not send it"),
    "failed": ("pubmed", "failed", "Entrez failed whenever it was asked for"),
    "retracted": ("pubmed", "retracted", ""),
    "concerns": ("pubmed", "expression of concern", ""),
    "errata": ("pubmed", "erratum", ""),
    "updates": ("pubmed", "updated", ""),
    "full_text_obtained": ("pmc", "full text obtained", "PMC sent the body of the article"),
    "full_text_blocked": ("pmc", "full text blocked", ""),
    "full_text_absent": ("pmc", "full text absent", ""),
    "full_text_failed": ("pmc", "full text failed", ""),
}
PUBMED_STATUS = {"fetched": "current"}  # other states keep their name
PMC_STATUS = {"fetched": "obtained"}


def retrieval_tables(extracted_dir: Path) -> dict[str, list[TableRow]]:
    """The rows of `refreshes`, `searches`, `retrieval` and `refresh_changes`, oldest first.

    Ids are PMIDs, and PMCIDs with their prefix. A refresh that was cut off has no end and no
    changes yet: they are told by the run that completes it.
    """
    rows = read_manifest(extracted_dir / "raw" / "manifest.jsonl")
    states = latest(rows)
    logs = read_logs(extracted_dir)
    return {
        "refreshes": [_refresh_row(log) for log in logs],
        "searches": [row for log in logs for row in _search_rows(log)],
        "retrieval": _record_rows(rows, states, logs),
        "refresh_changes": [row for log in logs for row in _change_rows(log, states)],
    }


def summary_of(log: RunLog) -> Refresh | None:
    """What a refresh told when it ended; None where it was cut off or its log is damaged."""
    if log.finished_on is None or log.summary is None:
        return None
    try:
        return msgspec.convert(log.summary, Refresh)
    except msgspec.ValidationError:
        return None


def _refresh_row(log: RunLog) -> TableRow:
    result = summary_of(log)
    return {
        "refresh_id": log.run,
        "started_on": log.started_on,
        "finished_on": log.finished_on,
        "n_duplicates": result.n_duplicates if result else None,
        "n_requests": result.n_requests if result else None,
        "n_stored": result.n_stored if result else None,
        "n_full_text": result.n_full_text if result else None,
    }


def _search_rows(log: RunLog) -> list[TableRow]:
    return [
        {
            "refresh_id": log.run,
            "name": answer.name,
            "database": answer.database,
            "purpose": "revisions" if answer.name == "revised" else "identification",
            "sent": answer.sent,
            "translated": answer.translated,
            "n_found": answer.count,
            "warnings": list(answer.warnings),
        }
        for answer in log.searches.values()
    ]


def _record_rows(
    rows: Iterable[Row], states: dict[Key, Row], logs: Sequence[RunLog]
) -> list[TableRow]:
    """One row for each PubMed record and each PMC article that was ever asked for."""
    first: dict[Key, str] = {}
    for row in rows:
        if row.file is not None:
            first.setdefault(row.key, row.fetched_on)
    finished = [log for log in logs if log.finished_on]
    pmc = finished[-1].searches.get("pmc") if finished else None
    found = set(pmc.ids) if pmc else set()
    for row in states.values():  # an article of a record is wanted as long as the record is
        if row.database == "pubmed" and row.pmcid and _is_searched(row):
            found.add(row.pmcid)
    given = [row for row in states.values() if row.database != "import"]
    given.sort(key=lambda row: (row.database, int(row.id)))
    return [
        (_pubmed_row(row, states) if row.database == "pubmed" else _pmc_row(row, found))
        | {"first_fetched_on": first.get(row.key)}
        for row in given
    ]


def _is_searched(row: Row) -> bool:
    return row.status not in ("left", "deleted")


def _common(row: Row) -> TableRow:
    return {
        "database": row.database,
        "fetched_on": row.fetched_on if row.file else None,
        "raw_file": row.file,
        "message": row.message,
    }


def _pubmed_row(row: Row, states: dict[Key, Row]) -> TableRow:
    status, reason = _full_text(row, states)
    return _common(row) | {
        "record_id": row.id,
        "status": PUBMED_STATUS.get(row.status, row.status),
        "is_in_current_search": _is_searched(row),
        "revised_on": row.revised_on,
        "pmcid": _prefixed(row.pmcid),
        "notices": list(row.notices),
        "full_text_status": status,
        "full_text_reason": reason,
    }


def _full_text(row: Row, states: dict[Key, Row]) -> tuple[str, str | None]:
    """Whether the full text of a record was obtained, and why not."""
    if row.file is None:
        return "not_asked", "the record itself was not received"
    if row.pmcid is None:
        return "not_in_pmc", "PubMed names no PMC article for it"
    article = states.get(("pmc", row.pmcid))
    if article is None:
        return "not_asked", "the refresh was cut off before"
    return PMC_STATUS.get(article.status, article.status), article.message


def _pmc_row(row: Row, found: set[str]) -> TableRow:
    return _common(row) | {
        "record_id": _prefixed(row.id),
        "status": PMC_STATUS.get(row.status, row.status),
        "is_in_current_search": row.id in found,
        "pmcid": _prefixed(row.id),
        "licence": row.licence,
        "notices": [],
    }


def _prefixed(pmcid: str | None) -> str | None:
    return f"PMC{pmcid}" if pmcid else None


def _change_rows(log: RunLog, states: dict[Key, Row]) -> list[TableRow]:
    result = summary_of(log)
    if result is None:
        return []
    return [
        {
            "refresh_id": log.run,
            "changed_on": log.finished_on,
            "database": database,
            "record_id": _prefixed(i) if database == "pmc" else i,
            "change": change,
            "reason": reason or _stated_reason(states.get((database, i)), field),
        }
        for field, (database, change, reason) in CHANGES.items()
        for i in getattr(result, field)
    ]


def _stated_reason(row: Row | None, field: str) -> str | None:
    """The notices of a record, or what PMC said of an article."""
    if row is None:
        return None
    starts = NOTICE_FIELDS.get(field)
    if starts is None:
        return row.message
    return "; ".join(notice for notice in row.notices if notice.startswith(starts)) or None

"""Fetching PubMed records in batches, which split where one record spoils them.

Reads Entrez, writes `extracted/raw/pubmed/` and the manifest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pipeline.files import write_atomically
from pipeline.retrieve.adopt import pubmed_rows
from pipeline.retrieve.errors import Trouble
from pipeline.retrieve.manifest import Row
from pipeline.retrieve.received import PubmedRecord, pubmed_records
from pipeline.retrieve.runs import Run, now_text, progress_of

TRIES_OF_A_PIECE = 1  # of a batch that failed as a whole; it is split further instead ...
TRIES_OF_ONE = 3  # ... down to single records


def fetch_pubmed(run: Run, reasons: Mapping[str, str]) -> None:
    """Fetch the PubMed records of `reasons` (id to why), in numeric order.

    Ids that an answer leaves out are asked for once more, then entered as absent or deleted.
    """
    wanted = sorted(reasons, key=int)
    if not wanted:
        return
    progress = progress_of(run, "PubMed records", len(wanted))
    arrived: set[str] = set()
    for ids in _batches(wanted, run.client.pace.batch_size):
        arrived |= _fetch_piece(run, ids, reasons, run.client.pace.tries)
        progress(len(arrived))
    missing = [i for i in wanted if i not in arrived and not _has_failed(run, i)]
    for ids in _batches(missing, run.client.pace.batch_size):
        arrived |= _fetch_piece(run, ids, reasons, run.client.pace.tries)
    for pmid in missing:
        if pmid not in arrived and not _has_failed(run, pmid):
            run.not_sent.add(("pubmed", pmid))
            run.manifest.append([_absent_row(run, pmid, reasons[pmid])])


def _batches(ids: Sequence[str], size: int) -> list[Sequence[str]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _fetch_piece(run: Run, ids: Sequence[str], reasons: Mapping[str, str], tries: int) -> set[str]:
    """Fetch and store some records; the ids that arrived.

    A piece that fails is halved down to single records, so that one cannot block the others.
    """
    try:
        body, records = run.client.ask(
            "efetch", pubmed_records, tries, db="pubmed", id=",".join(ids), retmode="xml"
        )
    except Trouble as trouble:
        if not trouble.is_splittable:
            raise
        if len(ids) == 1:
            run.failed.add(("pubmed", ids[0]))
            run.manifest.append([_failed_row(run, ids[0], trouble)])
            return set()
        run.client.pause()
        middle = len(ids) // 2
        halves = (ids[:middle], ids[middle:])
        return set().union(*(_fetch_piece(run, h, reasons, _tries_of(h)) for h in halves))
    return _store(run, body, records, ids, reasons)


def _tries_of(ids: Sequence[str]) -> int:
    return TRIES_OF_ONE if len(ids) == 1 else TRIES_OF_A_PIECE


def _store(
    run: Run,
    body: bytes,
    records: Sequence[PubmedRecord],
    ids: Sequence[str],
    reasons: Mapping[str, str],
) -> set[str]:
    """Write an answer as it came, then its manifest rows."""
    if not records:
        return set()
    folder = run.extracted_dir / "raw" / "pubmed"
    number = len(list(folder.glob(f"{run.name}.*.xml"))) + 1
    path = folder / f"{run.name}.{number:04}.xml"
    write_atomically(path, body)
    file = path.relative_to(run.extracted_dir).as_posix()
    run.manifest.append(pubmed_rows(run.manifest, body, records, file, reasons))
    got = {record.pmid for record in records}
    if unasked := got - set(ids):
        run.report(f"PubMed sent records that were not asked for: {', '.join(sorted(unasked))}.")
    return got & set(ids)


def _has_failed(run: Run, pmid: str) -> bool:
    return ("pubmed", pmid) in run.failed


def _failed_row(run: Run, pmid: str, trouble: Trouble) -> Row:
    """A record that could not be had this time; a copy of before is kept."""
    before = run.manifest.states.get(("pubmed", pmid))
    tries = (before.tries if before else 0) + 1
    message = f"Entrez {trouble.reason}"
    if before is not None and before.file:
        return msgspec.structs.replace(before, tries=tries, message=message)
    return Row(
        id=pmid,
        database="pubmed",
        status="failed",
        run=run.name,
        fetched_on=now_text(),
        tries=tries,
        message=message,
    )


def _absent_row(run: Run, pmid: str, reason: str) -> Row:
    """A record that PubMed lists or once had, and did not send when asked twice."""
    before = run.manifest.states.get(("pubmed", pmid))
    message = f"asked for twice on {now_text()[:10]} and not sent"
    tries = (before.tries if before else 0) + 1
    if before is not None and before.file:
        # the old copy keeps its run at first, so that a run that goes on asks once more
        return msgspec.structs.replace(
            before,
            status="deleted" if reason == "left" else "absent",
            run=before.run if reason != "left" and tries == 1 else run.name,
            reason=reason,
            tries=tries,
            message=message,
        )
    return Row(
        id=pmid,
        database="pubmed",
        status="absent",
        run=run.name,
        fetched_on=now_text(),
        reason=reason,
        tries=tries,
        message=message,
    )

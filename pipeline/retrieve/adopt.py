"""Manifest rows for raw files: of a file just written, or of one whose run was killed before its
rows were. Reads `extracted/raw/`, writes the manifest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.files import sha256_of
from pipeline.retrieve.errors import Trouble
from pipeline.retrieve.manifest import Manifest, Row
from pipeline.retrieve.received import PmcArticle, PubmedRecord, pmc_article, pubmed_records
from pipeline.retrieve.runs import now_text


def pubmed_rows(
    manifest: Manifest,
    body: bytes,
    records: Sequence[PubmedRecord],
    file: str,
    reasons: Mapping[str, str],
) -> list[Row]:
    """One row per record of a PubMed answer stored as `file` (relative to extracted/).

    `reasons` says why each id was asked for; without one it is new or revised.
    """
    unique = {record.pmid: record for record in records}
    checksum, received_on = sha256_of(body), now_text()
    rows = []
    for record in unique.values():
        before = manifest.states.get(("pubmed", record.pmid))
        reason = reasons.get(record.pmid) or ("revised" if before and before.file else "new")
        is_same = before is not None and before.record_sha256 == record.sha256
        rows.append(
            Row(
                id=record.pmid,
                database="pubmed",
                status="left" if reason == "left" else "fetched",
                run=run_of(file),
                fetched_on=received_on,
                reason=reason,
                file=file,
                sha256=checksum,
                n_records=len(unique),
                record_sha256=record.sha256,
                revised_on=record.revised_on,
                pmcid=record.pmcid,
                notices=record.notices,
                is_unchanged=reason == "revised" and is_same,
            )
        )
    return rows


def pmc_row(body: bytes, pmcid: str, article: PmcArticle, file: str, run: str) -> Row:
    """The row of a PMC answer stored as `file`; blocked where it holds no body text."""
    return Row(
        id=pmcid,
        database="pmc",
        status="fetched" if article.has_body else "blocked",
        run=run,
        fetched_on=now_text(),
        reason="full text",
        file=file,
        sha256=sha256_of(body),
        record_sha256=sha256_of(body),
        pmid=article.pmid,
        licence=article.licence,
        message=article.reason,
    )


def run_of(file: str) -> str:
    """The run in the name of a PubMed batch: raw/pubmed/<run>.<number>.xml."""
    return Path(file).name.partition(".")[0]


def adopt_orphans(manifest: Manifest, extracted_dir: Path, run: str) -> int:
    """Enter raw files that were written whole but whose rows are missing; how many there were.

    `run` is the run that a full text without a run in its name is entered under.
    """
    n_rows: dict[str, set[str]] = {}
    n_records: dict[str, int] = {}
    for row in manifest.rows:
        if row.file is not None:
            n_rows.setdefault(row.file, set()).add(row.id)
            n_records[row.file] = row.n_records
    n_adopted = 0
    for folder in ("pubmed", "pmc"):
        for path in sorted((extracted_dir / "raw" / folder).glob("[!.]*.xml")):
            file = path.relative_to(extracted_dir).as_posix()
            known = n_rows.get(file, set())
            if not known or len(known) < n_records[file]:
                rows = _rows_of_file(manifest, path, file, run)
                manifest.append([row for row in rows if row.id not in known])
                n_adopted += bool(rows)
    return n_adopted


def _rows_of_file(manifest: Manifest, path: Path, file: str, run: str) -> list[Row]:
    """The rows a raw file deserves; none where it is not what its name says."""
    body = path.read_bytes()
    try:
        if path.parent.name == "pubmed":
            return pubmed_rows(manifest, body, pubmed_records(body), file, {})
        pmcid = path.name.partition(".")[0].removeprefix("PMC")
        article = pmc_article(body, pmcid)
    except Trouble:
        return []
    return [pmc_row(body, pmcid, article, file, run)] if article else []

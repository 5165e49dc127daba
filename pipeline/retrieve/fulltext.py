"""Fetching full texts from PMC, one article at a time.

Reads Entrez, writes `extracted/raw/pmc/` and the manifest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.files import write_atomically
from pipeline.retrieve.adopt import pmc_row
from pipeline.retrieve.errors import Trouble
from pipeline.retrieve.manifest import Row
from pipeline.retrieve.received import is_not_available, pmc_article
from pipeline.retrieve.runs import Run, now_text, progress_of


def fetch_full_texts(run: Run, pmcids: Sequence[str]) -> None:
    """Fetch articles of PMC one by one; each ends fetched, blocked, absent or failed."""
    progress = progress_of(run, "PMC articles", len(pmcids))
    for number, pmcid in enumerate(pmcids, start=1):
        try:
            row = _fetch_article(run, pmcid) or _fetch_article(run, pmcid)
        except Trouble as trouble:
            if not trouble.is_splittable:
                raise
            row = _row_of_trouble(run, pmcid, trouble)
        row = row or _no_article_row(run, pmcid, "absent", "PMC does not have it")
        run.manifest.append([row])
        if number % 10 == 0 or number == len(pmcids):
            progress(number)


def _row_of_trouble(run: Run, pmcid: str, trouble: Trouble) -> Row | None:
    """Failed, or None where all tries said that PMC does not have the article."""
    if is_not_available(trouble):
        return None
    run.failed.add(("pmc", pmcid))
    return _no_article_row(run, pmcid, "failed", f"Entrez {trouble.reason}")


def _fetch_article(run: Run, pmcid: str) -> Row | None:
    """Fetch and store one article; None where PMC does not have it."""
    body, article = run.client.ask(
        "efetch",
        lambda answer: pmc_article(answer, pmcid),
        run.client.pace.tries,
        db="pmc",
        id=pmcid,
        retmode="xml",
    )
    if article is None:
        return None
    path = run.extracted_dir / "raw" / "pmc" / f"PMC{pmcid}.xml"
    if path.exists():  # what was received before is never overwritten
        path = path.with_name(f"PMC{pmcid}.{run.name}.xml")
    write_atomically(path, body)
    file = path.relative_to(run.extracted_dir).as_posix()
    return pmc_row(body, pmcid, article, file, run.name)


def _no_article_row(run: Run, pmcid: str, status: Literal["absent", "failed"], message: str) -> Row:
    before = run.manifest.states.get(("pmc", pmcid))
    tries = (before.tries if before else 0) + 1
    if before is not None and before.file:  # the publisher's front matter of before is kept
        return msgspec.structs.replace(before, tries=tries, message=message)
    return Row(
        id=pmcid,
        database="pmc",
        status=status,
        run=run.name,
        fetched_on=now_text(),
        reason="full text",
        tries=tries,
        message=message,
    )

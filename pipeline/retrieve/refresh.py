"""One refresh of the corpus, in order: search, PubMed records, full texts, what changed.

Reads Entrez and `extracted/raw/`, writes `extracted/raw/` only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from pipeline.files import UnreadableFileError
from pipeline.retrieve.adopt import adopt_orphans
from pipeline.retrieve.dry import dry_run as count_only
from pipeline.retrieve.entrez import Client
from pipeline.retrieve.errors import RetrieveError, Trouble
from pipeline.retrieve.fetch import fetch_pubmed
from pipeline.retrieve.fulltext import fetch_full_texts
from pipeline.retrieve.manifest import Manifest, Row
from pipeline.retrieve.messages import unavailable
from pipeline.retrieve.needed import (
    check_complete,
    companions,
    full_texts_to_fetch,
    records_to_fetch,
)
from pipeline.retrieve.pace import Pace
from pipeline.retrieve.plan import LONG_AGO, Plan, eastern_day, read_plan, revision_term
from pipeline.retrieve.raw import forget_damaged
from pipeline.retrieve.runs import Run, last_trusted, log_to_go_on_with, now, now_text, read_logs
from pipeline.retrieve.search import search_ids
from pipeline.retrieve.summary import Refresh, summarise
from pipeline.settings import Settings, redactor


def refresh(
    search: Mapping[str, Any],
    settings: Settings,
    report: Callable[[str], None],
    dry_run: bool = False,
    pace: Pace | None = None,
) -> Refresh:
    """Bring `extracted/raw/` up to date with PubMed and PMC and say what changed.

    `search` is the [search] table of a disease file; `report` receives lines of progress.
    A dry run asks for counts only and writes nothing; otherwise the caller holds `run_lock`.
    Raises EntrezUnavailable or RetrieveError with one sentence that says what to do; nothing but
    `extracted/raw/` was touched then, and the next refresh goes on from there.
    """
    redact = redactor(settings)
    try:
        _check_identity(settings)
        plan = read_plan(search)
        client = Client(settings, pace or Pace(), report)
        if dry_run:
            return count_only(plan, client, settings)
        return _refresh(plan, client, settings)
    except Trouble as trouble:
        failure = unavailable(trouble)
        raise type(failure)(redact(str(failure))) from None
    except RetrieveError as error:
        raise type(error)(redact(str(error))) from None
    except UnreadableFileError as error:
        raise RetrieveError(str(error)) from None
    except OSError as error:
        raise RetrieveError(
            f"{error.filename or settings.extracted_dir} cannot be written or read"
            f" ({error.strerror}): make room or allow it, then run again."
        ) from None


def _check_identity(settings: Settings) -> None:
    """NCBI asks every client for a real address; one without @ would only get it blocked."""
    email = settings.ncbi_email or ""
    if "@" not in email or " " in email:
        raise RetrieveError(
            "NCBI asks who is calling: set NCBI_EMAIL to your e-mail address"
            " (in the environment or in .env)."
        )


def _refresh(plan: Plan, client: Client, settings: Settings) -> Refresh:
    run = _start(plan, client, settings)
    _search(run)
    fetch_pubmed(run, records_to_fetch(run))
    fetch_full_texts(run, full_texts_to_fetch(run))
    unknown = companions(run) - set(run.manifest.stored("pubmed"))
    fetch_pubmed(run, dict.fromkeys(unknown, "companion"))
    check_complete(run)
    run.log.finished_on = now_text()
    result = summarise(run)
    run.log.summary = msgspec.to_builtins(result)
    run.save()
    return result


def _start(plan: Plan, client: Client, settings: Settings) -> Run:
    """Repair what a killed run left, then go on with it or begin a new one."""
    folder = settings.extracted_dir
    manifest = Manifest(folder / "raw" / "manifest.jsonl")
    logs = read_logs(folder)
    log = log_to_go_on_with(
        logs, plan, settings.entrez_base_url, {row.run for row in manifest.rows}
    )
    if n_adopted := adopt_orphans(manifest, folder, log.run):
        client.report(f"Entered {n_adopted} raw files of a run that was cut off.")
    for line in forget_damaged(manifest, folder):
        client.report(line)
    if log.searches:
        client.report(f"Going on with the run {log.run} that was cut off.")
    finished = [earlier for earlier in logs if earlier.finished_on]
    last = finished[-1] if finished else None
    return Run(folder, client, plan, client.report, manifest, log, last, last_trusted(logs))


def _search(run: Run) -> None:
    """Ask for the id lists that this run does not have yet; each is on disk before the next."""
    _one_search(run, "pubmed", "pubmed", run.plan.term("pubmed"))
    if not run.log.searches["pubmed"].ids:
        del run.log.searches["pubmed"]  # kept, it would answer the runs that go on with this one
        run.save()
        raise RetrieveError(
            "The PubMed search found nothing, which cannot be:"
            " check the [search] part of the disease file, or run again later."
        )
    if run.plan.pmc:
        _one_search(run, "pmc", "pmc", run.plan.term("pmc"))
    stored = run.manifest.stored("pubmed").values()
    earlier = [row for row in stored if row.run != run.name]
    if earlier:
        searched = set(run.log.searches["pubmed"].ids)
        term = revision_term(
            run.plan.term("pubmed"), earlier, searched, _watermark(run, earlier), _today()
        )
        _one_search(run, "revised", "pubmed", term)


def _one_search(run: Run, name: str, database: str, term: str) -> None:
    if name in run.log.searches:
        return
    answer = search_ids(run.client, name, database, term)
    run.log.searches[name] = answer
    run.save()
    run.report(f"Search {name}: {answer.count:,} records.")
    # that nothing was revised is good news, not a warning
    warnings = answer.warnings if answer.count or name != "revised" else ()
    for warning in [*warnings, *_suspicions(run, name)]:
        run.report(f"Search {name}: {warning}")


def _suspicions(run: Run, name: str) -> list[str]:
    """What differs suspiciously from the same search of the last run."""
    before = run.last_finished.searches.get(name) if run.last_finished else None
    answer = run.log.searches[name]
    if before is None or before.sent != answer.sent:
        return []
    suspicions = []
    if before.translated != answer.translated:
        suspicions.append("PubMed now translates it otherwise; see the run's log.")
    if answer.count * 2 < before.count:
        suspicions.append(f"it found {before.count:,} records last time.")
    return suspicions


def _today() -> date:
    return eastern_day(now())


def _watermark(run: Run, stored: list[Row]) -> date:
    """The day since when modifications are looked for: the last complete run, with overlap."""
    if run.last_trusted is not None:
        last = run.last_trusted.started_on
    else:
        last = min(row.fetched_on for row in stored)
        if last > now_text():  # the clock ran ahead then: nobody knows when that was
            return LONG_AGO
    return eastern_day(datetime.fromisoformat(last)) - timedelta(days=run.plan.overlap_days)

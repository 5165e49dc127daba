"""What a run has to fetch, and whether it has it all. Reads the manifest and the run's searches."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.retrieve.errors import RetrieveError
from pipeline.retrieve.manifest import Row
from pipeline.retrieve.runs import Run, now

ABSENT_RUNS = 2  # a record not sent in two runs is named and no longer holds up the rest
FAILED_RUNS = 3
NOT_WAITED_FOR = ("left", "companion")  # whose absence is an answer
FULL_TEXT_RETRIED_AFTER = timedelta(days=30)  # embargoes end


def records_to_fetch(run: Run) -> dict[str, str]:
    """PMIDs that are new, revised, returned to the search, or have just left it, each with why."""
    found = set(run.log.searches["pubmed"].ids)
    expected = found | companions(run)
    stored = run.manifest.stored("pubmed")
    reasons = {i: _reason_to_fetch(run, i) for i in found - set(stored)}
    revised = run.log.searches["revised"].ids if "revised" in run.log.searches else ()
    earlier = {i: row for i, row in stored.items() if row.run != run.name}
    reasons |= {i: "revised" for i in revised if i in earlier}
    for pmid, row in earlier.items():
        has_left = row.status in ("left", "deleted")
        if has_left and pmid in expected:
            reasons[pmid] = "returned"
        elif pmid not in expected and (not has_left or pmid in reasons):
            reasons[pmid] = "left"
    return reasons


def _reason_to_fetch(run: Run, pmid: str) -> str:
    row = run.manifest.states.get(("pubmed", pmid))
    return "repaired" if row is not None and row.reason == "damaged" else "new"


def companions(run: Run) -> set[str]:
    """The PMIDs, as far as known, of the articles that the PMC search found."""
    found = run.log.searches["pmc"].ids if "pmc" in run.log.searches else ()
    rows = (run.manifest.states.get(("pmc", pmcid)) for pmcid in found)
    return {row.pmid for row in rows if row is not None and row.pmid}


def full_texts_to_fetch(run: Run) -> list[str]:
    """The PMCIDs that records name as their own or the PMC search found, still without text."""
    rows = run.manifest.stored("pubmed").values()
    owners = {row.pmcid: row for row in rows if row.pmcid}
    found = run.log.searches["pmc"].ids if "pmc" in run.log.searches else ()
    wanted = {i for i in {*owners, *found} if _is_worth_asking(run, i, owners.get(i))}
    return sorted(wanted, key=int)


def _is_worth_asking(run: Run, pmcid: str, owner: Row | None) -> bool:
    row = run.manifest.states.get(("pmc", pmcid))
    if row is None or row.status == "failed":
        return True
    if row.status == "absent" and row.tries < ABSENT_RUNS:
        return True
    if row.status == "fetched" or row.run == run.name:
        return False
    is_revised = owner is not None and owner.run == run.name and not owner.is_unchanged
    age = abs(now() - datetime.fromisoformat(row.fetched_on))  # the clock may have run ahead then
    return is_revised or age > FULL_TEXT_RETRIED_AFTER


def check_complete(run: Run) -> None:
    """Raise RetrieveError where something is missing that another run may bring."""
    rows = run.manifest.states
    n_found = len(run.log.searches["pubmed"].ids)
    absent = [row for key in run.not_sent if (row := rows[key]).reason not in NOT_WAITED_FOR]
    failed = [rows[key] for key in run.failed]
    waiting = [r for r in absent if r.tries < ABSENT_RUNS]
    waiting += [r for r in failed if r.tries < FAILED_RUNS]
    if len(absent) > max(5, n_found // 20):
        waiting = absent
    if not waiting:
        return
    waiting.sort(key=lambda row: (row.database, int(row.id)))
    named = ", ".join(f"{'PMC' if r.database == 'pmc' else 'PMID '}{r.id}" for r in waiting[:10])
    more = f" and {len(waiting) - 10} more" if len(waiting) > 10 else ""
    raise RetrieveError(
        f"Entrez did not send {len(waiting)} of the records it lists ({named}{more}):"
        " run again to ask for these; everything else has arrived and is kept."
    )

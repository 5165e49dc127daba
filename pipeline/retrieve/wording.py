"""The summary of a refresh in plain lines. Reads and writes nothing."""

from __future__ import annotations

from pipeline.retrieve.summary import Refresh


def lines_of(result: Refresh) -> list[str]:
    """The plain summary: what was identified, what changed, what could not be had."""
    found = ", ".join(f"{q.count:,} by {q.name}" for q in result.queries if q.name != "revised")
    if result.is_dry_run:
        return [f"Identified {found}; nothing was fetched."]
    lines = [f"Identified {found}; {result.n_duplicates:,} duplicates removed."]
    names = {
        "new": "new",
        "revised": "revised",
        "left": "left the search",
        "returned": "returned to the search",
        "deleted": "deleted from PubMed",
        "repaired": "fetched anew (damaged on disk)",
    }
    counts = {words: len(getattr(result, field)) for field, words in names.items()}
    said = ", ".join(f"{n:,} {words}" for words, n in counts.items() if n)
    lines.append(f"Records: {said or 'nothing new'}.")
    for field, word in {
        "retracted": "Retracted",
        "concerns": "Expression of concern",
        "errata": "Erratum",
        "updates": "Updated",
        "absent": "Listed but not sent by PubMed",
        "failed": "Could not be fetched",
    }.items():
        if ids := getattr(result, field):
            lines.append(f"{word}: PMID {', '.join(ids)}.")
    lines.append(
        f"Full text: {len(result.full_text_obtained):,} obtained,"
        f" {len(result.full_text_blocked):,} forbidden by the publisher,"
        f" {len(result.full_text_absent):,} not in PMC,"
        f" {len(result.full_text_failed):,} failed;"
        f" {result.n_full_text:,} in all, {result.n_without_pmcid:,} reports have none in PMC."
    )
    lines.append(f"{result.n_stored:,} records kept; {result.n_requests:,} requests.")
    return lines

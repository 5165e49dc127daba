"""What a run says of itself: its lines, its counts, its closing line.

Reads records; writes to standard output and standard error only.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from pipeline.records import Article, Extraction, ParseProblem, RawFile, Screening
from pipeline.settings import Settings

GO_LIVE = "To go live, set NCBI_EMAIL (see .env.example) and run `make run` again."


def say(sentence: str) -> None:
    print(sentence, flush=True)


def warn(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def warn_of(problem: ParseProblem, place: str) -> None:
    """Name the file (and record) that could not be used, and why."""
    warn(f"{place}{f', {problem.record}' if problem.record else ''}: {problem.reason}")


def count_stages(
    articles: Sequence[Article],
    screenings: Sequence[Screening],
    extractions: Sequence[Extraction],
    earlier: Mapping[str, Extraction],
) -> dict[str, int]:
    """Reports after each stage; `read_anew` are those not taken from `earlier` as they were."""
    return {
        "articles": len(articles),
        "included": sum(s.decision == "included" for s in screenings),
        "extracted": sum(e.status == "ran" for e in extractions),
        "failed": sum(e.status == "failed" for e in extractions),
        "read_anew": sum(
            e.status != "not_attempted" and earlier.get(e.article_id) is not e for e in extractions
        ),
    }


def line_of_reading(counts: Mapping[str, int]) -> str:
    n_kept = counts["extracted"] + counts["failed"] - counts["read_anew"]
    return f"Included reports: {counts['read_anew']} read anew, {n_kept} unchanged since."


def closing_line(
    settings: Settings,
    raws: Sequence[RawFile],
    counts: Mapping[str, int],
    rows: Mapping[str, int],
) -> str:
    """What was made, from how much, and what to do next; `rows` are those of each table."""
    made = (
        f"{settings.database}: {rows['patients']} patients from {counts['included']} of "
        f"{counts['articles']} reports, {rows['findings']} findings; "
        f"report in {settings.extracted_dir / 'report.html'}."
    )
    ask = "Ask it something: make query Q=response_by_therapy."
    has_starter = any(raw.source == "starter" for raw in raws)
    return f"{made} {ask} Starter corpus; {GO_LIVE}" if has_starter else f"{made} {ask}"

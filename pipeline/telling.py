"""What a run says of itself: its lines, its counts, its closing line.

Reads records; writes to standard output and standard error only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TextIO

from pipeline.records import Article, Extraction, ParseProblem, RawFile, Screening
from pipeline.settings import Settings

GO_LIVE = "To go live, set NCBI_EMAIL (see .env.example) and run `make run` again."


_form = {"is_json": False}  # of the process: set once by the command line


def use_json(is_json: bool) -> None:
    """Say everything as one JSON object a line: time, level, message."""
    _form["is_json"] = is_json


def say(sentence: str) -> None:
    tell("info", sentence, sys.stdout)


def warn(sentence: str) -> None:
    tell("warning", sentence, sys.stderr)


def complain(sentence: str) -> None:
    """Say why nothing was done."""
    tell("error", sentence, sys.stderr)


def tell(level: str, sentence: str, output: TextIO) -> None:
    line = sentence
    if _form["is_json"]:
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": time, "level": level, "message": sentence}, ensure_ascii=False)
    print(line, file=output, flush=True)


def warn_of(problem: ParseProblem, place: str) -> None:
    """Name the file (and record) that could not be used, and why."""
    warn(f"{place}{f', {problem.record}' if problem.record else ''}: {problem.reason}")


def count_stages(
    articles: Sequence[Article],
    screenings: Sequence[Screening],
    extractions: Sequence[Extraction],
    earlier: Mapping[str, Extraction],
) -> dict[str, int]:
    """Reports after each stage; `read_anew` are those not taken from `earlier` as they were,
    `read_before` those that `earlier` held."""
    return {
        "articles": len(articles),
        "included": sum(s.decision == "included" for s in screenings),
        "extracted": sum(e.status == "ran" for e in extractions),
        "failed": sum(e.status == "failed" for e in extractions),
        "read_anew": sum(
            e.status != "not_attempted" and earlier.get(e.article_id) is not e for e in extractions
        ),
        "read_before": sum(
            e.article_id in earlier and earlier[e.article_id].status == "ran" for e in extractions
        ),
    }


def line_of_reading(counts: Mapping[str, int]) -> str:
    n_kept = counts["extracted"] + counts["failed"] - counts["read_anew"]
    line = f"Included reports: {counts['read_anew']} read anew, {n_kept} unchanged since."
    if counts["read_before"] > 1 and not n_kept:
        line += " The rules, the program or the model changed: any of them may touch any report."
    return line


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

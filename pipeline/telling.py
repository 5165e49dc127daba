"""What the program says: its lines, its counts, the closing line of a run.

Reads records; writes to standard output and standard error only.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime
from typing import Any, TextIO

from pipeline.records import Article, ExtractionStatus, ParseProblem, RawFile, Screening
from pipeline.settings import Settings

GO_LIVE = "To go live, set NCBI_EMAIL (see .env.example) and run `make run` again."


class OutputError(Exception):
    """What was to be said could not be written; the message says why."""


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
        line = json_text({"time": time, "level": level, "message": sentence}, output=output)
    show(line, output)


def show(text: str, output: TextIO | None = None) -> None:
    """Print; a character that the terminal's character set lacks becomes its escape (`\\u03bb`).

    Raises OutputError where the output is a file that the disk has no room for.
    """
    output = output or sys.stdout
    encoding = encoding_of(output)
    shown = text.encode(encoding, "backslashreplace").decode(encoding)
    try:
        print(shown, file=output, flush=True)
    except BrokenPipeError:  # whoever read the output has seen enough
        raise
    except OSError as error:
        raise OutputError(f"The output could not be written: {error.strerror}.") from error


def json_text(value: Any, *, indent: int | None = None, output: TextIO | None = None) -> str:
    """A value as JSON that stays JSON on a terminal without UTF-8."""
    is_unicode = encoding_of(output or sys.stdout).lower().startswith("utf")
    return json.dumps(value, ensure_ascii=not is_unicode, indent=indent)


def encoding_of(output: TextIO) -> str:
    return getattr(output, "encoding", None) or "utf-8"


def warn_of(problem: ParseProblem, place: str) -> None:
    """Name the file (and record) that could not be used, and why."""
    warn(f"{place}{f', {problem.record}' if problem.record else ''}: {problem.reason}")


def count_stages(
    articles: Sequence[Article],
    screenings: Sequence[Screening],
    statuses: Mapping[str, ExtractionStatus],
    earlier: Mapping[str, ExtractionStatus],
    made_anew: Set[str],
) -> dict[str, int]:
    """Reports after each stage; `read_anew` are those not taken from `earlier` as they were,
    `read_before` those that `earlier` held."""
    n_of = Counter(statuses.values())
    return {
        "articles": len(articles),
        "included": sum(s.decision == "included" for s in screenings),
        "extracted": n_of["ran"],
        "failed": n_of["failed"],
        "read_anew": sum(statuses[one] != "not_attempted" for one in made_anew),
        "read_before": sum(earlier.get(one) == "ran" for one in statuses),
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

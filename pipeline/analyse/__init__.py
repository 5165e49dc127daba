"""'analyse': the report, one self-contained page made of the answers in queries/reports.

Reads the DuckDB file (read-only) and queries/reports; writes `extracted/report.html` and, beside
it, its models and drawings in `results.jsonl`, so that the next report makes only the others.
Every figure and table names the query it comes from, so that a person can run it again.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.analyse.changes import lines_of_changes
from pipeline.files import write_atomically
from pipeline.kept import keep, read_kept

__all__ = ["ReportError", "lines_of_changes", "write_report"]

KEPT = "results.jsonl"
MOST_MEMORY = "500MB"  # of DuckDB, which else takes most of the machine's; beyond it uses the disk


class ReportError(Exception):
    """The report cannot be made; the message says why and what to do."""


def write_report(database: Path, queries_dir: Path, path: Path) -> None:
    """Write the page for `database` to `path`, whole or not at all.

    `results.jsonl` beside `path` is derived and may be deleted.

    Raises ReportError where the DuckDB file is missing or cannot be read.
    """
    from pipeline.analyse.page import render  # the libraries of figures are slow to load
    from pipeline.analyse.results import Made, Results

    if not database.exists():
        raise ReportError(f"{database} does not exist yet; run `make run` first.")
    kept = read_kept(path.with_name(KEPT), Made)
    results = Results(kept)
    try:
        with duckdb.connect(
            str(database), read_only=True, config={"memory_limit": MOST_MEMORY}
        ) as connection:
            page = render(connection, queries_dir, results)
    except duckdb.Error as error:
        raise ReportError(f"{database} cannot be read: {error}") from error
    write_atomically(path, page.encode("utf-8"))
    keep(path.with_name(KEPT), kept, results.used)

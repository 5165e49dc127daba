"""'analyse': the report, one self-contained page made of the answers in queries/reports.

Reads the DuckDB file (read-only) and queries/reports; writes `extracted/report.html`.
Every figure and table names the query it comes from, so that a person can run it again.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.analyse.changes import lines_of_changes
from pipeline.files import write_atomically

__all__ = ["ReportError", "lines_of_changes", "write_report"]

MOST_MEMORY = "500MB"  # of DuckDB, which else takes most of the machine's; beyond it uses the disk


class ReportError(Exception):
    """The report cannot be made; the message says why and what to do."""


def write_report(database: Path, queries_dir: Path, path: Path) -> None:
    """Write the page for `database` to `path`, whole or not at all.

    Raises ReportError where the DuckDB file is missing or cannot be read.
    """
    from pipeline.analyse.page import render  # the libraries of figures and models are slow to load

    if not database.exists():
        raise ReportError(f"{database} does not exist yet; run `make run` first.")
    try:
        with duckdb.connect(
            str(database), read_only=True, config={"memory_limit": MOST_MEMORY}
        ) as connection:
            page = render(connection, queries_dir)
    except duckdb.Error as error:
        raise ReportError(f"{database} cannot be read: {error}") from error
    write_atomically(path, page.encode("utf-8"))

"""A look at the DuckDB file: read-only, with a connection of its own, closed at once.

Reads the DuckDB file; a run that swaps in a new one is never kept waiting. Writes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipeline.review.sql import FINDINGS, QUOTES, SAYING, SECTIONS

Row = dict[str, Any]
Generation = tuple[int, int]
SWAP_SECONDS = 2.0


class ReviewError(Exception):
    """What the notebook cannot show; the message says why and what to do."""


def generation_of(database: Path) -> Generation | None:
    """Which file this is; changes when a run swaps in a new one. None where there is none."""
    try:
        stat = database.stat()
    except FileNotFoundError:
        return None
    return (stat.st_ino, stat.st_mtime_ns)


def ask(database: Path, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
    """The rows of a query as dictionaries, from a read-only connection closed at once."""
    with connect(database) as connection:
        return rows_of(connection, sql, parameters)


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection; waits a moment where a run is just swapping the file.

    Raises ReviewError where there is no file or it cannot be read.
    """
    end = time.monotonic() + SWAP_SECONDS
    while True:
        if not database.exists():
            raise ReviewError(f"There is no database at {database} yet; `make run` makes it.")
        try:
            return duckdb.connect(str(database), read_only=True)
        except duckdb.Error as error:
            if time.monotonic() > end:
                reason = str(error).partition("\n")[0]
                raise ReviewError(f"{database} cannot be read: {reason}") from error
            time.sleep(0.05)


def rows_of(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()
) -> list[Row]:
    try:
        cursor = connection.execute(sql, parameters)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise ReviewError(
            f"The database was made by another version; `make run` makes it anew ({reason})."
        ) from error
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def report_of(database: Path, article_id: str) -> tuple[list[Row], list[Row]]:
    """The sections of a report in order, and all its findings."""
    with connect(database) as connection:
        sections = rows_of(connection, SECTIONS, [article_id])
        return sections, rows_of(connection, FINDINGS, [article_id])


def quotes_of(database: Path, finding_ids: Iterable[str | None]) -> dict[str, str]:
    """The words of some findings, by finding_id."""
    wanted = [one for one in finding_ids if one]
    return {row["finding_id"]: row["quote"] for row in ask(database, QUOTES, [wanted])}


def findings_saying(database: Path, words: str) -> frozenset[str]:
    """The findings with these words in their sentence; none where there are no words."""
    rows = ask(database, SAYING, [words]) if words else []
    return frozenset(row["finding_id"] for row in rows)

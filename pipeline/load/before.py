"""The file of before: its pooled figures and the changes it held, to say what is new in this one.

Reads the DuckDB file of before, read-only, and queries/views/pooled_figures.sql; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

Figure = tuple[int | None, int | None]  # number, and of how many whose text says whether
Known = frozenset[tuple[Any, ...]]  # keys of refresh_changes
KEY = ("refresh_id", "database", "record_id", "change")


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to compare with: `compared_with` names the file or says why there is none.

    `figures` is None where nothing can be compared; `known` is None where it cannot be told which
    changes the file of before already held.
    """

    compared_with: str
    figures: Mapping[tuple[int, str], Figure] | None = None
    known: Known | None = frozenset()


def read_before(
    database: Path, queries_dir: Path, inputs_sha256: str | None, is_starter: bool
) -> Before:
    """The pooled figures of the file that is about to be replaced.

    They are counted by today's view, so that a difference is one of the data. A file made from the
    same inputs hands on what it compared itself with: a run killed after the swap tells the same.
    """
    if not database.exists():
        return Before(compared_with="nothing: there was no file before this one")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return _read(connection, queries_dir, inputs_sha256, is_starter)
    except (duckdb.Error, OSError):  # of an older layout, damaged, or open for writing elsewhere
        reason = "nothing: the file of before could not be read by this version"
        return Before(compared_with=reason, known=None)


def _read(
    connection: duckdb.DuckDBPyConnection,
    queries_dir: Path,
    inputs_sha256: str | None,
    is_starter: bool,
) -> Before:
    row = connection.execute(
        "select inputs_sha256, compared_with, finished_at, mode,"
        " exists (select 1 from articles where source = 'starter') from runs"
    ).fetchone()
    if row is None:
        return Before(compared_with="nothing: the file of before told no run")
    inputs, compared_with, finished_at, mode, was_starter = row
    if inputs == inputs_sha256:
        return _handed_on(connection, compared_with)
    if bool(was_starter) != is_starter:
        corpora = ("the starter corpus", "fetched or imported records")
        reason = f"nothing: the file of before was made from {corpora[not was_starter]}"
        return Before(compared_with=reason)
    sql = (queries_dir / "views" / "pooled_figures.sql").read_text(encoding="utf-8")
    return Before(
        compared_with=f"the file of {finished_at} ({mode})",
        figures={(row[0], row[1]): (row[2], row[3]) for row in connection.execute(sql).fetchall()},
        known=_known(connection, "true"),
    )


def _handed_on(connection: duckdb.DuckDBPyConnection, compared_with: str | None) -> Before:
    rows = connection.execute(
        "select position, figure, n_before, n_stated_before from figures_before_after"
        " where is_changed is not null"
    ).fetchall()
    return Before(
        compared_with=compared_with or "nothing",
        figures={(row[0], row[1]): (row[2], row[3]) for row in rows} or None,
        known=_known(connection, "not is_since_last_file"),
    )


def _known(connection: duckdb.DuckDBPyConnection, condition: str) -> Known:
    columns = ", ".join(KEY)
    sql = f"select {columns} from refresh_changes where {condition}"  # noqa: S608 (our own words)
    return frozenset(connection.execute(sql).fetchall())


def mark_changes(rows: Iterable[dict[str, Any]], before: Before) -> None:
    """Say of each change whether the file of before already held it."""
    for row in rows:
        key = tuple(row[column] for column in KEY)
        row["is_since_last_file"] = None if before.known is None else key not in before.known


def figure_rows(
    before: Before, after: Sequence[tuple[int, str, int, int | None]]
) -> list[dict[str, Any]]:
    """The rows of `figures_before_after`, in the order of the view, then of the name."""
    new = {(position, figure): (n, stated) for position, figure, n, stated in after}
    old = before.figures or {}
    rows = []
    for position, figure in sorted({*new, *old}):
        n_before, stated_before = old.get((position, figure), (None, None))
        n_after, stated_after = new.get((position, figure), (None, None))
        is_changed = (n_before or 0, stated_before or 0) != (n_after or 0, stated_after or 0)
        rows.append(
            {
                "position": position,
                "figure": figure,
                "n_before": n_before,
                "n_stated_before": stated_before,
                "percent_before": percent(n_before, stated_before),
                "n_after": n_after,
                "n_stated_after": stated_after,
                "percent_after": percent(n_after, stated_after),
                "is_changed": None if before.figures is None else is_changed,
            }
        )
    return rows


def percent(n: int | None, stated: int | None) -> float | None:
    """A share with one decimal; None where nobody's text says whether."""
    return round(100.0 * n / stated, 1) if n is not None and stated else None

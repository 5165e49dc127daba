"""What is new in the DuckDB file since the one before it, in plain lines.

Reads the DuckDB file, read-only; writes nothing.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

MOST_IDS_NAMED = 10
HEADLINE = ("reports", "patients", "monoclonal protein", "episodes with benefit")
NAMED = ("deleted", "retracted", "expression of concern", "erratum", "updated", "absent", "failed")


def lines_of_changes(database: Path) -> list[str]:
    """Changed records, those a person must know of by number, and the pooled figures."""
    with duckdb.connect(str(database), read_only=True) as connection:
        lines = [*changed_records(connection), *unfinished(connection)]
        return [*lines, *pooled_figures(connection)]


def changed_records(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select change, count(*), list(record_id order by length(record_id), record_id)"
        " from refresh_changes where is_since_last_file group by change order by min(rowid)"
    ).fetchall()
    if not rows:
        return []
    counted = ", ".join(f"{n:,} {change}" for change, n, _ in rows)
    lines = [f"In this file and not in the one before: {counted}."]
    for change, n, ids in rows:
        if change in NAMED:
            more = f" and {n - MOST_IDS_NAMED} more" if n > MOST_IDS_NAMED else ""
            lines.append(f"  {change}: PMID {', '.join(ids[:MOST_IDS_NAMED])}{more}")
    return lines


def unfinished(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A file made while a refresh was cut off says that records may be missing."""
    last = "select finished_on from refreshes order by refresh_id desc limit 1"
    row = connection.execute(last).fetchone()
    if row is None or row[0] is not None:
        return []
    return ["The last refresh from Entrez was cut off, so records may be missing: run it again."]


def pooled_figures(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The headline figures before and after, and every other one that changed."""
    rows = connection.execute(
        "select figure, n_before, n_stated_before, n_after, n_stated_after, is_changed"
        " from figures_before_after order by position, figure"
    ).fetchall()
    (compared_with,) = connection.execute("select compared_with from runs").fetchone() or ("",)
    if all(row[5] is None for row in rows):
        return [f"Pooled figures are compared with {compared_with}."]
    lines = [f"Pooled figures, compared with {compared_with}:"]
    for figure, n_before, stated_before, n_after, stated_after, is_changed in rows:
        if is_changed or figure in HEADLINE:
            before, after = share(n_before, stated_before), share(n_after, stated_after)
            lines.append(f"  {figure}: {f'{before} -> {after}' if is_changed else after}")
    return lines


def share(n: int | None, stated: int | None) -> str:
    """'12', '9 of 12 (75 %)', or 'none' where nobody speaks of it."""
    if n is None:
        return "none"
    if stated is None:
        return f"{n:,}"
    return f"{n:,} of {stated:,}" + (f" ({100 * n / stated:.0f} %)" if stated else "")

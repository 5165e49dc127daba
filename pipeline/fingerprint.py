"""The fingerprint of a DuckDB file: a checksum for each table, the same wherever it was made.

Reads the DuckDB file, read-only; writes nothing.
The order of rows does not count. Times, run names and names of raw files differ between two
machines that hold the same reports, so they are left out, and tables that tell the history of
one machine are listed apart.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec

OF_A_RUN = (
    "raw_file",
    "rows_sha256",  # over the name of the raw file, too
    "run_id",
    "refresh_id",
    "fetched_on",
    "first_fetched_on",
    "started_at",
    "finished_at",
    "started_on",
    "finished_on",
    "changed_on",
    "compared_with",
    "inputs_sha256",
)
HISTORY = (
    "runs",
    "refreshes",
    "refresh_changes",
    "retrieval",
    "searches",
    "figures_before_after",
    "parse_problems",
)


class FingerprintError(Exception):
    """There is no file to take a fingerprint of; the message says why and what to do."""


class Table(msgspec.Struct, frozen=True):
    """A table: its rows, the SHA-256 over their sorted checksums, whether it is history."""

    name: str
    n_rows: int
    sha256: str
    is_history: bool


class Fingerprint(msgspec.Struct, frozen=True):
    """All tables by name, one checksum over those that are no history, and what made the file."""

    tables: tuple[Table, ...]
    sha256: str
    versions: dict[str, str | None]


def fingerprint_of(database: Path) -> Fingerprint:
    """Raises FingerprintError where the file is missing, damaged or not ours."""
    if not database.is_file():
        raise FingerprintError(f"There is no database at {database} yet; `make run` makes it.")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            tables = tuple(tables_of(connection))
            versions = versions_of(connection)
    except duckdb.Error as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        raise FingerprintError(
            f"{database} cannot be read ({reason}); `make run` makes it anew."
        ) from error
    lines = [f"{t.name} {t.n_rows} {t.sha256}" for t in tables if not t.is_history]
    whole = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return Fingerprint(tables=tables, sha256=whole, versions=versions)


def tables_of(connection: duckdb.DuckDBPyConnection) -> Iterator[Table]:
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() join duckdb_tables()"
        " using (table_name) order by table_name, column_name"
    ).fetchall():
        columns.setdefault(table, []).append(column)
    for table, names in columns.items():
        kept = ", ".join(f'"{name}"' for name in names if name not in OF_A_RUN)
        n_rows, checksum = connection.execute(
            "select count(*), sha256(coalesce(string_agg(one, '' order by one), '')) from"  # noqa: S608
            f' (select sha256(to_json({{{struct_of(kept)}}})::varchar) as one from "{table}")'
        ).fetchall()[0]
        yield Table(table, n_rows, checksum, table in HISTORY)


def struct_of(columns: str) -> str:
    """'"a", "b"' as the fields of a struct: '"a": "a", "b": "b"'."""
    return ", ".join(f"{name}: {name}" for name in columns.split(", "))


def versions_of(connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """What made the file: pipeline, code, rules, libraries, model."""
    row = connection.execute(
        "select pipeline_version, code_sha256, rules_sha256, versions from runs"
    ).fetchone()
    if row is None:
        return {}
    version, code, rules, libraries = row
    return {"pipeline": version, "code": code, "rules": rules, **json.loads(libraries or "{}")}


def lines_of(found: Fingerprint) -> Iterator[str]:
    """The fingerprint as text: a line a table, then the one that counts, then the versions."""
    width = max(len(table.name) for table in found.tables)
    for is_history in (False, True):
        if is_history:
            yield "Of this machine (not part of the whole):"
        for table in found.tables:
            if table.is_history == is_history:
                yield f"{table.name:<{width}}  {table.n_rows:>8}  {table.sha256}"
        if not is_history:
            yield f"{'whole':<{width}}  {'':>8}  {found.sha256}"
    yield "Made with:"
    for name, version in found.versions.items():
        yield f"  {name} {version or 'none'}"

"""Every table as CSV and as Parquet. Reads the DuckDB file and queries/exports, writes a folder.

A table whose rows hold other people's words has a file in queries/exports that leaves them out
where the licence does not allow them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.spreadsheet import FORMULA_STARTS

LIST_SEPARATOR = "; "


@dataclass(frozen=True)
class Column:
    """A column as exported: its DuckDB type and its comment."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True)
class Table:
    """A table as exported, with its number of rows."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    rows: int


def write_tables(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, folder: Path
) -> list[Table]:
    """Write `tables/<name>.csv` and `tables/<name>.parquet` for every table, in order of name."""
    (folder / "tables").mkdir()
    names = connection.execute(
        "select table_name, coalesce(comment, '') from duckdb_tables() order by table_name"
    ).fetchall()
    return [
        write_table(connection, queries_dir, folder / "tables", name, comment)
        for name, comment in names
    ]


def write_table(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, folder: Path, name: str, comment: str
) -> Table:
    query = query_of(queries_dir, name)
    columns = columns_of(connection, name, query)
    target = folder / name
    # Names are those of our own tables, the query is a file of ours.
    connection.execute(f"copy ({query}) to '{quoted(target)}.parquet' (format parquet)")
    copy_csv(connection, query, columns, folder / f"{name}.csv")
    counted = connection.execute(f"select count(*) from ({query})").fetchone()  # noqa: S608
    return Table(name, comment, tuple(columns), int(counted[0]) if counted else 0)


def query_of(queries_dir: Path, table: str) -> str:
    """The rows to export: the file of queries/exports of that name, else the whole table."""
    path = queries_dir / "exports" / f"{table}.sql"
    if path.exists():
        return path.read_text(encoding="utf-8")
    return f'select * from "{table}" order by all'  # noqa: S608


def columns_of(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> list[Column]:
    comments = dict(
        connection.execute(
            "select column_name, coalesce(comment, '') from duckdb_columns() where table_name = ?",
            [table],
        ).fetchall()
    )
    return described(connection, query, comments)


def described(
    connection: duckdb.DuckDBPyConnection, query: str, comments: Mapping[str, str]
) -> list[Column]:
    """The columns that a query answers with, in order."""
    rows = connection.execute(f"describe ({query})").fetchall()
    return [Column(row[0], row[1], comments.get(row[0], "")) for row in rows]


def copy_csv(
    connection: duckdb.DuckDBPyConnection, query: str, columns: Sequence[Column], path: Path
) -> None:
    """Write the answer of a query as CSV, its cells made harmless; the query is a file of ours."""
    cells = ", ".join(csv_cell(column) for column in columns)
    connection.execute(
        f"copy (select {cells} from ({query})) to '{quoted(path)}' (format csv, header)"  # noqa: S608
    )


def rows_of(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, name: str
) -> list[dict[str, Any]]:
    """The rows that queries/exports/<name>.sql answers with, as dictionaries."""
    cursor = connection.execute(query_of(queries_dir, name))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def csv_cell(column: Column) -> str:
    """Lists joined; words that a spreadsheet would take for a formula begin with an apostrophe."""
    name = f'"{column.name}"'
    if column.type.endswith("[]"):
        name = f"array_to_string({name}, '{LIST_SEPARATOR}')"
    elif column.type not in ("VARCHAR", "JSON"):
        return name
    starts = ", ".join(f"chr({ord(start)})" for start in FORMULA_STARTS)
    return (
        f"case when left({name}, 1) in ({starts}) then chr(39) || {name} else {name} end"
        f' as "{column.name}"'
    )


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")

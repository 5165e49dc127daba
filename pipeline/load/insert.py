"""Rows in bulk into tables: those of queries/tables, and one for each rules file.

Reads the rows it is given; changes the database of the connection it is given.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import msgspec

from pipeline.load.rows import Row, Tables, Vocabulary
from pipeline.load.schema import LoadError, comment, identifier, quoted

# DuckDB takes twice the size of the largest row for each thread before it reads the first.
SMALLEST_BUFFER_BYTES = 4 * 1024 * 1024


def insert_tables(
    connection: duckdb.DuckDBPyConnection, tables: Tables, names: Sequence[str]
) -> None:
    for table, rows in tables.items():
        if table not in names:
            raise LoadError(f"There is no queries/tables/{table}.sql for the rows of {table}.")
        insert_rows(connection, table, rows)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Bulk insert by column name, in the order given; a row without a column has null there."""
    columns = dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns()"
            " where table_name = ? and database_name = current_database() order by column_index",
            [table],
        ).fetchall()
    )
    unknown = {name for row in rows for name in row} - set(columns)
    if unknown:
        raise LoadError(f"queries/tables/{table}.sql has no column {sorted(unknown)[0]}.")
    if not rows:
        return
    types = ", ".join(f"{identifier(name)}: '{kind}'" for name, kind in columns.items())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        lines = msgspec.json.Encoder().encode_lines(rows)
        path.write_bytes(lines)
        longest = max(map(len, lines.splitlines()))
        # Names and types are those of our own tables; the path is quoted.
        connection.execute(
            f"insert into {identifier(table)} by name select * from read_json("  # noqa: S608
            f"'{quoted(str(path))}', format = 'newline_delimited', columns = {{{types}}},"
            f" maximum_object_size = {max(SMALLEST_BUFFER_BYTES, longest + 1)})"
        )


# What the columns of the rules files mean, for the data dictionary.
VOCABULARY_COLUMNS = {
    "id": "What the term stands for: the value that extraction gives.",
    "label": "Name in plain words.",
    "group": "What it belongs to, for example the organ system or the class of a therapy.",
    "codes": "Codes of public terminologies (HPO, ATC).",
    "term": "The words, as a text may have them.",
    "match": "How the term is matched: phrase, exact, regex or defined.",
    "unless": "Words nearby that cancel the term.",
    "note": "Remark.",
}


def create_vocabulary(
    connection: duckdb.DuckDBPyConnection,
    vocabulary: Vocabulary,
) -> list[str]:
    """One table `vocabulary_<name>` for each rules file; the names of the tables."""
    names = []
    for name, rows in sorted(vocabulary.items()):
        table = f"vocabulary_{name}"
        columns = list(dict.fromkeys(column for row in rows for column in row))
        columns = columns or list(VOCABULARY_COLUMNS)
        typed = ", ".join(f"{identifier(column)} varchar" for column in columns)
        connection.execute(f"create table {identifier(table)} ({typed})")
        comment(connection, f"table {identifier(table)}", f"The rows of rules/{name}.csv.")
        for column in columns:
            about = VOCABULARY_COLUMNS.get(column, f"Column {column} of rules/{name}.csv.")
            comment(connection, f"column {identifier(table)}.{identifier(column)}", about)
        insert_rows(connection, table, [dict(row) for row in rows])
        names.append(table)
    return names


def count_rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {identifier(table)}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0

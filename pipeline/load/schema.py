"""The SQL below queries/ put to work: tables, macros, derived tables, views and checks.

Reads the SQL files; changes the database of the connection it is given.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

ROWS_SHOWN = 3


class LoadError(Exception):
    """The DuckDB file could not be built; the message says what, where and what next."""


class CheckFailed(LoadError):  # noqa: N818 (the name is public)
    """A file of queries/checks returned rows; the message names it and shows the first."""


def sql_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise LoadError(f"The folder {folder} with the SQL of the database is missing.")
    return sorted(folder.glob("*.sql"))


def run_file(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        connection.execute(path.read_text(encoding="utf-8"))
    except duckdb.Error as error:
        raise LoadError(f"{path} is not SQL that DuckDB accepts: {first_line(error)}.") from error


def create_tables(connection: duckdb.DuckDBPyConnection, queries_dir: Path) -> list[str]:
    """Run queries/tables and queries/macros; the names of the tables."""
    for path in [*sql_files(queries_dir / "tables"), *sql_files(queries_dir / "macros")]:
        run_file(connection, path)
    return [path.stem for path in sql_files(queries_dir / "tables")]


def derive_tables(connection: duckdb.DuckDBPyConnection, queries_dir: Path) -> list[str]:
    """Fill the tables that SQL computes from the others: queries/derived/<table>.sql."""
    paths = sql_files(queries_dir / "derived")
    for path in paths:
        run_file(connection, path)
    return [path.stem for path in paths]


def create_views(connection: duckdb.DuckDBPyConnection, queries_dir: Path) -> None:
    """Create every view of queries/views; one that needs another waits for it."""
    waiting = sql_files(queries_dir / "views")
    while waiting:
        failed = {path: create_view(connection, path) for path in waiting}
        left = [path for path in waiting if failed[path] is not None]
        if len(left) == len(waiting):
            raise LoadError(f"{left[0]} cannot become a view: {failed[left[0]]}.")
        waiting = left


def create_view(connection: duckdb.DuckDBPyConnection, path: Path) -> str | None:
    """Create the view that a file names; why it cannot be created, None where it was."""
    text = path.read_text(encoding="utf-8")
    try:
        connection.execute(f"create view {identifier(path.stem)} as\n{text}")
    except (duckdb.CatalogException, duckdb.BinderException, duckdb.ParserException) as error:
        return first_line(error)
    comment(connection, f"view {identifier(path.stem)}", question_of(text))
    return None


def run_checks(connection: duckdb.DuckDBPyConnection, queries_dir: Path) -> None:
    """Run every file of queries/checks; raises CheckFailed at the first that returns rows."""
    for path in sql_files(queries_dir / "checks"):
        try:
            rows = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        except duckdb.Error as error:
            raise LoadError(f"{path} cannot be run: {first_line(error)}.") from error
        if rows:
            shown = "; ".join(str(row) for row in rows[:ROWS_SHOWN])
            raise CheckFailed(
                f"The check {path.stem} failed with {len(rows)} rows, first: {shown}."
                f" The database of before is kept; {path} says what must hold."
            )


def question_of(text: str) -> str:
    """The leading comment lines of an SQL file as one text."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)


def comment(connection: duckdb.DuckDBPyConnection, target: str, text: str) -> None:
    connection.execute(f"comment on {target} is '{quoted(text)}'")


def identifier(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def quoted(text: str) -> str:
    return text.replace("'", "''")


def first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")

"""The query command: answers to the questions in queries/reports, as readable tables.

Reads the SQL files and, read-only, the DuckDB file; writes to standard output.
"""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

import duckdb

from pipeline.telling import show

WIDEST_CELL = 60
MOST_ROWS = 200
NOTHING = "–"
ASKED = re.compile(r"getvariable\('(\w+)'\)")  # a value that a question asks for


class QueryError(Exception):
    """A question that cannot be answered; the message says why and what to do."""


def list_queries(queries_dir: Path) -> list[tuple[str, str]]:
    """Name and question of every file in queries/reports, by name."""
    return [
        (path.stem, question_of(path)) for path in sorted((queries_dir / "reports").glob("*.sql"))
    ]


def question_of(path: Path) -> str:
    """The question that a report file answers: its first line, a comment."""
    with path.open(encoding="utf-8") as handle:
        return handle.readline().removeprefix("--").strip()


def print_queries(queries_dir: Path, output: TextIO | None = None) -> None:
    """Print what can be asked, one question a line."""
    questions = list_queries(queries_dir)
    width = max((len(name) for name, _ in questions), default=0)
    for name, question in questions:
        show(f"{name:<{width}}  {question}", output)


def run_query(
    name: str,
    database: Path,
    queries_dir: Path,
    values: Mapping[str, str] | None = None,
    most_rows: int = MOST_ROWS,
    output: TextIO | None = None,
) -> None:
    """Print the answer to one question of queries/reports, from the file opened read-only.

    `values` are the variables that the SQL reads with `getvariable`, such as patient_id.
    Raises QueryError for an unknown name, a value that the question does not ask for, a missing
    or foreign file, or SQL that fails.
    """
    path = find_query(name, queries_dir)
    refuse_unasked(path, values or {})
    columns, rows, note = answer(path, database, values or {})
    lines = [question_of(path), "", *table_lines(columns, rows[:most_rows])]
    if len(rows) > most_rows:
        lines.append(
            f"{len(rows) - most_rows} of {len(rows)} rows are left out here; --all prints them."
        )
    lines += [f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}.", *note]
    show("\n".join(lines), output)


def find_query(name: str, queries_dir: Path) -> Path:
    names = [known for known, _ in list_queries(queries_dir)]
    if name in names:
        return queries_dir / "reports" / f"{name}.sql"
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    close += [known for known in names if name and name in known and known not in close]
    hint = f"close ones are {', '.join(close)}" if close else "`make query` lists them all"
    raise QueryError(f"There is no query {name!r}; {hint}.")


def refuse_unasked(path: Path, values: Mapping[str, str]) -> None:
    """A value that the SQL never reads would seem to choose, and all rows would be answered."""
    asked = sorted(set(ASKED.findall(path.read_text(encoding="utf-8"))))
    for name in values:
        if name not in asked:
            takes = " and ".join(f"{one}=VALUE" for one in asked) or "no value"
            raise QueryError(f"{path.stem} does not ask for {name!r}; it takes {takes}.")


def answer(
    path: Path, database: Path, values: Mapping[str, str]
) -> tuple[list[str], list[tuple[object, ...]], list[str]]:
    """Column names, rows, and a note on where the data come from."""
    if not database.is_file():
        raise QueryError(f"There is no database at {database} yet; `make run` makes it.")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            for variable, value in values.items():
                connection.execute(f"set variable {variable} = ?", [value])
            cursor = connection.execute(path.read_text(encoding="utf-8"))
            columns = [str(column[0]) for column in cursor.description or ()]
            return columns, cursor.fetchall(), origin_note(connection)
    except duckdb.Error as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        raise QueryError(f"{path.name} could not be answered from {database}: {reason}.") from error


def origin_note(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The line that declares starter data wherever they are shown."""
    row = connection.execute(
        "select count(*) filter (where source = 'starter'), count(*) from articles"
    ).fetchone()
    n_starter, n_reports = row or (0, 0)
    if not n_starter:
        return []
    return [
        f"{n_starter} of {n_reports} reports are from the bundled starter corpus:"
        " real reports restated in our own words."
    ]


def table_lines(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """An aligned table: numbers to the right, long texts on several lines, nothing cut off."""
    if not columns:
        return []
    cells = [[wrapped(value) for value in row] for row in rows]
    widths = [
        max([len(name), *(len(line) for row in cells for line in row[index])])
        for index, name in enumerate(columns)
    ]
    is_right = [is_numeric([row[index] for row in rows]) for index in range(len(columns))]
    lines = [joined(columns, widths, is_right), "  ".join("-" * width for width in widths)]
    for row in cells:
        for depth in range(max(len(cell) for cell in row)):
            parts = [cell[depth] if depth < len(cell) else "" for cell in row]
            lines.append(joined(parts, widths, is_right))
    return lines


def wrapped(value: object) -> list[str]:
    return [
        line
        for part in shown(value).splitlines() or [""]
        for line in textwrap.wrap(part, WIDEST_CELL) or [""]
    ]


def shown(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    return str(value)


def is_numeric(values: Sequence[object]) -> bool:
    stated = [value for value in values if value is not None]
    return bool(stated) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in stated
    )


def joined(parts: Sequence[str], widths: Sequence[int], is_right: Sequence[bool]) -> str:
    aligned = [
        part.rjust(width) if right else part.ljust(width)
        for part, width, right in zip(parts, widths, is_right, strict=True)
    ]
    return "  ".join(aligned).rstrip()

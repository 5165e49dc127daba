"""Every view against its drawing in tests/views: given tables, and the rows it must give.

A drawing is a Markdown file: `## given <table>` and `## gives`, each followed by a table.
An empty cell is null; columns that are not drawn are null; a view may be given like a table.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from load_cases import QUERIES

from pipeline.load import schema

DRAWINGS = Path(__file__).parent / "views"
VIEWS = sorted(path.stem for path in (QUERIES / "views").glob("*.sql"))
Table = tuple[list[str], list[list[str]]]


def read_drawing(path: Path) -> dict[str, Table]:
    """The tables of a drawing by heading; refuses a row with too few or too many cells."""
    tables: dict[str, Table] = {}
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ").strip()
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if heading not in tables:
                tables[heading] = (cells, [])
            elif not set("".join(cells)) <= {"-", ":"} or not "".join(cells):
                assert len(cells) == len(tables[heading][0]), f"{path.name}: {line}"
                tables[heading][1].append(cells)
    return tables


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """An empty database with all tables, macros and views."""
    empty = duckdb.connect()
    schema.create_tables(empty, QUERIES)
    schema.create_views(empty, QUERIES)
    return empty


def fill(connection: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    if name in VIEWS:
        connection.execute(f"create table given as select * from {name} limit 0")
        connection.execute(f"drop view {name}; alter table given rename to {name}")
    columns, rows = table
    for row in rows:
        values = ", ".join("null" if cell == "" else f"'{schema.quoted(cell)}'" for cell in row)
        connection.execute(f"insert into {name} ({', '.join(columns)}) values ({values})")


def drawn(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("view", VIEWS)
def test_view_gives_what_is_drawn(view: str, connection: duckdb.DuckDBPyConnection) -> None:
    """A view without a drawing fails, and so does a row too many, too few or different."""
    path = DRAWINGS / f"{view}.md"
    assert path.is_file(), f"tests/views/{view}.md is missing"
    tables = read_drawing(path)
    columns, expected = tables.pop("gives")
    assert expected, "a drawing needs at least one resulting row"
    assert tables, "a drawing needs at least one given table"
    for heading, table in tables.items():
        fill(connection, heading.removeprefix("given "), table)
    cursor = connection.execute(f"select {', '.join(columns)} from {view}")
    found = [[drawn(value) for value in row] for row in cursor.fetchall()]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("view", VIEWS)
def test_drawing_shows_every_own_column(view: str, connection: duckdb.DuckDBPyConnection) -> None:
    """No column that a view computes is left undrawn (those copied with `.*` may be)."""
    text = (QUERIES / "views" / f"{view}.sql").read_text(encoding="utf-8")
    if "patients.*" in text or "articles.*" in text:
        return
    columns = [row[0] for row in connection.execute(f"describe {view}").fetchall()]
    assert read_drawing(DRAWINGS / f"{view}.md")["gives"][0] == columns


def test_every_drawing_has_its_view() -> None:
    """A drawing whose view is gone is not left behind."""
    assert sorted(path.stem for path in DRAWINGS.glob("*.md")) == VIEWS


def test_drawing_with_a_short_row_is_refused(tmp_path: Path) -> None:
    """A malformed drawing is an error, not a smaller test."""
    path = tmp_path / "x.md"
    path.write_text("## gives\n| a | b |\n|---|---|\n| 1 |\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"x\.md"):
        read_drawing(path)

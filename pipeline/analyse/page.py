"""The page: every section's rows as they are read, its figure, what is computed from it.

Reads the DuckDB file through a connection, queries/reports and the template; writes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import jinja2
import numpy as np
import pandas as pd

from pipeline.analyse import figures
from pipeline.analyse.results import Results
from pipeline.analyse.sections import PARTS, Section

TEMPLATE = Path(__file__).parent / "report.html"
MANY_COLUMNS = 9
MOST_ROWS = figures.MOST_ROWS
# The columns whose cells are short names of our own; all others are printed as they are.
NAMED_COLUMNS = ("variable", "therapy", "therapies", "field", "read_from")
Names = dict[str, str]


def render(connection: duckdb.DuckDBPyConnection, queries_dir: Path, results: Results) -> str:
    """The whole page as HTML; the same database gives the same page, whatever was kept."""
    rows = connection.execute(sql_of(queries_dir, "names")).fetchall()
    names = {str(short): str(name) for short, name in rows}
    parts = []
    for part in PARTS:
        made = [
            section_of(connection, queries_dir, section, names, results)
            for section in part.sections
        ]
        shown = [one for one in made if one["table"] or one["section"].is_shown_empty]
        parts.append({"heading": part.heading, "sections": shown})
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    (is_starter, disease), *_ = connection.execute(
        "select (select count(*) > 0 from articles where source = 'starter'), max(disease)"
        " from runs"
    ).fetchall()
    return template.render(
        parts=parts,
        is_starter=is_starter,
        disease=str(disease or "one disease").capitalize(),
        many=MANY_COLUMNS,
    )


def sql_of(queries_dir: Path, name: str) -> str:
    return (queries_dir / "reports" / f"{name}.sql").read_text(encoding="utf-8")


def section_of(
    connection: duckdb.DuckDBPyConnection,
    queries_dir: Path,
    section: Section,
    names: Names,
    results: Results,
) -> dict[str, Any]:
    """What the template needs of a section; no table and no figure where no row came."""
    sql = sql_of(queries_dir, section.query)
    is_whole = bool(section.figure or section.computed or section.query == "prisma")
    found, n_rows = rows_of(connection, sql, is_whole)
    computed = [
        {"caption": one.caption, **shown(made, len(made), names, one.figure, results)}
        for one in section.computed
        if len(found)
        for made in [one.compute(found, results)]
    ]
    return {
        "section": section,
        "question": sql.splitlines()[0].removeprefix("--").strip(),
        **shown(found, n_rows, names, section.figure, results),
        "flow": flow_of(found) if section.query == "prisma" else None,
        "computed": computed,
    }


def rows_of(
    connection: duckdb.DuckDBPyConnection, sql: str, is_whole: bool
) -> tuple[pd.DataFrame, int]:
    """The rows of an answer, or no more than its first two thousand, and how many there are."""
    if is_whole:
        found = connection.execute(sql).df()
        return found, len(found)
    with connection.cursor() as asking:  # of its own, for the result is not read to its end
        (n_rows,), *_ = asking.sql(sql).aggregate("count(*)").fetchall()
        return asking.execute(sql).fetch_df_chunk(), int(n_rows)


def shown(
    found: pd.DataFrame, n_rows: int, names: Names, draw: figures.Draw | None, results: Results
) -> dict[str, Any]:
    """The first rows as they are read, how many more there are, and the figure of all."""
    first = found.head(MOST_ROWS)
    return {
        "table": table_of(with_names(first, names)) if n_rows else None,
        "n_more": n_rows - len(first),
        "figure": figures.kept(draw, with_names(found, names), results)
        if draw and n_rows
        else None,
    }


def with_names(table: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The same table with names for people in place of the short ones of our own."""
    columns = [column for column in NAMED_COLUMNS if column in table]
    return table.assign(
        **{column: table[column].map(lambda cell: name_of(cell, names)) for column in columns}
    )


def name_of(cell: Any, names: Names) -> Any:
    """The names of 'ivig + thalidomide' part by part; what has none loses its underscores."""
    if not isinstance(cell, str):
        return cell
    return " + ".join(name_of_part(part, names) for part in cell.split(" + "))


def name_of_part(part: str, names: Names) -> str:
    """'ivig' and 'ivig:complete' by the names of the query `names`."""
    if part in names:
        return names[part]
    short, colon, rest = part.partition(":")
    if colon and short in names:
        return f"{names[short]}: {rest}"
    return part if " " in part else part.replace("_", " ")


def table_of(table: pd.DataFrame) -> dict[str, Any]:
    return {
        "columns": [str(column).replace("_", " ") for column in table.columns],
        "numeric": [is_numeric(table[column]) for column in table.columns],
        "rows": [[cell_text(value) for value in row] for row in table.itertuples(index=False)],
    }


def is_numeric(column: pd.Series[Any]) -> bool:
    """A column of numbers, or of nothing at all."""
    return all(
        isinstance(value, int | float | np.number) and not isinstance(value, bool)
        for value in column.dropna()
    )


def cell_text(value: Any) -> str:
    """A cell as it is read: no value is a dash, a whole number has no decimals."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:g}"
    return str(value)


def flow_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The PRISMA flow: for each phase what goes on and what is taken out, as (words, number)."""
    phases = []
    for phase, rows in table.groupby("phase", sort=False):
        sides = {
            side: [
                (str(what), int(n))
                for what, n in rows.loc[rows["side"] == side, ["what", "n"]].itertuples(index=False)
            ]
            for side in ("flow", "out")
        }
        phases.append({"phase": phase, **sides})
    return phases

"""'analyse': the report, one self-contained page made of the answers in queries/reports.

Reads the DuckDB file (read-only) and queries/reports; writes `extracted/report.html`.
Every figure and table names the query it comes from, so that a person can run it again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pandas as pd

from pipeline.analyse import figures
from pipeline.analyse.changes import lines_of_changes
from pipeline.files import write_atomically

__all__ = ["ReportError", "lines_of_changes", "write_report"]

TEMPLATE = Path(__file__).parent / "report.html"

# The questions in the order of the page: query, heading, what the figure shows (None: table only).
SECTIONS: tuple[tuple[str, str, figures.Draw | None], ...] = (
    ("corpus", "What this is made of", None),
    ("prisma", "From records to patients (PRISMA 2020)", None),
    ("refresh", "What the refreshes changed", None),
    ("before_after", "Pooled figures before and after", None),
    ("exclusion_reasons", "Reports left out", None),
    ("reports_per_year", "Reports over time", figures.reports_per_year),
    ("patients_by_sex_and_age", "Sex and age", figures.sex_and_age),
    ("paraprotein", "Monoclonal protein", None),
    ("isotypes", "Isotypes", None),
    ("extracutaneous", "Any involvement outside the skin", None),
    ("organs", "Organs involved", figures.organs),
    ("dermato_neuro_syndrome", "Dermato-neuro syndrome", None),
    ("response_by_therapy", "Therapies and responses", figures.responses),
    ("therapies_by_line", "Therapies by line", None),
    ("deaths", "Outcome", None),
    ("not_reported", "What the reports do not say", figures.not_reported),
    ("cohort_figures", "Figures of series as a whole", None),
    ("measured_accuracy", "Measured accuracy of this corpus", None),
)
# What only a refresh or an earlier file can fill; left out of the page where there was none.
ONLY_WITH_ROWS = ("refresh", "before_after", "measured_accuracy")


class ReportError(Exception):
    """The report cannot be made; the message says why and what to do."""


def write_report(database: Path, queries_dir: Path, path: Path) -> None:
    """Write the page for `database` to `path`, whole or not at all.

    Raises ReportError where the DuckDB file is missing or cannot be read.
    """
    if not database.exists():
        raise ReportError(f"{database} does not exist yet; run `make run` first.")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            page = render(connection, queries_dir)
    except duckdb.Error as error:
        raise ReportError(f"{database} cannot be read: {error}") from error
    write_atomically(path, page.encode("utf-8"))


def render(connection: duckdb.DuckDBPyConnection, queries_dir: Path) -> str:
    made = [
        section_of(connection, queries_dir, name, heading, draw) for name, heading, draw in SECTIONS
    ]
    sections = [one for one in made if one["rows"] or one["name"] not in ONLY_WITH_ROWS]
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        sections=sections, run=run_of(connection), sources=sources_of(connection)
    )


def section_of(
    connection: duckdb.DuckDBPyConnection,
    queries_dir: Path,
    name: str,
    heading: str,
    draw: figures.Draw | None,
) -> dict[str, Any]:
    sql = (queries_dir / "reports" / f"{name}.sql").read_text(encoding="utf-8")
    question = sql.splitlines()[0].removeprefix("--").strip()
    table = connection.execute(sql).df()
    return {
        "name": name,
        "heading": heading,
        "question": question,
        "columns": [column.replace("_", " ") for column in table.columns],
        "rows": [[cell_text(value) for value in row] for row in table.itertuples(index=False)],
        "numeric": [pd.api.types.is_numeric_dtype(dtype) for dtype in table.dtypes],
        "figure": draw(table) if draw and len(table) else None,
    }


def cell_text(value: Any) -> str:
    """A cell as it is read: no value is a dash, a whole number has no decimals."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def run_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    row = connection.execute("select * from runs").df().iloc[-1]
    return {str(name): cell_text(row[name]) for name in row.index}


def sources_of(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Number of reports by source: entrez, import, starter."""
    rows = connection.execute(
        "select source, count(*) from articles group by source order by source"
    ).fetchall()
    return {str(source): int(count) for source, count in rows}

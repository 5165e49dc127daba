"""Answers of queries/exports that are no tables: PRISMA counts, appraisal sheet, model counts.

Reads the DuckDB file, queries/exports and queries/reports/layers.sql; writes CSV files.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.export.tables import Column, csv_cell, quoted

# File written, and the query that answers it.
ANSWERS = {
    "prisma2020.csv": "exports/prisma2020.sql",
    "appraisal.csv": "exports/appraisal.sql",
    "model_counts.csv": "reports/layers.sql",
}


def write_answers(connection: duckdb.DuckDBPyConnection, queries_dir: Path, folder: Path) -> None:
    for name, file in ANSWERS.items():
        query = (queries_dir / file).read_text(encoding="utf-8")
        described = connection.execute(f"describe ({query})").fetchall()
        cells = ", ".join(csv_cell(Column(row[0], row[1], "")) for row in described)
        # The query is a file of ours, the path is quoted.
        connection.execute(
            f"copy (select {cells} from ({query})) to '{quoted(folder / name)}'"  # noqa: S608
            " (format csv, header)"
        )

"""Answers of queries/exports that are no tables: PRISMA counts, appraisal sheet, model counts.

Reads the DuckDB file, queries/exports and queries/reports/layers.sql; writes CSV files.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.export.tables import copy_csv, described

# File written, and the query that answers it.
ANSWERS = {
    "prisma2020.csv": "exports/prisma2020.sql",
    "appraisal.csv": "exports/appraisal.sql",
    "model_counts.csv": "reports/layers.sql",
}


def write_answers(connection: duckdb.DuckDBPyConnection, queries_dir: Path, folder: Path) -> None:
    for name, file in ANSWERS.items():
        query = (queries_dir / file).read_text(encoding="utf-8")
        copy_csv(connection, query, described(connection, query, {}), folder / name)

"""The data dictionary and the Frictionless description of the exported tables.

Reads the tables as exported and `runs`; writes data_dictionary.csv and datapackage.json
(Data Package v1, specs.frictionlessdata.io).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipeline.export.tables import LIST_SEPARATOR, Column, Table

FIELD_TYPES = {
    "INTEGER": "integer", "BIGINT": "integer", "HUGEINT": "integer", "DOUBLE": "number",
    "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime",
}  # fmt: skip


STARTER = (
    " Made from the bundled starter corpus: real reports restated in our own words, to show what"
    " the pipeline does; no figure made from it is evidence."
)


def write_datapackage(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path
) -> None:
    run = connection.execute("select run_id, finished_at, mode from runs").fetchone()
    run_id, finished_at, mode = run or (None, None, None)
    declared = STARTER if mode == "starter" else ""
    package = {
        "profile": "tabular-data-package",
        "name": "pooled-case-reports",
        "title": "Case reports, pooled",
        "description": (
            f"Run {run_id}, mode {mode}. An empty cell means that the text does not say; it never"
            f" means absent. Lists are joined by '{LIST_SEPARATOR.strip()}'. Words of reports"
            f" without an open licence are left out; their places are kept.{declared}"
        ),
        **({"created": finished_at} if finished_at else {}),
        "resources": [resource_of(table) for table in tables],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    write_dictionary(tables, folder / "data_dictionary.csv")


def resource_of(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"tables/{table.name}.csv",
        "title": table.name,
        "description": table.comment,
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"fields": [field_of(column) for column in table.columns]},
    }


def field_of(column: Column) -> dict[str, str]:
    kind = FIELD_TYPES.get(column.type, "string")
    return {"name": column.name, "type": kind, "description": column.comment}


def write_dictionary(tables: Sequence[Table], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("table", "rows", "column", "type", "meaning"))
        for table in tables:
            writer.writerow((table.name, table.rows, "", "", table.comment))
            for column in table.columns:
                writer.writerow((table.name, "", column.name, column.type, column.comment))

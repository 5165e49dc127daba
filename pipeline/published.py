"""The published series that a disease is compared with: facts a person read. Reads CSV only."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.rules import DISEASES_FOLDER, RulesError, disease_file

PUBLISHED = {
    "series": (
        "series", "year", "centre", "n_patients", "parent", "overlap", "identifiers", "source",
    ),
    "figures": ("series", "variable", "n_present", "n_stated", "left_out", "note"),
}  # fmt: skip


def read_published(
    disease: str, folder: Path = DISEASES_FOLDER
) -> dict[str, list[dict[str, str | None]]]:
    """The published series of a disease and their figures, as rows of the tables of that name.

    Read from `<name>.series.csv` and `<name>.figures.csv` beside the disease file; a disease
    without them has none.
    Raises RulesError naming file and line for a series that is not listed, or a false count.
    """
    beside = disease_file(disease, folder)
    name = beside.stem
    tables = {
        f"published_{kind}": read_judged(beside.with_name(f"{name}.{kind}.csv"), columns)
        for kind, columns in PUBLISHED.items()
    }
    known = {row["series"] for row in tables["published_series"]}
    for kind, column in (("series", "parent"), ("figures", "series")):
        for line, row in enumerate(tables[f"published_{kind}"], start=2):
            if row[column] is not None and row[column] not in known:
                raise RulesError(
                    f"{name}.{kind}.csv, line {line}: there is no series {row[column]!r}."
                )
    for line, row in enumerate(tables["published_figures"], start=2):
        present, stated = int(row["n_present"] or -1), int(row["n_stated"] or 10**9)
        if not 0 <= present <= stated:
            raise RulesError(f"{name}.figures.csv, line {line}: {present} of {stated} is no count.")
    return tables


def read_judged(path: Path, columns: tuple[str, ...]) -> list[dict[str, str | None]]:
    """The rows of a file of judged facts, an empty cell as None; no file, no rows."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        header, *rows = list(csv.reader(handle, strict=True))
    if tuple(header) != columns:
        raise RulesError(f"{path.name}, line 1: columns must be {','.join(columns)}.")
    for line, cells in enumerate(rows, start=2):
        if len(cells) != len(columns):
            raise RulesError(
                f"{path.name}, line {line}: {len(cells)} cells where {len(columns)} are needed."
            )
    return [
        dict(zip(columns, (cell.strip() or None for cell in cells), strict=True)) for cells in rows
    ]

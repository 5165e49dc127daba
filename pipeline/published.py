"""Facts of a disease that a person judged: published series, and how well the program reads.

Reads CSV beside the disease file, writes nothing.
"""

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
READING = ("variable", "n_found", "n_true", "n_left_out", "n_false", "measured_on")


def read_published(
    disease: str, folder: Path = DISEASES_FOLDER
) -> dict[str, list[dict[str, str | None]]]:
    """What was judged of a disease, as rows of the tables that hold it.

    published_series and published_figures are `<name>.series.csv` and `<name>.figures.csv` beside
    the disease file, accuracy_elsewhere is `<name>.accuracy.csv`; a file that is missing has no
    rows. Raises RulesError naming file and line for a series that is not listed, or a false count.
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
    return tables | {"accuracy_elsewhere": read_accuracy(beside.with_name(f"{name}.accuracy.csv"))}


def read_accuracy(path: Path) -> list[dict[str, str | None]]:
    """How well each fact was read in other texts; raises RulesError for a false count."""
    rows = read_judged(path, READING)
    for line, row in enumerate(rows, start=2):
        for found, total in (("n_found", "n_true"), ("n_left_out", "n_false")):
            part, whole = int(row[found] or -1), int(row[total] or 0)
            if not 0 <= part <= whole or whole == 0:
                raise RulesError(f"{path.name}, line {line}: {part} of {whole} is no count.")
    return rows


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

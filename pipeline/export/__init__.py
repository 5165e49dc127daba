"""The export stage: the DuckDB file as what other tools take.

Reads the DuckDB file, read-only, and queries/exports; writes one folder, built beside the old one
and swapped in by rename: tables as CSV and Parquet with a Frictionless description, Phenopackets,
the PRISMA 2020 counts, references, an appraisal sheet, and an R script with its counts.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb

from pipeline.export.answers import write_answers
from pipeline.export.datapackage import write_datapackage
from pipeline.export.phenopackets import write_phenopackets
from pipeline.export.references import write_references
from pipeline.export.tables import write_tables

R_SCRIPT = Path(__file__).parent / "pooled.R"
__all__ = ["ExportError", "export"]


class ExportError(Exception):
    """Nothing was exported; the message says why and what to do."""


def export(database: Path, queries_dir: Path, folder: Path, disease: tuple[str, str]) -> list[Path]:
    """Write the whole export to `folder`, which is replaced; the files written, by name.

    `disease` is the code and the label of the diagnosis, as Phenopackets want it.

    Raises ExportError where there is no database, it cannot be read, or the folder cannot be
    written; `folder` is then as it was.
    """
    if not database.is_file():
        raise ExportError(f"There is no database at {database} yet; `make run` makes it.")
    try:
        refuse_foreign(folder)
        replace(database, queries_dir, folder, disease)
    except duckdb.Error as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        raise ExportError(f"{database} could not be exported: {reason}.") from error
    except OSError as error:
        raise ExportError(
            f"{folder} could not be written ({error.strerror}): make room, allow it or name"
            " another folder."
        ) from error
    return sorted(path for path in folder.rglob("*") if path.is_file())


def refuse_foreign(folder: Path) -> None:
    """The folder is replaced as a whole, so it must be an export of ours, empty, or not there."""
    is_ours = not folder.exists() or (folder / "datapackage.json").is_file()
    if not is_ours and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder} holds something else; name a folder that is new or empty.")


def replace(database: Path, queries_dir: Path, folder: Path, disease: tuple[str, str]) -> None:
    """Build the export beside the folder, then swap it in."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder.parent) as temporary:
        made = Path(temporary) / "export"
        made.mkdir()
        write_all(database, queries_dir, made, disease)
        swap_in(made, folder, Path(temporary) / "before")


def write_all(database: Path, queries_dir: Path, folder: Path, disease: tuple[str, str]) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = write_tables(connection, queries_dir, folder)
        write_datapackage(connection, tables, folder)
        write_answers(connection, queries_dir, folder)
        write_references(connection, queries_dir, folder)
        write_phenopackets(connection, queries_dir, folder, disease)
    shutil.copyfile(R_SCRIPT, folder / R_SCRIPT.name)


def swap_in(made: Path, folder: Path, before: Path) -> None:
    """Put the new folder where the old one was; the old one goes with the temporary folder."""
    if folder.exists():
        folder.rename(before)
    made.rename(folder)

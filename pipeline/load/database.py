"""The DuckDB file: built beside the old one from rows and SQL, checked, swapped in by rename.

Reads the SQL below queries/ (tables, macros, derived, views, checks); writes the DuckDB file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from pipeline.files import is_running, sync_folder
from pipeline.load.before import Before, figure_rows
from pipeline.load.insert import count_rows, create_vocabulary, insert_rows, insert_tables
from pipeline.load.kept import Kept, make_room
from pipeline.load.rows import Tables, Vocabulary, organ_rows
from pipeline.load.schema import (
    LoadError,
    create_tables,
    create_views,
    derive_tables,
    first_line,
    identifier,
    quoted,
    run_checks,
    sql_files,
)

# DuckDB 2.0 writes a format of its own that 1.3 refuses; this one is read by 1.2 and newer.
STORAGE_VERSION = "v1.2.0"
MOST_MEMORY = "500MB"  # of DuckDB, which else takes most of the machine's; beyond it uses the disk


def build(
    parts: Iterable[Tables],
    vocabulary: Vocabulary,
    database: Path,
    queries_dir: Path,
    before: Before,
    kept: Kept,
) -> dict[str, int]:
    """Write all tables and views to a new file, check it, and put it in the place of the old.

    The rows come in parts, one in memory at a time. Where reports are kept, the new file begins
    as a copy of the old one.

    Returns the rows of each table. Raises LoadError or CheckFailed; the old file then stays.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(database)
    new = database.with_name(f"{database.name}.new-{os.getpid()}")
    try:
        if kept.staying:
            shutil.copyfile(database, new)
        with duckdb.connect(
            config={"memory_limit": MOST_MEMORY, "temp_directory": f"{new}.spill"}
        ) as connection:
            attach(connection, new, database.stem)
            names = (
                emptied_tables(connection, queries_dir, vocabulary, kept)
                if kept.staying
                else new_tables(connection, queries_dir, vocabulary)
            )
            counts = fill(connection, names, parts, vocabulary, queries_dir, before)
            detach(connection, database.stem)
        with new.open("rb") as handle:
            os.fsync(handle.fileno())
        new.replace(database)
        sync_folder(database.parent)
    except (duckdb.Error, OSError) as error:
        raise LoadError(
            f"{database} could not be written ({first_line(error)}); the file of before is kept:"
            " make room or allow writing, then run again."
        ) from error
    finally:
        for ending in ("", ".wal", ".spill"):
            remove(new.with_name(f"{new.name}{ending}"))
    return counts


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Open or make the file at `path`; `name` is its name for the views in it."""
    connection.execute(
        f"attach '{quoted(str(path))}' as {identifier(name)} (storage_version '{STORAGE_VERSION}')"
    )
    connection.execute(f"use {identifier(name)}")


def detach(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Write everything into the file and close it."""
    connection.execute("checkpoint")
    connection.execute("use memory")
    connection.execute(f"detach {identifier(name)}")


def new_tables(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, vocabulary: Vocabulary
) -> list[str]:
    """All tables, those of the vocabulary filled, and all views; the names of the tables."""
    names = create_tables(connection, queries_dir)
    names += create_vocabulary(connection, vocabulary)
    create_views(connection, queries_dir)
    return names


def emptied_tables(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, vocabulary: Vocabulary, kept: Kept
) -> list[str]:
    """The tables of before with nothing but the kept reports and the vocabulary; their names."""
    make_room(connection, queries_dir, kept.going)
    names = [path.stem for path in sql_files(queries_dir / "tables")]
    return [*names, *(f"vocabulary_{name}" for name in sorted(vocabulary))]


def fill(
    connection: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    parts: Iterable[Tables],
    vocabulary: Vocabulary,
    queries_dir: Path,
    before: Before,
) -> dict[str, int]:
    """Enter the rows, derive what SQL derives, check it all; the rows of each table."""
    for tables in parts:
        insert_tables(connection, tables, names)
    used = connection.execute("select distinct organ from organ_involvement").fetchall()
    insert_rows(connection, "organ_systems", organ_rows(vocabulary, {organ for (organ,) in used}))
    derive_tables(connection, queries_dir)
    after = connection.execute(
        "select position, figure, n, n_stated from pooled_figures"
    ).fetchall()
    insert_rows(connection, "figures_before_after", figure_rows(before, after))
    run_checks(connection, queries_dir)
    return {table: count_rows(connection, table) for table in sorted(set(names))}


def remove_leftovers(database: Path) -> None:
    """Delete what a killed load left behind; a load that is still running keeps its file."""
    for path in database.parent.glob(f"{database.name}.new-*"):
        process = path.name.removeprefix(f"{database.name}.new-").partition(".")[0]
        if process.isdecimal() and not is_running(int(process)):
            remove(path)


def remove(path: Path) -> None:
    """Remove a file, or the folder that DuckDB uses where its memory does not suffice."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

"""The manifest of what was given: one row per state of a record, append-only JSON Lines.

Reads and writes `extracted/raw/manifest.jsonl`; the latest row of a record is its state.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from pipeline.files import UnreadableFileError

Database = Literal["pubmed", "pmc", "import"]
RowStatus = Literal["fetched", "left", "deleted", "absent", "blocked", "failed"]
Key = tuple[str, str]


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A state of a record: when, why and by which run it came, and what is known of it.

    `file` is relative to `extracted/`, None where no copy was ever received; `sha256` is the
    checksum of that file, `n_records` how many records the file holds.
    `run` is the run that received the copy. `is_unchanged` says that the copy was fetched
    because it seemed revised and was the same as before.
    """

    id: str
    database: Database
    status: RowStatus
    run: str
    fetched_on: str
    reason: str = ""
    file: str | None = None
    sha256: str | None = None
    n_records: int = 1
    record_sha256: str | None = None
    revised_on: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    licence: str | None = None
    notices: tuple[str, ...] = ()
    is_unchanged: bool = False
    tries: int = 0
    message: str | None = None

    @property
    def key(self) -> Key:
        return (self.database, self.id)


class Manifest:
    """The rows of one `extracted/raw/manifest.jsonl`, in memory and on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = read_manifest(path)
        self.states = latest(self.rows)

    def append(self, rows: Sequence[Row]) -> None:
        """Add rows, on disk first; a line torn by a kill is cut off before."""
        append_rows(self.path, rows)
        self.rows.extend(rows)
        self.states.update(latest(rows))

    def stored(self, database: Database) -> dict[str, Row]:
        """The states of a database's records of which there is a copy, by id."""
        return {
            row.id: row
            for row in self.states.values()
            if row.database == database and row.file is not None
        }


def latest(rows: Iterable[Row]) -> dict[Key, Row]:
    """The last row of each record."""
    return {row.key: row for row in rows}


def read_manifest(path: Path) -> list[Row]:
    """All rows; a last line without its end (a run was killed) is left out.

    Raises UnreadableFileError naming file and line where any other line is not a row.
    """
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")[:-1]
    decoder = msgspec.json.Decoder(Row)
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UnreadableFileError(
                f"{path}, line {number} is damaged ({error}): remove that line and run again;"
                " its records are then taken from the raw files again."
            ) from error
    return rows


def append_rows(path: Path, rows: Sequence[Row]) -> None:
    """Append rows in one write, whole on disk when this returns; one writer at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    with path.open("a+b") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _cut_torn_line(handle)
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _cut_torn_line(handle: BinaryIO) -> None:
    """Cut off a last line that a killed writer left without its end."""
    size = handle.seek(0, os.SEEK_END)
    if size == 0:
        return
    handle.seek(size - 1)
    if handle.read(1) != b"\n":
        handle.seek(0)
        handle.truncate(handle.read().rfind(b"\n") + 1)

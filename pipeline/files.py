"""Whole-or-not-at-all files: atomic writes, JSON Lines of records, checksums.

Reads and writes whatever path it is given.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Record = TypeVar("Record")


class UnreadableFileError(Exception):
    """A file of ours that cannot be read; the message names file and line."""


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a crash or power loss leaves the old file or the new one.

    The order (file to disk, rename, folder to disk) is what POSIX guarantees to survive.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_rows(path: Path, rows: Iterable[msgspec.Struct]) -> None:
    """Write records as JSON Lines, atomically, in the order given."""
    encoder = msgspec.json.Encoder()
    write_atomically(path, b"".join(encoder.encode(row) + b"\n" for row in rows))


def read_rows(path: Path, kind: type[Record]) -> Iterator[Record]:
    """Yield the records of a JSON Lines file; a missing file has none.

    Raises UnreadableFileError naming file and line where a line is not a record of `kind`.
    """
    if not path.exists():
        return
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind)
    with path.open("rb") as handle:
        for number, line in enumerate(handle, start=1):
            try:
                yield decoder.decode(line)
            except msgspec.DecodeError as error:
                raise UnreadableFileError(f"{path}, line {number}: {error}") from error

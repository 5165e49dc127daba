"""Whole-or-not-at-all files: atomic writes, JSON Lines of records, checksums.

Reads and writes whatever path it is given.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

Record = TypeVar("Record")


class UnreadableFileError(Exception):
    """A file of ours that cannot be read; the message names file and line."""


class UnwritableFileError(OSError):
    """A file that could not be written (disk full, read-only); what stood there before stays."""

    def __str__(self) -> str:
        return (
            f"{self.filename} could not be written ({self.strerror}); what was there before is"
            " kept: make room or allow writing, then run again."
        )


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str | None:
    """The checksum of a file of any size, None where it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return None


@functools.cache
def sha256_of_code(*patterns: str) -> str:
    """The checksum of the files of this program that match, e.g. 'screen/*.py', by their names."""
    checksum = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(Path(__file__).parent.glob(pattern)):
            checksum.update(path.name.encode() + path.read_bytes())
    return checksum.hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a crash or power loss leaves the old file or the new one.

    The order (file to disk, rename, folder to disk) is what POSIX guarantees to survive.
    Raises UnwritableFileError where that is not possible.
    """
    write_pieces(path, [data])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """`write_atomically` for what comes piece by piece, one in memory at a time."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as handle:
                handle.writelines(pieces)
                handle.flush()
                os.fsync(handle.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise UnwritableFileError(error.errno, error.strerror, str(path)) from error


def remove_leftovers(folder: Path) -> None:
    """Delete what killed writers left in `folder`, not below it; one that still runs keeps its.

    Those of corrections.csv stay: the notebook writes it, perhaps on another machine.
    """
    for path in folder.glob(".*.tmp"):
        name, _, process = path.name.removesuffix(".tmp").rpartition(".")
        is_ours = process.isdecimal() and not name.startswith(".corrections")
        if is_ours and not is_running(int(process)):
            path.unlink(missing_ok=True)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_rows(path: Path, rows: Iterable[msgspec.Struct]) -> None:
    """Write records as JSON Lines, atomically, in the order given; the last line is a checksum."""
    encoder = msgspec.json.Encoder()
    write_lines(path, (encoder.encode(row) + b"\n" for row in rows))


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines as they come, whole or not at all, and behind them their checksum."""
    checksum = hashlib.sha256()

    def pieces() -> Iterator[bytes]:
        for line in lines:
            checksum.update(line)
            yield line
        yield checksum_line(checksum)

    write_pieces(path, pieces())


def checksum_line(checksum: hashlib._Hash) -> bytes:
    return b"#sha256 " + checksum.hexdigest().encode() + b"\n"


def checked_lines(handle: BinaryIO, path: Path) -> Iterator[bytes]:
    """The lines of a file of `write_lines`, one in memory at a time.

    They count only where all were taken: the end raises UnreadableFileError where the file is not
    as it was written, for a single bit can turn one value into another that reads as well.
    """
    checksum, last = hashlib.sha256(), b""
    for line in handle:
        if line.startswith(b"#"):
            last = line
            break
        checksum.update(line)
        yield line
    if last != checksum_line(checksum) or handle.read(1):
        raise UnreadableFileError(f"{path} is not as it was written")


def read_rows(path: Path, kind: type[Record]) -> list[Record]:
    """The records of a file of `write_rows`; a missing file has none.

    Raises UnreadableFileError where the file is not as it was written.
    """
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind)
    try:
        with path.open("rb") as handle:
            return [decoder.decode(line) for line in checked_lines(handle, path)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{path} is not as it was written: {error}") from error

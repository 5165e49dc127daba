"""Decisions put on disk: whole rows or none, two people at once, nothing lost by a kill.

Reads and writes corrections.csv.
Under a lock the new file is written beside the old one, brought to disk and swapped in by
rename: a plain append of one line can be cut by a kill or a power loss, a rename cannot.
"""

from __future__ import annotations

import contextlib
import csv
import fcntl
import io
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pipeline.files import write_atomically
from pipeline.review.choices import problem_of
from pipeline.review.decisions import COLUMNS, Decision
from pipeline.spreadsheet import delimiter_of, harmless

WAIT_SECONDS = 10.0
BOM = b"\xef\xbb\xbf"


class LedgerError(Exception):
    """A decision that was not stored; the message says why and what to do."""


def append(path: Path, decisions: Sequence[Decision]) -> None:
    """Store decisions at the end of corrections.csv, all of them or none.

    The delimiter, line ends and byte order mark that the file has are kept.
    Raises LedgerError; the file is then as it was.
    """
    for decision in decisions:
        refuse_bad(decision)
    with ours_alone(path) as file:
        store(file, decisions)


def retract(path: Path, decisions: Sequence[Decision]) -> None:
    """Take the last rows that say exactly this out of corrections.csv, all of them or none.

    Raises LedgerError where one is not there as it was written; the file is then as it was.
    """
    with ours_alone(path) as file:
        data = file.read_bytes()
        for decision in reversed(decisions):
            data = without(path, data, decision)
        replace(file, data)


def without(path: Path, data: bytes, decision: Decision) -> bytes:
    text = data.decode("utf-8")
    line_end = "\r\n" if "\r\n" in text else "\n"
    row = rows_text([decision], delimiter_of(text.removeprefix("\ufeff")), line_end)
    before, found, after = text.rpartition(f"\n{row}")
    if not found:
        raise LedgerError(
            f"Not undone: the row is not in {path.name} as it was written; decide anew instead."
        )
    return f"{before}\n{after}".encode()


def store(path: Path, decisions: Sequence[Decision]) -> None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    replace(path, grown(path, data, decisions))


def replace(path: Path, data: bytes) -> None:
    """Swap in the new file with the permissions of the old one."""
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    write_atomically(path, data)
    if mode is not None:
        path.chmod(mode)


def grown(path: Path, data: bytes, decisions: Sequence[Decision]) -> bytes:
    """The bytes of the file with the new rows at the end, in the manner of the rows before."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LedgerError(f"{path} is not UTF-8 text; save it again as CSV UTF-8.") from error
    delimiter = delimiter_of(text)
    line_end = "\r\n" if "\r\n" in text else "\n"
    if not text.strip():
        start = (BOM if data.startswith(BOM) else b"") + f"{','.join(COLUMNS)}\n".encode()
        delimiter, line_end = ",", "\n"
    elif tuple(next(csv.reader([text.splitlines()[0]], delimiter=delimiter))) != COLUMNS:
        raise LedgerError(f"{path}, line 1: the columns must be {','.join(COLUMNS)}.")
    else:
        start = data if text.endswith(("\n", "\r")) else data + line_end.encode()
    return start + rows_text(decisions, delimiter, line_end).encode()


def rows_text(decisions: Sequence[Decision], delimiter: str, line_end: str) -> str:
    """CSV rows; a text with line ends of any kind (it was quoted so from a report) is quoted."""
    buffer = io.StringIO()
    for decision in decisions:
        cells = [harmless(getattr(decision, column)) for column in COLUMNS]
        is_long = any(len(cell.splitlines()) > 1 for cell in cells)
        quoting: Literal[0, 1] = csv.QUOTE_ALL if is_long else csv.QUOTE_MINIMAL
        csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerow(
            cells
        )
    return buffer.getvalue()


def refuse_bad(decision: Decision) -> None:
    """What load would refuse must not reach the file: it would stop every later run."""
    for column in ("reviewer", "reviewed_on", "article_id", "text_sha256", "field"):
        if not getattr(decision, column).strip():
            raise LedgerError(f"Not stored: {column.replace('_', ' ')} is empty.")
    for column in set(COLUMNS) - {"value_before"}:
        value: str = getattr(decision, column)
        if len(value.splitlines()) > 1 or "\0" in value or value != value.strip():
            raise LedgerError(f"Not stored: {column.replace('_', ' ')} must be one trimmed line.")
    problem = problem_of(decision.field, decision.value_after, decision.patient_id)
    if problem:
        raise LedgerError(f"Not stored: {problem}")


def refuse_while_open_elsewhere(path: Path) -> None:
    """A spreadsheet program that has the file open would later save over what is added now."""
    mark = path.with_name(f".~lock.{path.name}#")
    if mark.exists():
        raise LedgerError(
            f"Not stored: {path.name} is open in a spreadsheet program. Close it there first"
            f" (where none is running, delete {mark.name})."
        )


@contextlib.contextmanager
def ours_alone(path: Path) -> Iterator[Path]:
    """The file itself (behind a link, if any) while nobody else writes it."""
    file = path.resolve()
    with locked(file.parent):
        refuse_while_open_elsewhere(path)
        # Under the lock nobody writes one: what is there was left by a notebook that was killed.
        for leftover in file.parent.glob(f".{file.name}.*.tmp"):
            leftover.unlink(missing_ok=True)
        yield file


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder; the kernel takes it back from a killed holder."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        wait_for(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def wait_for(descriptor: int, folder: Path) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise LedgerError(
                    f"Not stored: another notebook has been writing in {folder} for"
                    f" {WAIT_SECONDS:g} seconds; try again."
                ) from None
            time.sleep(0.01)
        else:
            return

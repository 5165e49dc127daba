"""One run at a time: a lock file that says who holds it. Writes `extracted/raw/run.lock`.

The command line holds it from the first request to the last file, so that a refresh, an import
and a run on the starter corpus never work on the same folder at once.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from pipeline.files import remove_leftovers
from pipeline.retrieve.errors import RetrieveError

SUBFOLDERS = ("pubmed", "pmc", "import", "runs")


@contextlib.contextmanager
def run_lock(raw_dir: Path) -> Iterator[None]:
    """Hold the lock of this raw folder; a killed holder loses it at once, by the kernel.

    Raises RetrieveError saying who holds it, or why the folder cannot be written.
    """
    path = raw_dir / "run.lock"
    try:
        raw_dir.mkdir(parents=True, exist_ok=True)
        handle = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise RetrieveError(
            f"{error.filename or path} cannot be written ({error.strerror}):"
            " allow it or set EXTRACTED_DIR, then run again."
        ) from None
    with handle:
        _lock(handle, path)
        for folder in (raw_dir.parent, raw_dir, *(raw_dir / name for name in SUBFOLDERS)):
            remove_leftovers(folder)
        yield


def _lock(handle: TextIO, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = path.read_text(encoding="utf-8").strip() or "another process"
        raise RetrieveError(
            f"Another run is working on {path.parent.parent} ({holder}): wait until it has ended."
        ) from None
    started = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    handle.truncate(0)
    handle.write(f"process {os.getpid()} on {socket.gethostname()}, since {started}")
    handle.flush()

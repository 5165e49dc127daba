"""One refresh at a time: a lock file that says who holds it. Writes `extracted/raw/run.lock`."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from .errors import RetrieveError


@contextlib.contextmanager
def run_lock(raw_dir: Path) -> Iterator[None]:
    """Hold the lock of this raw folder; a killed holder loses it at once, by the kernel.

    Raises RetrieveError saying who holds it.
    """
    raw_dir.mkdir(parents=True, exist_ok=True)
    path = raw_dir / "run.lock"
    with path.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = path.read_text(encoding="utf-8").strip() or "another process"
            raise RetrieveError(
                f"Another run is refreshing this corpus ({holder}): wait until it has ended."
            ) from None
        started = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        handle.truncate(0)
        handle.write(f"process {os.getpid()} on {socket.gethostname()}, since {started}")
        handle.flush()
        yield

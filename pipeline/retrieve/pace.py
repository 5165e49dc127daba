"""How fast and how stubbornly Entrez is asked: the settings of waiting, and one limiter
for all processes of this user on this machine.

Reads and writes one small file of time stamps per service in the user's cache folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

REQUESTS_PER_SECOND = 3  # NCBI's limit per address without a key ...
REQUESTS_PER_SECOND_WITH_KEY = 10  # ... and per key with one
STAMPS_KEPT = REQUESTS_PER_SECOND_WITH_KEY


@dataclass(frozen=True)
class Pace:
    """Waits, sizes and caps of one run; the defaults are the polite ones, tests shorten the waits.

    `window_seconds` is the second in which at most 3 (10 with a key) requests may start.
    """

    tries: int = 5
    first_wait_seconds: float = 2.0
    longest_wait_seconds: float = 32.0
    longest_retry_after_seconds: float = 300.0
    timeout_seconds: float = 60.0
    whole_answer_seconds: float = 300.0
    failures_in_row: int = 20
    drought_seconds: float = 600.0
    request_cap: int = 5_000
    batch_size: int = 200
    window_seconds: float = 1.0
    limiter_dir: Path | None = None
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def wait_seconds(self, failures: int, retry_after_seconds: float | None) -> float:
        """Seconds before the next try: doubling, with jitter, never less than Retry-After."""
        doubled = self.first_wait_seconds * 2.0 ** (failures - 1)
        wait = min(doubled, self.longest_wait_seconds) * (1 + self.jitter() / 4)
        return max(wait, retry_after_seconds or 0.0)


class Limiter:
    """At most `limit` requests in any window, whichever process of this user sends them.

    Requests are sent one at a time under a file lock, and each is stamped when its answer begins:
    the service has seen it by then, so the service, too, counts at most `limit` a window,
    however late the network delivered them.
    """

    def __init__(self, path: Path, limit: int, window_seconds: float) -> None:
        self.path = path
        self.limit = limit
        self.window_seconds = window_seconds

    @contextlib.contextmanager
    def slot(self) -> Iterator[None]:
        """Wait for a turn, hold it while the body runs, and stamp it."""
        with self.path.open("a+b", buffering=0) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)  # the kernel frees it if this process dies
            stamps = _read_stamps(handle)
            self._wait(stamps)
            _write_stamps(handle, [*stamps, time.monotonic()])
            try:
                yield
            finally:
                _write_stamps(handle, [*stamps, time.monotonic()])

    def _wait(self, stamps: list[float]) -> None:
        while (seconds := self._seconds_to_wait(stamps)) > 0:
            time.sleep(seconds)

    def _seconds_to_wait(self, stamps: list[float]) -> float:
        window = self.window_seconds * 1.01
        earliest = [stamps[-1] + window / self.limit / 1.5] if stamps else []
        if len(stamps) >= self.limit:
            earliest.append(stamps[-self.limit] + window)
        return max(earliest, default=0.0) - time.monotonic()


def _read_stamps(handle: FileIO) -> list[float]:
    """The stamps, oldest first; those of before a reboot (later than now) are dropped."""
    handle.seek(0)
    try:
        numbers = json.loads(handle.read() or b"[]")
        stamps = [float(number) for number in numbers]
    except (ValueError, TypeError):  # torn by a power loss: the file holds nothing of worth
        stamps = []
    now = time.monotonic()
    return sorted(stamp for stamp in stamps if stamp <= now)[-STAMPS_KEPT:]


def _write_stamps(handle: FileIO, stamps: list[float]) -> None:
    data = json.dumps(stamps[-STAMPS_KEPT:]).encode()
    handle.truncate(0)
    handle.seek(0)
    handle.write(data)


def limiter_for(host: str, has_key: bool, pace: Pace, is_loopback: bool = False) -> Limiter:
    """The machine's limiter for the service at `host`, kept briefly for a loopback service."""
    folder = pace.limiter_dir or (_temporary_folder() if is_loopback else _cache_folder())
    name = hashlib.sha256(host.lower().encode()).hexdigest()[:16]
    limit = REQUESTS_PER_SECOND_WITH_KEY if has_key else REQUESTS_PER_SECOND
    folder.mkdir(parents=True, exist_ok=True)
    return Limiter(folder / f"{name}.json", limit, pace.window_seconds)


def _cache_folder() -> Path:
    """The user's cache folder, or a private folder for temporary files where there is none."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        wanted = base / "entrez-limiter"
        wanted.mkdir(parents=True, exist_ok=True)
        if os.access(wanted, os.W_OK):
            return wanted
    except (OSError, RuntimeError):  # RuntimeError: a user without a home folder
        pass
    return _temporary_folder()


def _temporary_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"entrez-limiter-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder

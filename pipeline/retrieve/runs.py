"""The log of each run: what it searched, what it found, whether it ended.

Reads and writes `extracted/raw/runs/<run>.json`; the file is what a killed run resumes from.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from pipeline.files import write_atomically
from pipeline.retrieve.entrez import Client
from pipeline.retrieve.manifest import Key, Manifest
from pipeline.retrieve.plan import Plan
from pipeline.retrieve.search import SearchAnswer

RESUMED_WITHIN = timedelta(days=1)  # older id lists are asked for again


class RunLog(msgspec.Struct, kw_only=True):
    """One run; `finished_on` is set only after everything of the run is on disk."""

    run: str
    started_on: str
    plan_digest: str
    service_digest: str
    finished_on: str | None = None
    searches: dict[str, SearchAnswer] = {}
    summary: dict[str, Any] | None = None


@dataclass
class Run:
    """What the steps of a run share."""

    extracted_dir: Path
    client: Client
    plan: Plan
    report: Callable[[str], None]
    manifest: Manifest
    log: RunLog
    last_finished: RunLog | None
    last_trusted: RunLog | None
    failed: set[Key] = field(default_factory=set)  # asked for by this process, in vain
    not_sent: set[Key] = field(default_factory=set)  # left out of two answers to this process

    @property
    def name(self) -> str:
        return self.log.run

    def save(self) -> None:
        path = self.extracted_dir / "raw" / "runs" / f"{self.name}.json"
        write_atomically(path, msgspec.json.format(msgspec.json.encode(self.log), indent=1))


def now() -> datetime:
    return datetime.now(UTC)


def now_text() -> str:
    return now().isoformat(timespec="seconds")


def read_logs(extracted_dir: Path) -> list[RunLog]:
    """The readable run logs, oldest first."""
    logs = []
    for path in sorted((extracted_dir / "raw" / "runs").glob("*.json")):
        try:
            logs.append(msgspec.json.decode(path.read_bytes(), type=RunLog))
        except (
            msgspec.DecodeError,
            UnicodeDecodeError,
        ):  # a log is a note for people; a damaged one resumes nothing
            continue
    return logs


def log_to_go_on_with(logs: list[RunLog], plan: Plan, base_url: str, taken: set[str]) -> RunLog:
    """The log of the last run if it was cut off within a day, otherwise a new one.

    `taken` are the names of all runs so far, also of those whose log is damaged.
    """
    service = hashlib.sha256(base_url.encode()).hexdigest()[:16]  # may hold a password
    if logs and logs[-1].finished_on is None:
        last = logs[-1]
        age = now() - datetime.fromisoformat(last.started_on)
        is_same = (last.plan_digest, last.service_digest) == (plan.digest, service)
        if is_same and timedelta(0) <= age < RESUMED_WITHIN:
            return last
    names = [name for name in (*taken, *(log.run for log in logs)) if name[:1].isdecimal()]
    name = name_after(f"{now():%Y%m%dT%H%M%SZ}", max(names, default=""))
    return RunLog(run=name, started_on=now_text(), plan_digest=plan.digest, service_digest=service)


def name_after(name: str, last: str) -> str:
    """A run name that sorts after all before it, as run logs and raw files are read in that order.

    '...Z' and then '...Z0002' where two runs start in one second or the clock went back.
    """
    if name > last:
        return name
    moment, _, number = last.partition("Z")
    return f"{moment}Z{int(number or 1) + 1:04}"


def last_trusted(logs: Sequence[RunLog]) -> RunLog | None:
    """The last finished run that did not start in the future: a clock that ran ahead and was put
    back would otherwise hide every revision until that day.
    """
    starts = [log for log in logs if log.finished_on and log.started_on <= now_text()]
    return max(starts, key=lambda log: log.started_on, default=None)


def progress_of(run: Run, what: str, total: int) -> Callable[[int], None]:
    """A function that reports how many have arrived and how long the rest will take."""
    started = time.monotonic()

    def tell(done: int) -> None:
        left = (time.monotonic() - started) / max(done, 1) * (total - done)
        rest = f", about {left:.0f} s left" if done < total else ""
        run.report(f"{what}: {done:,} of {total:,} fetched{rest}.")

    return tell

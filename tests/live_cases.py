"""What the tests of whole live runs share: the program as a process, before a stand-in Entrez.

Reads and writes only below the folder that a test gives.
"""

from __future__ import annotations

import atexit
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from fake_entrez import FakeEntrez, FakeRecord

ROOT = Path(__file__).parent.parent
EMAIL = "marked.reader+7f3@example.org"
KEY = "5ec4e7" * 6
# The program with shorter waits and nothing else changed: no wait before another try, two seconds
# of silence in place of sixty, and no limiter (the first run of the tests keeps the real one).
HASTY = """
import functools, sys
import pipeline.retrieve
refresh = sys.modules["pipeline.retrieve.refresh"]
refresh.Pace = functools.partial(
    refresh.Pace, first_wait_seconds=0.0, timeout_seconds=2.0, window_seconds=0.0
)
from pipeline.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def compiled_once() -> dict[str, str]:
    """Where Python keeps no compiled files, each of these processes would compile every library
    anew: then they share a folder of them, removed when the tests end.
    """
    if not sys.dont_write_bytecode:
        return {}
    folder = tempfile.mkdtemp(prefix="compiled-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": folder,
        # Compiled anew here, old escapes in a library make Python 3.12 warn; set-up compiles it.
        "PYTHONWARNINGS": "ignore::SyntaxWarning",
    }


COMPILED_ONCE = compiled_once()


@dataclass
class World:
    """A stand-in Entrez, and a folder that the program works in."""

    fake: FakeEntrez
    folder: Path
    told: list[str] = field(default_factory=list)  # all that was printed

    @property
    def extracted(self) -> Path:
        return self.folder / "extracted"

    @property
    def database(self) -> Path:
        return self.extracted / "scleromyxedema.duckdb"

    def environment(self, key: str = "") -> dict[str, str]:
        temporary = self.folder / "temporary"
        temporary.mkdir(parents=True, exist_ok=True)
        return {
            **os.environ,
            **COMPILED_ONCE,
            "NCBI_EMAIL": EMAIL,
            "NCBI_API_KEY": key,
            "ENTREZ_BASE_URL": self.fake.base_url,
            "EXTRACTED_DIR": str(self.extracted),
            "TMPDIR": str(temporary),
        }

    def start(self, *arguments: str, key: str = "", is_hasty: bool = True) -> subprocess.Popen[str]:
        program = ["-c", HASTY] if is_hasty else ["-m", "pipeline"]
        return subprocess.Popen(
            [sys.executable, *program, *(arguments or ("run",))],
            cwd=ROOT, env=self.environment(key), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *arguments: str, key: str = "", is_hasty: bool = True) -> tuple[int, str, str]:
        """Exit status, what was printed, and what was printed as an error."""
        process = self.start(*arguments, key=key, is_hasty=is_hasty)
        printed, errors = process.communicate(timeout=250)
        self.told += [printed, errors]
        return process.returncode, printed, errors

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def asked(self) -> list[tuple[str, str, list[str]]]:
        """Utility, database and ids of every request so far."""
        return [(s.utility, s.parameters["db"], s.ids) for s in self.fake.requests]

    def retract(self, pmid: str) -> None:
        """Retract a report without a change of its text."""
        note = self.fake.records[pmid].title_note
        self.fake.revise(pmid, is_retracted=True, links=[("RetractionIn", "99")])
        self.fake.records[pmid].title_note = note


@dataclass
class Built:
    """A finished first run: what to copy, and how the run went."""

    world: World
    outcome: tuple[int, str, str]
    records: dict[str, FakeRecord]
    asked: list[tuple[str, str, list[str]]]
    most_in_a_second: int
    identities: set[tuple[str | None, str | None]]

    def copied_to(self, folder: Path) -> World:
        """The corpus as after the first run, in a folder of its own, Entrez as it was then."""
        world = World(self.world.fake, folder)
        shutil.copytree(self.world.extracted, world.extracted)
        world.fake.records = copy.deepcopy(self.records)
        world.fake.recover()
        world.fake.warnings, world.fake.before_answer = [], None
        return world


def built(fake: FakeEntrez, folder: Path) -> Built:
    """A first run of the true program, from nothing, at the true pace."""
    world = World(fake, folder)
    outcome = world.run(is_hasty=False)
    identities = {(s.parameters.get("tool"), s.parameters.get("email")) for s in fake.requests}
    return Built(
        world=world,
        outcome=outcome,
        records=copy.deepcopy(fake.records),
        asked=world.asked(),
        most_in_a_second=fake.most_in_any(1.0),
        identities=identities,
    )

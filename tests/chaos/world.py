"""What the chaos loops share: the corpus before and after a change, a run of it, and the verdict.

Reads and writes only below the folder that is given.
"""

from __future__ import annotations

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from fake_entrez import FakeEntrez, FakeRecord

from pipeline.files import read_rows, sha256_of
from pipeline.fingerprint import FingerprintError, fingerprint_of
from pipeline.records import CORRECTION_COLUMNS, Extraction
from pipeline.retrieve.manifest import read_manifest

N_RECORDS, N_FULL_TEXTS = 8, 3
EMAIL = "reader@example.org"


@dataclass
class Outcome:
    """How a run ended: exit status (negative: killed), what it printed, what it did to files."""

    status: int
    text: str
    n_events: int
    seconds: float


class Warm:
    """The warm process, and orders to it."""

    def __init__(self, folder: Path, base_url: str) -> None:
        self.folder, self.base_url = folder, base_url
        threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("warm.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **threads},
        )  # fmt: skip
        self.read()

    def read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def start(self, extracted: Path, *arguments: str, **faults: Any) -> int:
        """Begin a run; the process id of it."""
        for name in ("log", "events"):
            (self.folder / name).unlink(missing_ok=True)
        environment = {"NCBI_EMAIL": EMAIL, "ENTREZ_BASE_URL": self.base_url}
        order = {
            "arguments": arguments or ("run",),
            "environment": {**environment, "EXTRACTED_DIR": str(extracted)},
            "log": str(self.folder / "log"),
            "events_file": str(self.folder / "events"),
            **faults,
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        self.started = time.monotonic()
        return int(self.read())

    def end(self) -> Outcome:
        """Wait for the run that was begun."""
        status = int(self.read())
        seconds = time.monotonic() - self.started
        events = self.folder / "events"
        n_events = int(events.read_text() or 0)
        text = (self.folder / "log").read_text(errors="replace")
        return Outcome(status, text, n_events, seconds)

    def run(self, extracted: Path, *arguments: str, **faults: Any) -> Outcome:
        self.start(extracted, *arguments, **faults)
        return self.end()

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


@dataclass
class World:
    """A corpus before a change (kept in `old`) and what a run makes of it after the change."""

    folder: Path
    fake: FakeEntrez
    warm: Warm
    fingerprints: dict[str, str] = field(default_factory=dict)
    records: dict[str, dict[str, FakeRecord]] = field(default_factory=dict)
    usual: Outcome = field(default_factory=lambda: Outcome(0, "", 0, 0.0))

    @property
    def old(self) -> Path:
        return self.folder / "old"

    def fresh(self, name: str = "work", kind: str = "new") -> Path:
        """A copy of the corpus of before in an Entrez that has changed since (or not: 'old')."""
        self.fake.records = copy.deepcopy(self.records[kind])
        self.fake.recover()
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.old, target)
        return target

    def prepare(self) -> None:
        """Build the corpus of before with a correction in it, change Entrez, build that too."""
        self.fake.add(N_RECORDS, N_FULL_TEXTS)
        self.expect(self.warm.run(self.old))
        write_correction(self.old)
        self.expect(self.warm.run(self.old))
        self.records["old"] = copy.deepcopy(self.fake.records)
        change(self.fake)
        self.records["new"] = copy.deepcopy(self.fake.records)
        new = self.fresh("new")
        self.usual = self.warm.run(new)
        self.expect(self.usual)
        for name, folder in (("old", self.old), ("new", new)):
            self.fingerprints[name] = fingerprint_of(database_of(folder)).sha256
        assert self.fingerprints["old"] != self.fingerprints["new"]

    def expect(self, outcome: Outcome) -> None:
        if outcome.status != 0:
            raise AssertionError(f"an undisturbed run ended with {outcome.status}: {outcome.text}")

    def lost(self, folder: Path) -> list[str]:
        """What was given or judged before and is not there, byte for byte, any more."""
        kept = [path for path in (self.old / "raw").rglob("*.xml") if path.is_file()]
        kept += [self.old / "corrections.csv"]
        return [
            str(path.relative_to(self.old))
            for path in kept
            if not is_same(path, folder / path.relative_to(self.old))
        ]

    def mixed(self, folder: Path) -> list[str]:
        """What is neither of before nor of after."""
        found = []
        try:
            fingerprint = fingerprint_of(database_of(folder)).sha256
        except FingerprintError as error:
            return [f"the DuckDB file: {error}"]
        if fingerprint not in self.fingerprints.values():
            found.append("the DuckDB file is neither the old one nor the new one")
        report = (folder / "report.html").read_text(encoding="utf-8")
        if not report.rstrip().endswith("</html>"):
            found.append("the report is cut short")
        is_old = is_same(self.old / "report.html", folder / "report.html")
        if not is_old and fingerprint == self.fingerprints["old"]:
            found.append("the report is newer than the DuckDB file")
        read_rows(folder / "extractions.jsonl", Extraction)
        read_manifest(folder / "raw" / "manifest.jsonl")
        json.loads((folder / "state.json").read_bytes())
        return found

    def unfinished(self, folder: Path, outcome: Outcome, kind: str = "new") -> list[str]:
        """What a run that ended well left undone: rows, records, files of killed runs."""
        found = [] if outcome.status == 0 else [f"status {outcome.status}: {outcome.text[-400:]}"]
        if fingerprint_of(database_of(folder)).sha256 != self.fingerprints[kind]:
            found.append("the rows are not those of an undisturbed run")
        with duckdb.connect(str(database_of(folder)), read_only=True) as connection:
            rows = connection.execute("select pmid from articles where source = 'entrez'")
            held = {pmid for (pmid,) in rows.fetchall()}
        expected = {r.pmid for r in self.records[kind].values() if not r.is_deleted}
        found += [f"PMID {pmid} is missing" for pmid in sorted(expected - held)]
        left = [path.name for path in folder.rglob("*") if ".tmp" in path.name]
        left += [path.name for path in folder.glob("*.new-*")]
        return found + [f"{name} was left behind" for name in left]


def database_of(folder: Path) -> Path:
    return folder / "scleromyxedema.duckdb"


def is_same(one: Path, other: Path) -> bool:
    return other.is_file() and sha256_of(one.read_bytes()) == sha256_of(other.read_bytes())


def change(fake: FakeEntrez) -> None:
    """Revisions, a retraction and new records, so that every stage has something to do."""
    pmids = sorted(fake.records)
    fake.revise(pmids[0])
    fake.revise(pmids[5])
    fake.revise(pmids[1], is_retracted=True, links=[("RetractionIn", "99")])
    fake.add(3, 1)


def write_correction(folder: Path) -> None:
    """A reviewer's decision on a patient: the other sex."""
    sql = """
        select article_id, text_sha256, patient_id, sex
        from patients join articles using (article_id) where sex is not null order by patient_id
    """
    with duckdb.connect(str(database_of(folder)), read_only=True) as connection:
        article_id, checksum, patient_id, sex = connection.execute(sql).fetchall()[0]
    after = "male" if sex == "female" else "female"
    cells = ["anna", "2026-01-31", article_id, checksum, patient_id, "sex", sex, after, "read"]
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([CORRECTION_COLUMNS, cells])

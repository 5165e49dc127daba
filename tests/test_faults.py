"""Faults of disks, clocks and files, one at a time; `make chaos` does the same by the hundred."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fake_entrez import FakeEntrez
from retrieve_cases import assert_complete, run
from test_run import built, count, pipeline

from pipeline import state
from pipeline.files import (
    UnreadableFileError,
    UnwritableFileError,
    read_rows,
    remove_leftovers,
    write_atomically,
    write_rows,
)
from pipeline.records import Extraction
from pipeline.retrieve import runs
from pipeline.retrieve.runs import name_after

ROOT = Path(__file__).parent.parent
__all__ = ["built"]


def test_a_damaged_database_is_noticed_and_made_again(
    built: tuple[Path, str], tmp_path: Path
) -> None:
    folder = tmp_path / "extracted"
    shutil.copytree(built[0], folder)
    database = folder / "scleromyxedema.duckdb"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 255
    database.write_bytes(data)
    result = pipeline("run", extracted=folder)
    assert result.returncode == 0
    assert "was changed or damaged since it was made" in result.stderr
    assert count(folder, "select count(*) from patients") > 0
    known = state.read_state(folder / "state.json")
    assert known is not None
    assert state.damage_of(database, known) is None


def test_files_reach_the_disk_before_their_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power loss a rename may be there and the bytes not, unless they were synced first."""
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def noted_replace(self: Path, target: Path) -> Path:
        done.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    write_atomically(tmp_path / "x", b"new")
    assert done == ["file", "rename", "folder"]


def test_a_full_disk_keeps_the_old_file_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError, match=r"x could not be written \(No space.*run again"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_only_the_leftovers_of_dead_writers_are_removed(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    dead = tmp_path / f".state.json.{child.pid}.tmp"
    kept = [
        tmp_path / f".state.json.{os.getpid()}.tmp",
        tmp_path / f".corrections.csv.{child.pid}.tmp",
        tmp_path / ".notes.tmp",
        tmp_path / "x.xml",
    ]
    for path in (dead, *kept):
        path.write_bytes(b"x")
    remove_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_a_single_bit_in_the_extractions_is_noticed(tmp_path: Path) -> None:
    """'1' and '0' differ in one bit: a patient of another age would read as well."""
    path = tmp_path / "extractions.jsonl"
    rows = [Extraction(article_id="PMID:1", status="ran", patient_count=1)]
    write_rows(path, rows)
    assert read_rows(path, Extraction) == rows
    data = path.read_bytes()
    for changed in (data.replace(b"PMID:1", b"PMID:0"), data[: len(data) // 2], b"", data[5:]):
        path.write_bytes(changed)
        with pytest.raises(UnreadableFileError, match="not as it was written"):
            read_rows(path, Extraction)


@pytest.mark.parametrize(
    ("now", "last", "name"),
    [
        ("20260131T100000Z", "", "20260131T100000Z"),
        ("20260131T100001Z", "20260131T100000Z", "20260131T100001Z"),
        ("20260131T100000Z", "20260131T100000Z", "20260131T100000Z0002"),
        ("20200101T000000Z", "20260131T100000Z0002", "20260131T100000Z0003"),
    ],
)
def test_run_names_keep_their_order_when_the_clock_goes_back(
    now: str, last: str, name: str
) -> None:
    assert name_after(now, last) == name
    assert name > last


def test_a_revision_is_found_after_a_run_whose_clock_was_ahead(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nothing would be looked for before the day that the wrong clock showed."""
    fake_entrez.add(6, 1)
    run(fake_entrez, tmp_path)
    ahead = datetime.now(UTC) + timedelta(days=500)
    with monkeypatch.context() as wrong:
        wrong.setattr(runs, "now", lambda: ahead)
        run(fake_entrez, tmp_path)
    pmid = sorted(fake_entrez.records)[2]
    fake_entrez.revise(pmid)
    result = run(fake_entrez, tmp_path)
    assert list(result.revised) == [pmid]
    assert_complete(fake_entrez, tmp_path)


@pytest.mark.slow
def test_a_short_chaos_loses_and_mixes_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "tests/chaos/run.py", "--kills", "10", "--seed", "1",
         "--only", "kills", "import", "limit", "clock", "rules"],
        cwd=ROOT, capture_output=True, text=True, timeout=290, check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )  # fmt: skip
    assert re.search(r"^lost = 0, mixed = 0$", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert done.returncode == 0

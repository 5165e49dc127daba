"""A run killed anywhere loses nothing and asks for nothing twice; two runs do not mix."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fake_entrez import FakeEntrez, Seen
from retrieve_cases import assert_complete, fast_pace, run, settings_for, stored_pmids

from pipeline import retrieve

ROOT = Path(__file__).parents[1]
N_RECORDS, N_FULL_TEXTS, BATCH = 30, 6, 5
N_REQUESTS = 2 + N_RECORDS // BATCH + N_FULL_TEXTS
CHILD = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[3], sys.argv[4]]
from retrieve_cases import SEARCH, fast_pace
from pipeline import retrieve
from pipeline.settings import Settings
folder = Path(sys.argv[2])
key = sys.argv[6] or None
settings = Settings("reader@example.org", key, sys.argv[1], folder / sys.argv[7])
pace = fast_pace(folder, batch_size=int(sys.argv[5]), window_seconds=float(sys.argv[8]))
print("ready", flush=True)
retrieve.refresh(SEARCH, settings, lambda line: None, pace=pace)
"""


def start(
    fake: FakeEntrez,
    folder: Path,
    extracted: str = "extracted",
    key: str = "",
    window_seconds: float = 0.0,
    batch_size: int = BATCH,
) -> subprocess.Popen[bytes]:
    """A refresh in a process of its own, just about to begin."""
    paths = [fake.base_url, str(folder), str(ROOT), str(ROOT / "tests")]
    options = [str(batch_size), key, extracted, str(window_seconds)]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *paths, *options], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()
    return child


def fetched(seen: list[Seen]) -> list[str]:
    return [i for request in seen if request.utility == "efetch" for i in request.ids]


def assert_resumes(fake: FakeEntrez, folder: Path) -> None:
    """The next run asks only for what is not in the raw folder, and completes it."""
    at_hand = set(stored_pmids(folder)) if (folder / "extracted").exists() else set()
    on_disk = {
        row_id for row_id in _ids_on_disk(folder)
    }  # also files whose manifest rows were not written
    fake.recover()
    run(fake, folder, batch_size=BATCH)
    assert_complete(fake, folder)
    assert len(stored_pmids(folder)) == len(set(stored_pmids(folder)))
    again = set(fetched(fake.requests)) & (at_hand | on_disk)
    assert not again, f"asked twice: {sorted(again)}"


def _ids_on_disk(folder: Path) -> list[str]:
    from lxml import etree

    batches = (folder / "extracted" / "raw" / "pubmed").glob("[!.]*.xml")
    roots = [etree.fromstring(path.read_bytes()) for path in batches]
    articles = (folder / "extracted" / "raw" / "pmc").glob("[!.]*.xml")
    pmids = [str(i) for root in roots for i in root.xpath("//MedlineCitation/PMID/text()")]
    return [*pmids, *(path.stem.removeprefix("PMC") for path in articles)]


@pytest.mark.parametrize("position", [0, 1, 3, 7, 10])
def test_killed_at_a_request(fake_entrez: FakeEntrez, tmp_path: Path, position: int) -> None:
    fake_entrez.add(N_RECORDS, N_FULL_TEXTS)
    child = start_and_kill_at(fake_entrez, tmp_path, position)
    assert child.wait() == -signal.SIGKILL
    n_searched = min(position, 2)
    assert_resumes(fake_entrez, tmp_path)
    assert len(fake_entrez.asked("esearch")) == 2 - n_searched


def start_and_kill_at(fake: FakeEntrez, folder: Path, position: int) -> subprocess.Popen[bytes]:
    """A child that dies while it waits for the answer to its request number `position`."""
    pids: list[int] = []
    started = threading.Event()

    def kill(seen: Seen) -> None:
        started.wait(10)
        if seen.position == position:
            os.kill(pids[0], signal.SIGKILL)

    fake.before_answer = kill
    child = start(fake, folder)
    pids.append(child.pid)
    started.set()
    child.wait()
    fake.before_answer = None
    return child


def kill_at_random(fake: FakeEntrez, folder: Path, chance: random.Random) -> bool:
    """Kill a child at a random moment of its work: in requests, in writes, between them.

    The clock starts with its first request, so that a slow start of Python costs no moment.
    True where it was in the middle of its work.
    """
    n_before = len(fake.requests)
    fake.before_answer = lambda _seen: time.sleep(0.004)
    child = start(fake, folder)
    while child.poll() is None and len(fake.requests) == n_before:
        time.sleep(0.001)
    time.sleep(chance.uniform(0.0, 0.12))
    child.kill()
    child.wait()
    fake.before_answer = None
    return child.returncode == -signal.SIGKILL and bool(fake.requests)


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_a_random_moment(fake_entrez: FakeEntrez, tmp_path: Path, seed: int) -> None:
    fake_entrez.add(N_RECORDS, N_FULL_TEXTS)
    kill_at_random(fake_entrez, tmp_path, random.Random(seed))
    assert_resumes(fake_entrez, tmp_path)


@pytest.mark.slow
def test_killed_at_fifty_random_moments(tmp_path: Path) -> None:
    """Fifty kills in the middle of the work; a kill that came too late does not count."""
    chance = random.Random(50)
    n_midway = 0
    for number in range(150):
        if n_midway >= 50:
            break
        folder = tmp_path / str(number)
        folder.mkdir()
        with FakeEntrez(N_RECORDS, N_FULL_TEXTS) as fake:
            n_midway += kill_at_random(fake, folder, chance)
            if chance.random() < 0.5:
                kill_at_random(fake, folder, chance)  # twice in a row
            assert_resumes(fake, folder)
    assert n_midway >= 50


def test_every_cut_of_the_manifest_is_repaired(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    """A kill between the raw file and its rows, or in the middle of a row, costs no request."""
    fake_entrez.add(6, 2)
    run(fake_entrez, tmp_path, batch_size=3)
    raw = tmp_path / "extracted" / "raw"
    whole = (raw / "manifest.jsonl").read_bytes()
    log = next((raw / "runs").glob("*.json"))
    logged = log.read_text().replace('"finished_on"', '"was_finished_on"')
    for cut in range(0, len(whole), 97):
        (raw / "manifest.jsonl").write_bytes(whole[:cut])
        log.write_text(logged)
        fake_entrez.recover()
        run(fake_entrez, tmp_path, batch_size=3)
        assert not fake_entrez.requests
        assert_complete(fake_entrez, tmp_path)
    assert len(list((raw / "runs").glob("*.json"))) == 1


@pytest.mark.parametrize(("key", "limit"), [("", 3), ("k" * 36, 10)])
def test_two_processes_together_keep_to_the_limit(
    fake_entrez: FakeEntrez, tmp_path: Path, key: str, limit: int
) -> None:
    """Measured by the stand-in: never more than 3 (10 with a key) requests in any second."""
    n_batches = 2 if limit == 3 else 10
    fake_entrez.add(5 * n_batches)
    children = [
        start(fake_entrez, tmp_path, name, key, window_seconds=1.0) for name in ("one", "two")
    ]
    assert [child.wait() for child in children] == [0, 0]
    assert len(fake_entrez.requests) == 2 * (2 + n_batches)
    assert fake_entrez.most_in_any(1.0) <= limit
    assert fake_entrez.most_in_any(1.5) >= limit - 1  # and does not dawdle


def test_retries_keep_to_the_limit_too(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(3)
    fake_entrez.faults = {1: "500", 2: "429", 4: "empty", 5: "dropped connection"}
    run(fake_entrez, tmp_path, window_seconds=1.0)
    assert len(fake_entrez.requests) == 7
    assert fake_entrez.most_in_any(1.0) <= 3


def test_an_unfinished_run_of_another_search_is_not_resumed(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(20)
    fake_entrez.fail_from(2, "500")
    with pytest.raises(retrieve.EntrezUnavailable):
        run(fake_entrez, tmp_path)
    fake_entrez.recover()
    other = {"pubmed": [{"name": "other", "term": "scleromyxoedema[tiab]"}]}
    settings = settings_for(fake_entrez, tmp_path)
    result = retrieve.refresh(other, settings, print, pace=fast_pace(tmp_path))
    assert [query.sent for query in result.queries] == ["(scleromyxoedema[tiab])"]

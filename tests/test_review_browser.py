"""The review as a person uses it, in headless Chromium: decide, run again, find it kept.

Slow, and skipped with a message where chromium and chromedriver are not installed
(Debian: `apt-get install chromium chromium-driver`).
"""

from __future__ import annotations

import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, free_port, is_installed, wait_until
from load_cases import TEXT_1, Corpus, article
from review_cases import LargeCases, with_twin

from pipeline import load, review

ROOT = Path(__file__).parent.parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_installed(), reason="chromium and chromedriver are not installed"),
]


class Serve:
    """Serves the review notebook on a folder and gives its address."""

    def __init__(self) -> None:
        self.servers: list[subprocess.Popen[bytes]] = []

    def __call__(self, folder: Path) -> str:
        port = free_port()
        command = "-m marimo run notebooks/review.py --headless --host 127.0.0.1 --token"
        environment = {**os.environ, "EXTRACTED_DIR": str(folder), "REVIEWER": "anna"}
        self.servers.append(
            subprocess.Popen(
                [sys.executable, *command.split(), "--token-password=t", f"--port={port}"],
                cwd=ROOT,
                env=environment | {"MARIMO_SKIP_UPDATE_CHECK": "1"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        wait_until(lambda: is_open(port), "the notebook server answers", 60)
        return f"http://127.0.0.1:{port}/?access_token=t"

    def kill(self) -> None:
        """End the last server at once, whatever it is doing."""
        self.servers[-1].kill()
        self.servers[-1].wait(20)


@pytest.fixture
def serve() -> Iterator[Serve]:
    serving = Serve()
    yield serving
    for server in serving.servers:
        if server.poll() is None:
            server.terminate()
            server.wait(20)


FRESH = review.Filters()


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    page = Browser(tmp_path / "profile")
    yield page
    page.close()


def make(folder: Path, cases: Corpus) -> None:
    """Load `cases` into a folder like extracted/, with the decisions that are there."""
    path = folder / "corrections.csv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    cases.load(folder, lines)
    (folder / "cases.duckdb").rename(folder / "scleromyxedema.duckdb")


def decisions(folder: Path) -> list[tuple[str, str, str]]:
    rows, problems = review.read_decisions(folder / "corrections.csv")
    assert problems == []
    return [(row.field, row.value_before, row.value_after) for row in rows]


def find(browser: Browser, field: str, words: str) -> None:
    """Bring one value of the queue before the eyes."""
    browser.type_into("Find", words)
    browser.press("Enter")
    browser.wait_for(f"{field} =")


def test_decisions_made_in_the_browser_hold_after_a_refresh(
    serve: Serve, browser: Browser, tmp_path: Path
) -> None:
    """Correct an age, reject an organ, add a therapy, exclude a report; then a new run."""
    folder = tmp_path / "extracted"
    make(folder, Corpus())
    browser.open(serve(folder))
    browser.wait_for("Confirm (c)")
    find(browser, "age_years", "PMID:1/1 age_years")
    browser.type_into("value", "58")
    browser.press("Control", "Enter")
    wait_until(lambda: ("age_years", "57", "58") in decisions(folder), "the age is stored")
    find(browser, "organ[pulmonary]", "PMID:1/1 organ[pulmonary]")
    browser.leave_field()
    browser.press("x")
    wait_until(lambda: ("organ[pulmonary]", "present", "") in decisions(folder), "it is rejected")
    browser.click("Reports")
    browser.wait_for("Add what was missed in PMID:1")
    browser.choose("field", "therapy")
    browser.wait_for("response")
    browser.choose("value", "ivig")
    browser.click("Add")
    wait_until(lambda: ("therapy[2]", "", "ivig") in decisions(folder), "the therapy is stored")
    browser.tick("PMID:2")
    browser.wait_for("limited to the skin")
    browser.click("Exclude")
    wait_until(lambda: decisions(folder)[-1][0] == "screening", "the report is excluded")
    assert browser.errors() == []
    check_after_refresh(folder, browser)


def check_after_refresh(folder: Path, browser: Browser) -> None:
    """All four hold after a run, and the page says that newer data are there."""
    make(folder, Corpus())
    database = folder / "scleromyxedema.duckdb"
    assert review.ask(database, "select count(*) as n from corrections where is_stale") == [
        {"n": 0}
    ]
    age = "select age_years as age from patients where patient_id = 'PMID:1/1'"
    assert review.ask(database, age) == [{"age": 58.0}]
    assert review.ask(database, "select count(*) as n from pooled_patients") == [{"n": 1}]
    load_newer(browser)
    browser.click("All decisions")
    browser.wait_for("0 of them stale")
    browser.wait_for("holds")
    stale = Corpus()
    stale.articles[0] = article(1, f"{TEXT_1} The text was corrected later.")
    make(folder, stale)
    load_newer(browser)
    browser.wait_for("3 of them stale")
    browser.wait_for("the text of the report has changed")


def test_keys_walk_the_queue_and_every_page_stores_its_decision(
    serve: Serve, browser: Browser, tmp_path: Path
) -> None:
    """Walk, confirm and undo by keys; two reviewers in conflict, one settles; one person twice."""
    folder = tmp_path / "extracted"
    cases = with_twin()
    make(folder, cases)
    corpus = review.read_corpus(folder / "scleromyxedema.duckdb")
    sex = next(value for value in corpus.values if value.place == ("PMID:1/1", "sex"))
    review.Pen(corpus, folder / "corrections.csv", "bob").decide(sex, "female")
    browser.open(serve(folder))
    browser.wait_for("Confirm (c)", 60)
    queue = review.make_queue(corpus, review.read_decisions(folder / "corrections.csv")[0], FRESH)
    for key, number in (("j", 1), ("j", 2), ("k", 1)):
        browser.press(key)
        browser.wait_for(f"{queue[number].field} = {queue[number].value}")
    browser.press("c")
    wait_until(lambda: len(decisions(folder)) == 2, "the key confirms")
    browser.wait_for("confirmed.")
    browser.press("u")
    wait_until(lambda: len(decisions(folder)) == 1, "the key takes it back")
    browser.choose("Show", "decided by anyone")
    browser.wait_for("sex =")
    browser.press("c")
    wait_until(lambda: len(decisions(folder)) == 2, "the other reviewer decides")
    browser.click("Two reviewers")
    browser.wait_for("the value that wins")
    browser.choose("the value that wins", "male")
    browser.click("Adjudicate")
    wait_until(lambda: decisions(folder)[-1] == ("sex", "male", "male"), "it is settled")
    browser.wait_for("adjudicated.")
    browser.click("Duplicates")
    browser.wait_for("Pooled patients before any merging: 3")
    browser.type_into("why", "told twice")
    browser.leave_field()
    time.sleep(2)  # the page sends what was typed after a moment, as it does for a person
    browser.press("s")
    browser.wait_for("with all decisions on this page: 2")
    last = review.read_decisions(folder / "corrections.csv")[0][-1]
    assert (last.field, last.value_after, last.reason) == (
        "duplicate[PMID:3/1]",
        "same",
        "told twice",
    )
    assert browser.errors() == []
    make(folder, cases)
    database = folder / "scleromyxedema.duckdb"
    assert review.ask(database, "select counted_as from merged_patients") == [
        {"counted_as": "PMID:1/1"}
    ]
    held = review.ask(database, "select sex from patients where patient_id = 'PMID:1/1'")
    assert held == [{"sex": "male"}]


def load_newer(browser: Browser) -> None:
    """Wait for the notice, follow it, and see it go."""
    browser.wait_for("Newer data are there", 60)
    browser.click("Load the newer data")
    wait_until(lambda: "Newer data are there" not in browser.text(), "the notice goes", 60)


def seconds_to_open(serve: Serve, browser: Browser, folder: Path) -> float:
    """The better of two first visits, each to a server of its own with nothing in the cache."""
    took = []
    for _ in range(2):
        address = serve(folder)
        started = time.monotonic()
        browser.open(address)
        browser.wait_for("Confirm (c)", 60)
        took.append(time.monotonic() - started)
    return min(took)


def test_large_corpus_opens_and_stores_in_time(
    serve: Serve, browser: Browser, tmp_path: Path
) -> None:
    """2,000 patients, 20,000 findings: usable within 3 s of the first opening (on a busy machine,
    within half as long again as the smallest corpus takes there), each decision stored in 200 ms.
    """
    make(tmp_path / "small", Corpus())
    smallest = seconds_to_open(serve, browser, tmp_path / "small")
    folder = tmp_path / "large"
    make(folder, LargeCases(2000))
    assert seconds_to_open(serve, browser, folder) < max(3, 1.5 * smallest)
    for number in range(1, 6):
        browser.press("c")
        browser.wait_for(f"{number} of 20000 values decided")
        assert len(decisions(folder)) == number
        said = wait_until(lambda: re.findall(r"Stored in (\d+) ms", browser.text()), "it says so")
        assert int(said[0]) < 200


def test_server_killed_while_deciding_loses_no_decision(
    serve: Serve, browser: Browser, tmp_path: Path
) -> None:
    """Ten times: decide as fast as the page can, kill the server with all its threads, look.

    Every decision that the page called stored is there, each row is whole, and the next server
    goes on with the rest of the queue.
    """
    folder = tmp_path / "extracted"
    make(folder, LargeCases(40))
    chance = random.Random(20260131)
    n_before = 0
    for _ in range(10):
        address = serve(folder)
        browser.open(address)
        browser.wait_for(f"{n_before} of 400 values decided", 90)
        end = time.monotonic() + chance.uniform(0.5, 3)
        while time.monotonic() < end:
            browser.press("c")
        told = re.findall(r"(\d+) of 400 values decided", browser.text())
        serve.kill()
        rows = decisions(folder)
        assert len(rows) >= int(told[0])
        assert all(row[1] == row[2] != "" for row in rows)
        assert len(set(places(folder))) == len(rows)
        load.read_corrections(folder / "corrections.csv")
        n_before = len(rows)
    assert n_before > 20
    make(folder, LargeCases(40))
    stale = "select count(*) as n from corrections where is_stale or is_superseded"
    assert review.ask(folder / "scleromyxedema.duckdb", stale) == [{"n": 0}]


def places(folder: Path) -> list[tuple[str, str]]:
    return [row.place for row in review.read_decisions(folder / "corrections.csv")[0]]

"""The same rows whatever reads them: this process, several, a cluster, and with workers killed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import msgspec
import psutil  # comes with Dask distributed
import pytest

from pipeline import extract
from pipeline.answers import starter_articles
from pipeline.extract import Engine, ExtractError
from pipeline.extract.shards import (
    Shard,
    make_folder,
    read_records,
    read_shard,
    remove_folder,
    split,
)
from pipeline.extract.versions import reader_sha256
from pipeline.extract.workers import Pool, on_processes
from pipeline.held_articles import HeldArticle, held_articles
from pipeline.records import Article, Extraction, Screening
from pipeline.rules import bundled_rules

ROOT = Path(__file__).parent.parent
RULES = bundled_rules()


@cache
def articles() -> list[Article]:
    return list(starter_articles().values())[:24]


def quiet(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def read_by(
    engine: Engine | None, earlier: dict[str, Extraction] | None = None
) -> list[Extraction]:
    screenings = [
        Screening(article_id=a.article_id, decision="included", reason="", design="case_report")
        for a in articles()
    ]
    known = {article_id: one.input_sha256 for article_id, one in (earlier or {}).items()}
    made = extract.extract_all(articles(), screenings, RULES, known, quiet, engine)
    return [one or (earlier or {})[a.article_id] for a, one in zip(articles(), made, strict=True)]


@cache
def plainly() -> list[Extraction]:
    return read_by(None)


def shards_in(folder: Path, size: int = 6) -> list[Shard]:
    held = held_articles(articles())
    return list(split(held, str(folder), size, reader_sha256(RULES)))


def no_processes_left() -> bool:
    return not multiprocessing.active_children()


def test_two_processes_give_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    said: list[str] = []
    engine = Engine(str(tmp_path / "shards"), n_workers=2, warn=said.append)
    assert read_by(engine) == plainly()
    assert said == []
    assert no_processes_left()
    assert not (tmp_path / "shards").exists()


def test_shards_at_a_url_give_the_same_rows_and_are_removed(tmp_path: Path) -> None:
    """`local://` is a file system of fsspec that DuckDB does not know by itself."""
    engine = Engine(f"local://{tmp_path}/at a url/shards", n_workers=2)
    assert read_by(engine) == plainly()
    assert list((tmp_path / "at a url").iterdir()) == []
    assert no_processes_left()


def test_shards_at_a_url_are_removed_when_the_run_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.extract.cluster.PATIENCE", "1s")
    engine = Engine(f"local://{tmp_path}/shards", address="tcp://127.0.0.1:1")
    with pytest.raises(ExtractError, match="No Dask scheduler answers"):
        read_by(engine)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_an_object_store_without_any_file_is_no_error() -> None:
    """There a folder is nothing but the beginning of the names of its files."""
    make_folder("memory://bucket/shards")
    remove_folder("memory://bucket/shards")
    remove_folder("memory://bucket/shards")


def test_only_what_changed_is_given_to_the_engine(tmp_path: Path) -> None:
    earlier = {extraction.article_id: extraction for extraction in plainly()}
    engine = Engine(str(tmp_path / "shards"), n_workers=2)
    assert read_by(engine, earlier) == plainly()
    assert not (tmp_path / "shards").exists()


def test_shards_hold_what_they_were_given(tmp_path: Path) -> None:
    shards = shards_in(tmp_path, size=10)
    assert [Path(shard.source).name for shard in shards] == [
        f"articles-{n:06}.parquet" for n in range(3)
    ]
    held = [one for shard in shards for one in read_records(shard.source, HeldArticle)]
    assert [one.article for one in held] == articles()


def test_a_worker_of_another_version_refuses(tmp_path: Path) -> None:
    shard = shards_in(tmp_path)[0]._replace(reader_sha256="another")
    with pytest.raises(ExtractError, match="other rules, code or model"):
        read_shard(shard)


def kill_a_worker_soon(n_times: int = 1) -> threading.Thread:
    """SIGKILL for the first process that is alive, as often as asked."""

    def kill() -> None:
        killed: set[int | None] = set()
        while len(killed) < n_times:
            for process in multiprocessing.active_children():
                if process.pid not in killed and process.is_alive():
                    killed.add(process.pid)
                    process.kill()
                    break
            time.sleep(0.05)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def test_a_killed_worker_costs_one_retry_of_one_shard_which_is_named(tmp_path: Path) -> None:
    said: list[str] = []
    shards = shards_in(tmp_path)
    killer = kill_a_worker_soon()
    targets = list(on_processes(shards, 2, said.append))
    killer.join()
    assert targets == [shard.target for shard in shards]
    assert len(said) == 1
    assert "articles-00000" in said[0]
    assert "read again" in said[0]
    found = [e for target in targets for e in read_records(target, Extraction)]
    assert found == plainly()
    assert no_processes_left()


def test_a_worker_that_dies_while_it_waits_costs_one_retry_too(tmp_path: Path) -> None:
    """Its end of the line is closed before a shard can be sent to it."""
    said: list[str] = []
    shards = shards_in(tmp_path)
    pool = Pool(shards, said.append)
    try:
        pool.start()
        pool.workers[0].process.kill()
        pool.workers[0].process.join()
        targets = list(pool.results())
    finally:
        pool.stop()
    assert targets == [shard.target for shard in shards]
    assert len(said) == 1
    assert "read again" in said[0]
    assert no_processes_left()


def test_a_shard_that_kills_its_worker_twice_ends_the_run_by_name(tmp_path: Path) -> None:
    kill_a_worker_soon(n_times=2)
    with pytest.raises(ExtractError, match=r"articles-000000\.parquet: its worker died twice"):
        list(on_processes(shards_in(tmp_path)[:1], 1, lambda _: None))
    assert no_processes_left()


def test_a_shard_that_cannot_be_read_ends_the_run_by_name(tmp_path: Path) -> None:
    shards = shards_in(tmp_path)
    Path(shards[1].source).write_bytes(b"no Parquet")
    with pytest.raises(ExtractError, match=r"articles-000001\.parquet"):
        list(on_processes(shards, 2, lambda _: None))
    assert no_processes_left()


@pytest.mark.slow
def test_ctrl_c_leaves_no_process_and_no_shard(tmp_path: Path) -> None:
    environment = {**os.environ, "EXTRACTED_DIR": str(tmp_path), "NCBI_EMAIL": ""}
    run = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", "--workers", "2"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("shards-*/articles-*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert said.strip() == "Stopped. What was built before is untouched."
    assert not list(tmp_path.glob("shards-*"))
    assert not alive_in_group(run.pid)


def alive_in_group(group: int) -> list[int]:
    """Processes of a group after five seconds at most; the dead that nobody buried do not count."""
    for _ in range(50):
        alive = [
            process.pid
            for process in psutil.process_iter(["status"])
            if process.info["status"] != psutil.STATUS_ZOMBIE and group_of(process.pid) == group
        ]
        if not alive:
            break
        time.sleep(0.1)
    return alive


def group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


DASK = (sys.executable, "-m")
SCHEDULER = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
WORKER = ("distributed.cli.dask_worker", "--host", "127.0.0.1", "--no-nanny", "--nthreads", "1")


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Dask scheduler and two workers as processes of their own; its address and a worker."""
    file = folder / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> None:
        with (folder / f"log-{len(started)}").open("wb") as log:
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            started.append(
                subprocess.Popen(
                    [*DASK, *command, "--no-dashboard", "--scheduler-file", str(file)],
                    cwd=folder, env=environment, stdout=log, stderr=log,
                )
            )  # fmt: skip

    try:
        start(*SCHEDULER)
        start(*WORKER)
        start(*WORKER)
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        yield json.loads(file.read_text())["address"], started[1]
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same_rows(tmp_path: Path) -> None:
    """A scheduler and two workers; one is killed when the first shard has been read."""
    folder = tmp_path / "seen by all"
    engine = Engine(str(folder), n_workers=2, address="")
    with cluster(tmp_path) as (address, worker):
        was_killed = threading.Event()

        def kill() -> None:
            while not list(folder.glob("extractions-*.parquet")):
                time.sleep(0.02)
            was_killed.set()
            worker.kill()

        threading.Thread(target=kill, daemon=True).start()
        found = read_by(dataclasses.replace(engine, address=address))
    assert was_killed.is_set()
    assert fingerprint(found) == fingerprint(plainly())
    assert not folder.exists()


@pytest.mark.slow
def test_a_cluster_with_its_shards_at_a_url_gives_the_same_rows(tmp_path: Path) -> None:
    with cluster(tmp_path) as (address, _):
        engine = Engine(f"local://{tmp_path}/shards", n_workers=2, address=address)
        found = read_by(engine)
    assert fingerprint(found) == fingerprint(plainly())
    assert not (tmp_path / "shards").exists()


def fingerprint(extractions: list[Extraction]) -> str:
    return hashlib.sha256(msgspec.json.encode(extractions)).hexdigest()


def test_a_cluster_that_does_not_answer_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.extract.cluster.PATIENCE", "1s")
    engine = Engine(str(tmp_path / "shards"), address="tcp://127.0.0.1:1")
    with pytest.raises(ExtractError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        read_by(engine)
    assert not (tmp_path / "shards").exists()

"""Time and memory of the extract stage on many reports: `tests/benchmarks/growth.py 1000 10000`.

Reads the starter corpus; writes shards into a temporary folder. The reports are the starter reports
again and again under other numbers, handed over one by one: the parent never holds them all.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.answers import starter_articles
from pipeline.extract.shards import read_records, split
from pipeline.extract.versions import reader_sha256
from pipeline.extract.workers import on_processes
from pipeline.held_articles import HeldArticle, hold
from pipeline.records import Extraction
from pipeline.rules import bundled_rules

N_WORKERS = 2
SHARD = 200


def many(count: int) -> Iterator[HeldArticle]:
    articles = list(starter_articles().values())
    for number in range(count):
        article = articles[number % len(articles)]
        yield hold(msgspec.structs.replace(article, article_id=f"PMID:{90_000_000 + number}"))


def line_of(count: int) -> str:
    """Reports, seconds, reports a second, patients, and the largest memory of parent and worker."""
    started = time.perf_counter()
    n_patients = n_read = 0
    with tempfile.TemporaryDirectory() as folder:
        shards = split(many(count), folder, SHARD, reader_sha256(bundled_rules()))
        for target in on_processes(shards, N_WORKERS, print):
            for extraction in read_records(target, Extraction):
                n_read += extraction.status == "ran"
                n_patients += len(extraction.patients)
    spent = time.perf_counter() - started
    parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return (
        f"| {n_read} | {spent:.0f} | {n_read / spent:.0f} | {n_patients} | {parent:.0f} "
        f"| {worker:.0f} |"
    )


if __name__ == "__main__":
    print("| reports | seconds | reports/s | patients | parent, MB | worker, MB |")
    print("|---|---|---|---|---|---|")
    for argument in sys.argv[1:]:
        print(line_of(int(argument)), flush=True)

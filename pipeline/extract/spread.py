"""Reads articles on an engine: processes of this machine, or a Dask cluster.

Writes the articles as shards into the engine's folder and reads back what the engine made of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.cluster import on_cluster
from pipeline.extract.shards import Shard, make_folder, read_records, remove_folder, split
from pipeline.extract.versions import reader_sha256
from pipeline.extract.workers import on_processes
from pipeline.held_articles import HeldArticle
from pipeline.records import Extraction
from pipeline.rules import Rules

LARGEST_SHARD = 200  # articles: some seconds of work, a megabyte of text
SHARDS_A_WORKER = 4


@dataclass(frozen=True)
class Engine:
    """Where to read: `n_workers` processes here, or the cluster at `address`.

    `folder` is a local path or an fsspec URL that every worker sees.
    """

    folder: str
    n_workers: int = 1
    address: str | None = None
    warn: Callable[[str], None] = print


def spread(articles: Sequence[HeldArticle], rules: Rules, engine: Engine) -> Iterator[Extraction]:
    """The extractions in the order of the articles; however it ends, no shard is left behind."""
    if not articles:
        return
    make_folder(engine.folder)
    size = max(1, min(LARGEST_SHARD, len(articles) // (engine.n_workers * SHARDS_A_WORKER)))
    shards = split(articles, engine.folder, size, reader_sha256(rules))
    try:
        with contextlib.closing(targets_of(shards, engine)) as targets:
            for target in targets:
                yield from read_records(target, Extraction)
    finally:
        remove_folder(engine.folder)


def targets_of(shards: Iterator[Shard], engine: Engine) -> Generator[str]:
    """Where the extractions of each shard stand, in order."""
    if engine.address:
        yield from on_cluster(shards, engine.address)
    else:
        yield from on_processes(shards, engine.n_workers, engine.warn)

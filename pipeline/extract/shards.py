"""Shards: some hundred articles in one Parquet file in, their extractions in another out.

Reads and writes Parquet at whatever path it is given, by an in-memory DuckDB; a path may be an
fsspec URL. A row holds its number and its record as JSON, so that the file is what the records are.
"""

from __future__ import annotations

import contextlib
import functools
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb
import msgspec

from pipeline.extract.one import attempt, extractor_of
from pipeline.extract.versions import input_sha256, reader_sha256
from pipeline.held_articles import HeldArticle
from pipeline.records import Article, Extraction
from pipeline.rules import bundled_rules

Record = TypeVar("Record", HeldArticle, Extraction)
ONE_AT_A_TIME = threading.Lock()  # an engine may run two shards as threads of one process
FETCHED = 50  # rows held at once


class ExtractError(Exception):
    """Shards that could not be read; the message names the shard and why."""


class Shard(NamedTuple):
    """Where the articles stand, where their extractions go, and by what they must be read."""

    source: str
    target: str
    reader_sha256: str


def split(articles: Iterable[HeldArticle], folder: str, size: int, reader: str) -> Iterator[Shard]:
    """Write the articles as shards of at most `size`, in order; holds one shard at a time."""
    held: list[HeldArticle] = []
    count = 0
    for article in articles:
        held.append(article)
        if len(held) == size:
            yield written(held, folder, count, reader)
            held, count = [], count + 1
    if held:
        yield written(held, folder, count, reader)


def written(articles: Sequence[HeldArticle], folder: str, count: int, reader: str) -> Shard:
    shard = Shard(
        f"{folder}/articles-{count:06}.parquet", f"{folder}/extractions-{count:06}.parquet", reader
    )
    write_records(shard.source, articles)
    return shard


def read_shard(shard: Shard) -> str:
    """Read the articles of a shard and write their extractions; returns where they stand.

    Raises ExtractError where this process has other rules, code or model than the caller.
    """
    rules = bundled_rules()
    if reader_sha256(rules) != shard.reader_sha256:
        raise ExtractError(
            f"{shard.source}: this worker has other rules, code or model than the run; install "
            "the same version on every worker."
        )
    with ONE_AT_A_TIME:
        read = own_extractor()
        write_records(
            shard.target,
            [
                attempt(read, held.article, input_sha256(held, rules))
                for held in read_records(shard.source, HeldArticle)
            ],
        )
    return shard.target


@functools.cache
def own_extractor() -> Callable[[Article], Extraction]:
    """The extractor of this process: built once, however many shards it reads."""
    return extractor_of(bundled_rules())


def write_records(path: str, records: Sequence[HeldArticle] | Sequence[Extraction]) -> None:
    """Write records as Parquet, whole or not at all on a local path."""
    bodies = [msgspec.json.encode(record).decode() for record in records]
    rows = cursor_for(path).sql(
        "select unnest($numbers) as number, unnest($bodies) as body",
        params={"numbers": list(range(len(bodies))), "bodies": bodies},
    )
    if "://" in path:
        rows.write_parquet(path, compression="zstd")
        return
    temporary = Path(path).with_suffix(f".{threading.get_ident()}.tmp")
    rows.write_parquet(str(temporary), compression="zstd")
    temporary.replace(path)


def read_records(path: str, kind: type[Record]) -> Iterator[Record]:
    """The records of a shard in order."""
    decoder = msgspec.json.Decoder(kind)
    rows = cursor_for(path).execute("select body from read_parquet(?) order by number", [path])
    while fetched := rows.fetchmany(FETCHED):
        for (body,) in fetched:
            yield decoder.decode(body)


def cursor_for(path: str) -> duckdb.DuckDBPyConnection:
    """A cursor of this process's in-memory DuckDB that can open the path."""
    cursor = duckdb.cursor()
    if "://" in path:
        system, _ = file_system(path)
        names = [system.protocol] if isinstance(system.protocol, str) else system.protocol
        if not any(map(cursor.filesystem_is_registered, names)):  # twice is an error
            cursor.register_filesystem(system)
    return cursor


def file_system(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ExtractError(f"{url} needs fsspec: install the extra `cluster`.") from error
    system, place = url_to_fs(url)
    return system, place


def make_folder(folder: str) -> None:
    if "://" in folder:
        system, place = file_system(folder)
        system.makedirs(place, exist_ok=True)
    else:
        Path(folder).mkdir(parents=True, exist_ok=True)


def remove_folder(folder: str) -> None:
    """Remove a folder and all in it; an object store has no folder where nothing was written."""
    if "://" in folder:
        system, place = file_system(folder)
        with contextlib.suppress(FileNotFoundError):
            system.rm(place, recursive=True)
    else:
        shutil.rmtree(folder)

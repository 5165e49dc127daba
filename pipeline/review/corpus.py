"""The corpus as a reviewer sees it: values beside their words, patients, reports, past decisions.

Reads the DuckDB file, read-only, with a connection for each look, closed at once: a run that
swaps in a new file is never kept waiting. Writes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from pipeline.review.sql import ARTICLES, VALUES

Row = dict[str, Any]
Generation = tuple[int, int]
SWAP_SECONDS = 2.0


class ReviewError(Exception):
    """What the notebook cannot show; the message says why and what to do."""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a patient that can be decided, with the best words for it.

    `decided_by` is 'rule' or the reviewer whose decision the last run applied; `value_extracted`
    is then what the program had read (None where nothing). `value` is empty where a reviewer took
    the value away.
    `confidence` is that of its surest finding, None where it has none (a reviewer added it).
    `n_alike` is how many pooled patients state this field: the fewer, the more one value weighs;
    0 where the patient is in no pooled figure.
    """

    article_id: str
    text_sha256: str
    text_basis: str
    patient_id: str
    field: str
    name: str
    value: str
    decided_by: str
    value_extracted: str | None
    confidence: float | None
    n_findings: int
    section: str | None
    char_start: int | None
    char_end: int | None
    quote: str | None
    sentence: str | None
    rule: str | None
    is_pooled: bool
    n_alike: int

    @property
    def place(self) -> tuple[str, str]:
        return (self.patient_id, self.field)


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the queue needs of one state of the DuckDB file."""

    generation: Generation
    values: tuple[Value, ...]
    articles: dict[str, Row]
    patients: dict[str, Row]
    duplicates: tuple[Row, ...]
    decisions: tuple[Row, ...]
    organs: tuple[str, ...]
    manifestations: tuple[str, ...]
    therapies: tuple[str, ...]
    run: Row

    @property
    def n_starter(self) -> int:
        return sum(row["source"] == "starter" for row in self.articles.values())


def generation_of(database: Path) -> Generation | None:
    """Which file this is; changes when a run swaps in a new one. None where there is none."""
    try:
        stat = database.stat()
    except FileNotFoundError:
        return None
    return (stat.st_ino, stat.st_mtime_ns)


def ask(database: Path, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
    """The rows of a query as dictionaries, from a read-only connection closed at once."""
    with connect(database) as connection:
        return rows_of(connection, sql, parameters)


def connect(database: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection; waits a moment where a run is just swapping the file.

    Raises ReviewError where there is no file or it cannot be read.
    """
    end = time.monotonic() + SWAP_SECONDS
    while True:
        if not database.exists():
            raise ReviewError(f"There is no database at {database} yet; `make run` makes it.")
        try:
            return duckdb.connect(str(database), read_only=True)
        except duckdb.Error as error:
            if time.monotonic() > end:
                reason = str(error).partition("\n")[0]
                raise ReviewError(f"{database} cannot be read: {reason}") from error
            time.sleep(0.05)


def rows_of(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()
) -> list[Row]:
    try:
        cursor = connection.execute(sql, parameters)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise ReviewError(
            f"The database was made by another version; `make run` makes it anew ({reason})."
        ) from error
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def read_corpus(database: Path) -> Corpus:
    """One consistent look at the DuckDB file, kept for the next who opens the same one.

    Raises ReviewError.
    """
    return read_generation(database, generation_of(database) or (0, 0))


@lru_cache(maxsize=1)
def read_generation(database: Path, generation: Generation) -> Corpus:
    """`generation` is that of before the look: a file swapped in meanwhile shows as newer."""
    with connect(database) as connection:
        values = rows_of(connection, VALUES)
        vocabulary = vocabulary_of(connection)
        runs = rows_of(connection, "select * from runs order by started_at desc limit 1")
        return Corpus(
            generation=generation,
            values=tuple(msgspec.convert(row, Value) for row in values),
            articles=by_key(rows_of(connection, ARTICLES), "article_id"),
            patients=by_key(rows_of(connection, "select * from patients"), "patient_id"),
            duplicates=tuple(rows_of(connection, "select * from duplicate_candidates")),
            decisions=tuple(rows_of(connection, "select * from corrections order by line")),
            run=runs[0] if runs else {},
            **vocabulary,
        )


def as_extracted(corpus: Corpus, reviewer: str) -> Corpus:
    """The corpus without what others than this reviewer decided, for independent decisions."""
    values = tuple(
        msgspec.structs.replace(value, value=value.value_extracted, decided_by="rule")
        if value.decided_by not in ("rule", reviewer)
        else value
        for value in corpus.values
        if value.decided_by in ("rule", reviewer) or value.value_extracted
    )
    return msgspec.structs.replace(corpus, values=values)


def by_key(rows: Sequence[Row], key: str) -> dict[str, Row]:
    return {row[key]: row for row in rows}


def vocabulary_of(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Any]:
    """The names that a reviewer can choose from; what load does not know it would not apply."""
    organs = "select organ from organ_systems order by 1"
    findings = """select distinct id from vocabulary_organs
        where "group" in (select organ from organ_systems) order by 1"""
    therapies = """select distinct id from vocabulary_therapies
        where id not like 'regimen:%' and id not like 'ignore:%' order by 1"""
    return {
        "organs": tuple(row["organ"] for row in rows_of(connection, organs)),
        "manifestations": tuple(row["id"] for row in rows_of(connection, findings)),
        "therapies": tuple(row["id"] for row in rows_of(connection, therapies)),
    }


def report_of(database: Path, article_id: str) -> tuple[list[Row], list[Row]]:
    """The sections of a report in order, and all its findings."""
    with connect(database) as connection:
        sections = rows_of(
            connection, "select * from sections where article_id = ? order by rowid", [article_id]
        )
        findings = rows_of(
            connection,
            "select * from findings where article_id = ? order by char_start, char_end desc",
            [article_id],
        )
    return sections, findings

"""The corpus as a reviewer sees it: values beside their words, patients, reports, past decisions.

Reads the DuckDB file, writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from pipeline.review.choices import name_of
from pipeline.review.look import Generation, Row, connect, generation_of, rows_of
from pipeline.review.sql import ARTICLES, PATIENTS, VALUES


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a patient that can be decided.

    `decided_by` is 'rule' or the reviewer whose decision the last run applied; `value_extracted`
    is then what the program had read (None where nothing). `value` is empty where a reviewer took
    the value away.
    `finding_id` is its surest finding and `confidence` the confidence of it; both are None where
    it has none (a reviewer added it).
    `n_alike` is how many pooled patients state this field: the fewer, the more one value weighs;
    0 where the patient is in no pooled figure.
    """

    patient_id: str
    field: str
    value: str
    decided_by: str
    value_extracted: str | None
    confidence: float | None
    finding_id: str | None
    is_pooled: bool
    n_alike: int

    @property
    def place(self) -> tuple[str, str]:
        return (self.patient_id, self.field)

    @property
    def name(self) -> str:
        return name_of(self.field)

    @property
    def article_id(self) -> str:
        return report_id_of(self.patient_id)


def report_id_of(patient_id: str) -> str:
    """'PMID:1' of 'PMID:1/2'."""
    return patient_id.rpartition("/")[0]


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """What the queue needs of one state of the DuckDB file; `patients` by report.

    The words are not in it: they are read for what is shown (`report_of`, `quotes_of`).
    """

    generation: Generation
    values: tuple[Value, ...]
    articles: dict[str, Row]
    patients: dict[str, list[str]]
    duplicates: tuple[Row, ...]
    decisions: tuple[Row, ...]
    organs: tuple[str, ...]
    manifestations: tuple[str, ...]
    therapies: tuple[str, ...]

    @property
    def n_starter(self) -> int:
        return sum(row["source"] == "starter" for row in self.articles.values())


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
        return Corpus(
            generation=generation,
            values=tuple(msgspec.convert(row, Value) for row in values),
            articles=by_key(rows_of(connection, ARTICLES), "article_id"),
            patients={
                row["article_id"]: row["patient_ids"] for row in rows_of(connection, PATIENTS)
            },
            duplicates=tuple(rows_of(connection, "select * from duplicate_candidates")),
            decisions=tuple(rows_of(connection, "select * from corrections order by line")),
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

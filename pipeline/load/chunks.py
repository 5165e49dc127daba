"""The rows of the reports, some reports at a time, so that memory does not grow with their number.

Reads the records of the stages before and the reviewers' decisions; writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeVar

from pipeline.held_articles import HeldArticle
from pipeline.load.corrections import Correction
from pipeline.load.decisions import apply_corrections
from pipeline.load.rows import Tables, Vocabulary, make_tables, natural_order
from pipeline.records import Extraction, Screening

CHUNK = 1000  # reports
Record = TypeVar("Record", HeldArticle, Screening)


def report_tables(
    articles: Iterable[HeldArticle],
    screenings: Iterable[Screening],
    extractions: Mapping[str, Extraction],
    corrections: Sequence[Correction],
    vocabulary: Vocabulary,
    checksums: Mapping[str, str],
    decided: Set[str],
    staying: Set[str] = frozenset(),
) -> Iterator[Tables]:
    """The tables of all reports but those staying, a part after the other, sorted by report.

    The reports that somebody decided on (`decided`) come first and together, for a decision may
    concern two; with them comes the table of the decisions, also where there are none.
    """
    articles_of, screenings_of = by_id(articles), by_id(screenings)
    ids = sorted({*articles_of, *screenings_of, *extractions} - staying, key=natural_order)
    rest = [one for one in ids if one not in decided]
    parts = [[one for one in ids if one in decided], *in_parts(rest)]
    for number, part in enumerate(parts):
        tables = make_tables(
            [held.article for one in part for held in articles_of.get(one, ())],
            [screening for one in part for screening in screenings_of.get(one, ())],
            [extractions[one] for one in part if one in extractions],
        )
        for row in tables["articles"]:
            row["rows_sha256"] = checksums[row["article_id"]]
        if number == 0:
            apply_corrections(tables, corrections, vocabulary)
        yield tables


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def by_id(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.article_id].append(record)
    return found

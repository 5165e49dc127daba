"""The rows of the reports, some reports at a time, so that memory does not grow with their number.

Reads the records of the stages before and the reviewers' decisions; writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from pipeline.load.corrections import Correction
from pipeline.load.decisions import apply_corrections
from pipeline.load.rows import Tables, Vocabulary, make_tables, natural_order, organ_rows
from pipeline.records import Article, Extraction, Screening

CHUNK = 1000  # reports
Record = TypeVar("Record", Article, Screening)


def report_tables(
    articles: Iterable[Article],
    screenings: Iterable[Screening],
    extractions: Mapping[str, Extraction],
    corrections: Sequence[Correction],
    vocabulary: Vocabulary,
) -> Iterator[Tables]:
    """The tables of all reports, a part after the other; each part sorted by report.

    The reports that somebody decided on come first and together, for a decision may concern two.
    """
    articles_of, screenings_of = by_id(articles), by_id(screenings)
    ids = sorted({*articles_of, *screenings_of, *extractions}, key=natural_order)
    decided = reports_of(corrections)
    rest = [one for one in ids if one not in decided]
    parts = [[one for one in ids if one in decided], *in_parts(rest)]
    organs: set[str] = set()
    for number, part in enumerate(parts):
        tables = make_tables(
            [article for one in part for article in articles_of.get(one, ())],
            [screening for one in part for screening in screenings_of.get(one, ())],
            [extractions[one] for one in part if one in extractions],
        )
        if number == 0:
            apply_corrections(tables, corrections, vocabulary)
        organs.update(str(row["organ"]) for row in tables["organ_involvement"])
        yield tables
    yield {"organ_systems": organ_rows(vocabulary, organs)}


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def reports_of(corrections: Iterable[Correction]) -> set[str]:
    """The reports that decisions name: their own, and that of the other patient of a pair."""
    own = {one.article_id for one in corrections}
    others = {one.key.rpartition("/")[0] for one in corrections if one.name == "duplicate"}
    return own | others


def by_id(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.article_id].append(record)
    return found

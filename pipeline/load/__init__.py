"""The load stage: all records and the reviewers' decisions become one DuckDB file.

Reads the records of the stages before, corrections.csv and the SQL below queries/.
Writes the DuckDB file: built beside the old one, checked, then swapped in by rename.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from pipeline.files import sha256_of
from pipeline.held_articles import held_articles
from pipeline.load.before import mark_changes, read_before
from pipeline.load.chunks import report_tables
from pipeline.load.corrections import (
    Correction,
    CorrectionsError,
    read_corrections,
    reports_of,
)
from pipeline.load.database import build
from pipeline.load.decisions import line_of_stale, reviewed_screenings
from pipeline.load.kept import checksums_of, what_stays
from pipeline.load.rows import Row, Tables, Vocabulary, retrieval_rows, run_tables
from pipeline.load.schema import CheckFailed, LoadError
from pipeline.records import Article, Extraction, ParseProblem, Screening

__all__ = [
    "CheckFailed",
    "Correction",
    "CorrectionsError",
    "LoadError",
    "Tables",
    "load",
    "read_corrections",
    "reviewed_screenings",
]


def load(
    articles: Iterable[Article],
    problems: Sequence[ParseProblem],
    screenings: Sequence[Screening],
    extractions: Mapping[str, Extraction],
    corrections_file: Path,
    run: Mapping[str, Any],
    vocabulary: Vocabulary,
    database: Path,
    queries_dir: Path,
    retrieval: Mapping[str, Sequence[Row]] | None = None,
    published: Mapping[str, Sequence[Row]] | None = None,
    checksums: Mapping[str, str] | None = None,
    doubt: str | None = "nothing tells how the file of before was made",
    tell: Callable[[str], object] | None = None,
) -> dict[str, int]:
    """Build the DuckDB file from everything and return the rows of each table.

    Reports that are the same as in the file of before are taken from it, unless `doubt` says why
    that file is not surely as it was made; `tell` is told what was loaded, and why all of it.
    `checksums` are those of the extractions, by article_id; taken here where None are given.

    `run` says of the run what the columns of `runs` name; other keys go to `runs.details`.
    `retrieval` gives the rows of the tables that retrieve fills; None where it was not asked.
    `published` gives the rows of published_series and published_figures.
    `vocabulary` gives the rows of each rules file; they become the tables `vocabulary_<name>`.
    `extractions` are asked for by article_id, some at a time: they need not be in memory.
    The order of the records does not matter: the same records give the same tables.

    Raises CorrectionsError (file and line), CheckFailed (the check and its first rows) or
    LoadError; after each of them the file of before is as it was.
    """
    corrections, held = read_corrections(corrections_file), held_articles(articles)
    tables = run_tables(problems, run)
    tables |= retrieval_rows(retrieval or {}, held)
    tables |= {name: list(rows) for name, rows in (published or {}).items()}
    is_starter = any(article.source == "starter" for article in held)
    before = read_before(database, queries_dir, run.get("inputs_sha256"), is_starter)
    mark_changes(tables.get("refresh_changes", ()), before)
    tables["runs"][0]["compared_with"] = before.compared_with
    of_extractions = sha256s_of(extractions) if checksums is None else checksums
    of_reports = checksums_of(held, screenings, of_extractions)
    decided = reports_of((one.article_id, one.field) for one in corrections)
    kept = what_stays(database, doubt, run, of_reports, decided)
    reports = report_tables(
        held, screenings, extractions, corrections, vocabulary, of_reports, decided, kept.staying
    )
    of_decided = next(reports)  # and with them the table of the decisions
    parts = itertools.chain([tables, of_decided], reports)
    is_first = not database.exists()
    counts = build(parts, vocabulary, database, queries_dir, before, kept)
    if tell and not is_first:
        tell(kept.line(len(held)))
    if tell and (line := line_of_stale(of_decided["corrections"])):
        tell(line)
    return counts


def sha256s_of(extractions: Mapping[str, Extraction]) -> dict[str, str]:
    return {one: sha256_of(msgspec.json.encode(extractions[one])) for one in extractions}

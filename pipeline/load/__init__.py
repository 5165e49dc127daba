"""The load stage: all records and the reviewers' decisions become one DuckDB file.

Reads the records of the stages before, corrections.csv and the SQL below queries/.
Writes the DuckDB file: built beside the old one, checked, then swapped in by rename.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.load.before import mark_changes, read_before
from pipeline.load.chunks import report_tables
from pipeline.load.corrections import Correction, CorrectionsError, read_corrections
from pipeline.load.database import build
from pipeline.load.decisions import reviewed_screenings
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
    articles: Sequence[Article],
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
) -> dict[str, int]:
    """Build the DuckDB file from everything and return the rows of each table.

    `run` says of the run what the columns of `runs` name; other keys go to `runs.details`.
    `retrieval` gives the rows of the tables that retrieve fills; None where it was not asked.
    `published` gives the rows of published_series and published_figures.
    `vocabulary` gives the rows of each rules file; they become the tables `vocabulary_<name>`.
    `extractions` are asked for by article_id, some at a time: they need not be in memory.
    The order of the records does not matter: the same records give the same tables.

    Raises CorrectionsError (file and line), CheckFailed (the check and its first rows) or
    LoadError; after each of them the file of before is as it was.
    """
    corrections = read_corrections(corrections_file)
    tables = run_tables(problems, run)
    tables |= retrieval_rows(retrieval or {}, articles)
    tables |= {name: list(rows) for name, rows in (published or {}).items()}
    is_starter = any(article.source == "starter" for article in articles)
    before = read_before(database, queries_dir, run.get("inputs_sha256"), is_starter)
    mark_changes(tables.get("refresh_changes", ()), before)
    tables["runs"][0]["compared_with"] = before.compared_with
    reports = report_tables(articles, screenings, extractions, corrections, vocabulary)
    parts = itertools.chain([tables], reports)
    return build(parts, vocabulary, database, queries_dir, before)

"""The pooled reports as BibTeX and RIS. Reads queries/exports/references.sql, writes two files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from pipeline.export.tables import rows_of


class PlainRis(rispy.RisWriter):  # type: ignore[misc]
    """RIS as reference managers write it: no number before an entry."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 (the library calls it so)
        return ""


INITIALS = re.compile(r"(?P<family>.+) (?P<initials>[A-Z]{1,4})")


def write_references(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, folder: Path
) -> None:
    rows = rows_of(connection, queries_dir, "references")
    library = Library([bibtex_entry(row) for row in rows])
    bibtex = write_string(library) if rows else ""
    (folder / "references.bib").write_text(bibtex, encoding="utf-8")
    ris = rispy.dumps([ris_entry(row) for row in rows], implementation=PlainRis)
    (folder / "references.ris").write_text(ris, encoding="utf-8")


def bibtex_entry(row: dict[str, Any]) -> Entry:
    """An @article keyed by the report; fields that the record does not give are left out."""
    values = {
        "author": " and ".join(map(with_comma, row["authors"] or ())),
        "title": f"{{{row['title']}}}" if row["title"] else "",
        "journal": row["journal"],
        "year": row["year"],
        "doi": row["doi"],
        "pmid": row["pmid"],
        "language": row["language"],
    }
    fields = [Field(key, bibtex_text(value)) for key, value in values.items() if value]
    return Entry("article", re.sub(r"[^\w]+", "_", row["article_id"]), fields)


def bibtex_text(value: object) -> str:
    """Characters that BibTeX would read as its own are escaped; unbalanced braces would end it."""
    text = re.sub(r"(?<!\\)([&%#$_])", r"\\\1", str(value))
    return text if text.count("{") == text.count("}") else re.sub(r"[{}]", "", text)


def ris_entry(row: dict[str, Any]) -> dict[str, Any]:
    values = {
        "type_of_reference": "JOUR",
        "id": row["article_id"],
        "authors": [with_comma(author) for author in row["authors"] or ()],
        "title": row["title"],
        "journal_name": row["journal"],
        "year": str(row["year"]) if row["year"] else None,
        "doi": row["doi"],
        "accession_number": row["pmid"],
        "language": row["language"],
    }
    return {key: value for key, value in values.items() if value}


def with_comma(author: str) -> str:
    """'Rongioletti F' as 'Rongioletti, F'; a collective author stays as it is."""
    found = INITIALS.fullmatch(author)
    return f"{found['family']}, {found['initials']}" if found else author

"""Which reports of the DuckDB file of before stay in the new one as they are, or why none may.

Reads the file of before, read-only; removes rows from the copy of it that it is given.
A report stays where all that its rows were made from is the same, by checksum: its record, its
screening, its extraction, and, for the whole file, program, rules, queries and libraries. Reports
that somebody decided on, now or in the file of before, are always loaded anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from pipeline.files import sha256_of
from pipeline.held_articles import HeldArticle
from pipeline.load.corrections import reports_of
from pipeline.load.rows import OF_PATIENTS, OF_REPORTS, as_text
from pipeline.load.schema import first_line, identifier, sql_files
from pipeline.records import Screening

# What else every row depends on, as `runs` tells it, and what to say where it differs.
SAME = (
    ("code_sha256", "the program, its rules or its queries changed"),
    ("rules_sha256", "the rules changed"),
    ("pipeline_version", "it was made by another version"),
    ("versions", "Python or a library changed"),
)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The reports that stay and those whose rows go first; without any, `reason` says why."""

    staying: frozenset[str] = frozenset()
    going: tuple[str, ...] = ()
    reason: str | None = None

    def line(self, n_reports: int) -> str:
        """What is loaded, for the person who waits."""
        if self.reason:
            return f"DuckDB file: all {n_reports:,} reports are loaded, because {self.reason}."
        n_loaded = n_reports - len(self.staying)
        return (
            f"DuckDB file: {n_loaded:,} of {n_reports:,} reports loaded, the others are as they "
            "were in the file of before."
        )


def checksums_of(
    articles: Iterable[HeldArticle], screenings: Iterable[Screening], extractions: Mapping[str, str]
) -> dict[str, str]:
    """Of each report, the checksum of all that its rows are made from but the decisions."""
    encode = msgspec.json.Encoder().encode
    screened = {screening.article_id: encode(screening) for screening in screenings}
    return {
        article.article_id: sha256_of(
            b"\n".join(
                (
                    article.sha256.encode(),
                    screened.get(article.article_id, b""),
                    extractions.get(article.article_id, "").encode(),
                )
            )
        )
        for article in articles
    }


def what_stays(
    database: Path,
    doubt: str | None,
    run: Mapping[str, Any],
    checksums: Mapping[str, str],
    decided: Iterable[str],
) -> Kept:
    """What of the file of before is right for the new one.

    `doubt` says why the file of before is not surely as it was made; None where it is.
    `decided` are the reports that today's decisions name.
    """
    if doubt:
        return Kept(reason=doubt)
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            if reason := difference(connection, run):
                return Kept(reason=reason)
            before = dict(
                connection.execute("select article_id, rows_sha256 from articles").fetchall()
            )
            decided = {*decided, *decided_before(connection)}
    except duckdb.Error as error:
        return Kept(reason=f"the file of before cannot be read ({first_line(error)})")
    staying = {one for one, checksum in checksums.items() if before.get(one) == checksum}
    staying -= decided
    if len(staying) < len(before) / 2:
        return Kept(reason="most of them are new or changed")
    going = tuple(sorted(before.keys() - staying))
    return Kept(staying=frozenset(staying), going=going)


def difference(connection: duckdb.DuckDBPyConnection, run: Mapping[str, Any]) -> str | None:
    """Why the file was made by something else than this run makes it; None where it was not."""
    columns = ", ".join(name for name, _ in SAME)
    row = connection.execute(f"select {columns} from runs").fetchone()  # noqa: S608 (our own words)
    for (name, reason), before in zip(SAME, row or (), strict=True):
        if before is None or before != as_text(run.get(name)):
            return reason
    return None


def decided_before(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute("select article_id, field from corrections").fetchall()
    return reports_of(rows)


def make_room(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, going: Iterable[str]
) -> None:
    """Take the rows of the reports that go out of the tables, and all rows that are of no report.

    What SQL derives in the rows that stay is made anew by queries/derived.
    """
    ids = list(going)
    for table in OF_PATIENTS:
        connection.execute(
            f"delete from {identifier(table)} where patient_id in (select patient_id from patients"  # noqa: S608
            " where article_id in (select unnest(?)))",
            [ids],
        )
    for table in OF_REPORTS:
        connection.execute(
            f"delete from {identifier(table)} where article_id in (select unnest(?))",  # noqa: S608
            [ids],
        )
    for path in sql_files(queries_dir / "tables"):
        if path.stem not in (*OF_PATIENTS, *OF_REPORTS):
            connection.execute(f"delete from {identifier(path.stem)}")  # noqa: S608

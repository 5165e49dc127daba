"""Records to rows: every table as a sorted list of dictionaries from column to value.

Reads the records of the stages before; writes nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.held_articles import HeldArticle
from pipeline.records import Article, Extraction, ParseProblem, Patient, Screening

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Vocabulary = Mapping[str, Sequence[Mapping[str, str]]]

# Groups of organs.csv for what is said of involvement in general, and for what is no involvement.
NO_ORGAN_SYSTEMS = {"", "none", "systemic"}

# The tables whose rows are those of a report, by article_id, and of a patient, by patient_id.
OF_REPORTS = (
    "articles",
    "sections",
    "article_links",
    "screenings",
    "extractions",
    "patients",
    "findings",
    "unlisted_mentions",
    "cohorts",
)
OF_PATIENTS = ("paraproteins", "organ_involvement", "manifestations", "therapies")

# The columns of `runs`; whatever else a run says of itself goes to its column `details`.
RUN_COLUMNS = (
    "run_id",
    "started_at",
    "finished_at",
    "mode",
    "disease",
    "pipeline_version",
    "code_sha256",
    "versions",
    "rules_sha256",
    "queries",
    "counts",
    "inputs_sha256",
)


def make_tables(
    articles: Iterable[Article],
    screenings: Iterable[Screening],
    extractions: Iterable[Extraction],
) -> Tables:
    """The tables of reports but `corrections` and those that SQL derives, sorted by report."""
    ordered = sorted(extractions, key=lambda extraction: natural_order(extraction.article_id))
    reports = sorted(articles, key=lambda article: natural_order(article.article_id))
    tables = {**article_tables(reports), **patient_tables(ordered)}
    tables["screenings"] = [
        as_row(screening)
        for screening in sorted(screenings, key=lambda one: natural_order(one.article_id))
    ]
    tables["extractions"] = [extraction_row(extraction) for extraction in ordered]
    tables["findings"] = finding_rows(ordered)
    tables["unlisted_mentions"] = [
        as_row(mention) for extraction in ordered for mention in extraction.unlisted
    ]
    tables["cohorts"] = [
        {"article_id": extraction.article_id, **as_row(figure)}
        for extraction in ordered
        for figure in extraction.cohorts
    ]
    return tables


def run_tables(problems: Iterable[ParseProblem], run: Mapping[str, Any]) -> Tables:
    """What could not be used, and the run itself."""
    rows = sorted(
        map(as_row, problems), key=lambda row: (row["raw_file"], row["record"] or "", row["reason"])
    )
    return {"parse_problems": rows, "runs": [run_row(run)]}


def as_row(record: msgspec.Struct) -> Row:
    row: Row = msgspec.to_builtins(record)
    return row


@functools.lru_cache(maxsize=4096)  # the findings of a report ask for the same again and again
def natural_order(identifier: str) -> tuple[tuple[int, str], ...]:
    """Sort key that puts 'PMID:9/2' before 'PMID:9/10' and before 'PMID:10/1'."""
    parts = re.findall(r"\d+|\D+", identifier)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def article_tables(articles: Iterable[Article]) -> Tables:
    tables: Tables = {"articles": [], "sections": [], "article_links": []}
    for article in articles:
        row = as_row(article)
        key = {"article_id": article.article_id}
        tables["sections"] += [key | section for section in row.pop("sections")]
        tables["article_links"] += [key | link for link in row.pop("links")]
        row |= {"text_sha256": article.text_sha256, "text_basis": article.text_basis}
        tables["articles"].append(row)
    return tables


def patient_tables(extractions: Iterable[Extraction]) -> Tables:
    """`patients` and the four tables that hang on it."""
    tables: Tables = {
        "patients": [],
        "paraproteins": [],
        "organ_involvement": [],
        "manifestations": [],
        "therapies": [],
    }
    for extraction in extractions:
        for patient in sorted(extraction.patients, key=lambda one: natural_order(one.patient_id)):
            add_patient(tables, patient)
    return tables


def add_patient(tables: Tables, patient: Patient) -> None:
    row = as_row(patient)
    key = {"patient_id": patient.patient_id, "decided_by": "rule"}
    tables["paraproteins"] += [
        key | one for one in sorted(row.pop("paraproteins"), key=lambda one: one["item"])
    ]
    tables["organ_involvement"] += [
        key | one for one in sorted(row.pop("organs"), key=lambda one: one["organ"])
    ]
    tables["manifestations"] += [
        key | one
        for one in sorted(
            row.pop("manifestations"), key=lambda one: (one["organ"], one["manifestation"])
        )
    ]
    tables["therapies"] += [
        key | one for one in sorted(row.pop("therapies"), key=lambda one: one["episode"])
    ]
    tables["patients"].append(row | key)


def extraction_row(extraction: Extraction) -> Row:
    return {
        "article_id": extraction.article_id,
        "status": extraction.status,
        "message": extraction.message,
        "input_sha256": extraction.input_sha256,
        "patient_count": extraction.patient_count,
    }


def finding_rows(extractions: Iterable[Extraction]) -> list[Row]:
    """All findings in the order of report, section and place in the text."""
    rows = [
        as_row(finding) | {"has_correction": False}
        for extraction in extractions
        for finding in extraction.findings
    ]
    return sorted(
        rows,
        key=lambda row: (
            natural_order(row["article_id"]),
            natural_order(row["section"]),
            row["char_start"],
            row["char_end"],
            row["finding_id"],
        ),
    )


def run_row(run: Mapping[str, Any]) -> Row:
    """The row of `runs`; lists and mappings as JSON text."""
    details = {name: value for name, value in run.items() if name not in RUN_COLUMNS}
    row = {name: as_text(run.get(name)) for name in RUN_COLUMNS}
    return row | {"details": as_text(details)}


def as_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    plain = msgspec.to_builtins(value)
    return plain if isinstance(plain, str) else msgspec.json.encode(plain, order="sorted").decode()


def retrieval_rows(given: Mapping[str, Sequence[Row]], articles: Iterable[HeldArticle]) -> Tables:
    """The rows that retrieve made, each record with the report that was made from it."""
    owners: dict[tuple[str, str], str] = {}
    for article in articles:
        for database, record_id in (("pubmed", article.pmid), ("pmc", article.pmcid)):
            if record_id:
                owners[database, record_id] = article.article_id
    tables = {name: [dict(row) for row in rows] for name, rows in given.items()}
    for name in ("retrieval", "refresh_changes"):
        for row in tables.get(name, ()):
            row["article_id"] = owners.get((row["database"], row["record_id"]))
    return tables


def organ_rows(vocabulary: Vocabulary, used: set[str]) -> list[Row]:
    """The organ systems that the vocabulary knows or a patient has (`used`).

    They come from the vocabulary so that an organ which no report mentions still shows as such.
    """
    return [{"organ": organ} for organ in sorted(known_organs(vocabulary) | used)]


def known_organs(vocabulary: Vocabulary) -> set[str]:
    """The groups of organs.csv that are organ systems."""
    groups = {row.get("group", "") for row in vocabulary.get("organs", ())}
    return groups - NO_ORGAN_SYSTEMS

"""The reviewers' decisions as written in corrections.csv, each checked on its own.

Reads corrections.csv; writes nothing.
A row says: at `field` of this patient (or report) I saw `value_before`, it is `value_after`.
An empty value means "not stated"; for a row of its own (organ, therapy) it means "not there".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline.load.fields import KEYED_FIELDS, NUMBERED, PATIENT_FIELDS, REPORT_FIELDS, is_count
from pipeline.records import ADJUDICATED, CORRECTION_COLUMNS
from pipeline.spreadsheet import as_date, as_meant, delimiter_of, is_iso

COLUMNS = CORRECTION_COLUMNS
REQUIRED = ("reviewer", "reviewed_on", "article_id", "text_sha256", "field")


class CorrectionsError(Exception):
    """A corrections.csv that cannot be used; the message names file and line."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One decision; `name` and `key` are the two parts of `field`, as in organ[renal]."""

    line: int
    reviewer: str
    reviewed_on: str
    article_id: str
    text_sha256: str
    patient_id: str
    field: str
    value_before: str
    value_after: str
    reason: str

    @property
    def name(self) -> str:
        return self.field.partition("[")[0]

    @property
    def is_adjudication(self) -> bool:
        return self.reason.startswith(ADJUDICATED.strip())

    @property
    def key(self) -> str:
        return self.field.partition("[")[2].removesuffix("]")


def read_corrections(path: Path) -> list[Correction]:
    """The decisions in the order of the file; none where there is no file.

    Raises CorrectionsError naming file and line at the first row that cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise CorrectionsError(f"{path} is not UTF-8 text; save it again as CSV UTF-8.") from error
    except OSError as error:
        raise CorrectionsError(f"{path} cannot be read: {error.strerror}.") from error
    return parse_corrections(path, text)


def parse_corrections(path: Path, text: str) -> list[Correction]:
    # only what a CSV file calls a line: a cell may hold the line ends of a PDF or a web page
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter_of(text), strict=True)
    try:
        check_header(path, next(reader, []))
        return [
            make_correction(path, reader.line_num, cells)
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise CorrectionsError(f"{path}, line {reader.line_num}: {error}.") from error


def check_header(path: Path, header: list[str]) -> None:
    if tuple(header) != COLUMNS:
        raise CorrectionsError(f"{path}, line 1: the columns must be {','.join(COLUMNS)}.")


def make_correction(path: Path, line: int, cells: list[str]) -> Correction:
    if len(cells) != len(COLUMNS):
        raise CorrectionsError(
            f"{path}, line {line}: {len(cells)} cells where {len(COLUMNS)} are needed."
        )
    values = dict(zip(COLUMNS, (as_meant(cell) for cell in cells), strict=True))
    values["reviewed_on"] = as_date(values["reviewed_on"])
    correction = Correction(line=line, **values)
    problem = problem_of(correction, values)
    if problem:
        raise CorrectionsError(f"{path}, line {line}: {problem}.")
    return correction


def problem_of(correction: Correction, values: dict[str, str]) -> str | None:
    """What is wrong with a decision taken by itself, as the end of a sentence."""
    empty = [column for column in REQUIRED if not values[column]]
    if empty:
        return f"{empty[0]} is empty"
    if not is_iso(correction.reviewed_on):
        return f"reviewed_on must be a date such as 2026-01-31, not {correction.reviewed_on!r}"
    accepts = {**REPORT_FIELDS, **PATIENT_FIELDS, **KEYED_FIELDS}.get(correction.name)
    if accepts is None:
        return f"field {correction.field!r} is not one that can be corrected"
    if not accepts(correction.value_after):
        return f"{correction.value_after!r} is not a value of {correction.name}"
    return problem_of_address(correction)


def problem_of_address(correction: Correction) -> str | None:
    """What is wrong with the row that a decision points at, as the end of a sentence."""
    name, key = correction.name, correction.key
    if (name in KEYED_FIELDS) != bool(key):
        return f"field {correction.field!r} must be written {example_of(name)}"
    if name in NUMBERED and not is_count(key):
        return f"field {correction.field!r} needs a number, as in {name}[1]"
    if name in REPORT_FIELDS and correction.patient_id:
        return f"{name} belongs to the report, so patient_id must be empty"
    if name not in REPORT_FIELDS and not correction.patient_id:
        return "patient_id is empty"
    return None


def example_of(name: str) -> str:
    examples = {"organ": "organ[renal]", "duplicate": "duplicate[PMID:1/1]"}
    return examples.get(name, f"{name}[1]" if name in KEYED_FIELDS else name)


def reports_of(decisions: Iterable[tuple[str, str]]) -> set[str]:
    """The reports that decisions (article_id, field) name: their own, and that of the other
    patient of a pair."""
    found = set()
    for article_id, field in decisions:
        found.add(article_id)
        name, _, key = field.partition("[")
        if name == "duplicate":
            found.add(key.removesuffix("]").rpartition("/")[0])
    return found

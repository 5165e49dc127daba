"""The decisions of people as they stand in corrections.csv, also after a spreadsheet program.

Reads corrections.csv; writes nothing.
Load refuses a file with a bad row; this reader serves the people who have to mend it, so it
takes what can be read and names the rest by line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pipeline.records import ADJUDICATED, CORRECTION_COLUMNS
from pipeline.review.choices import REPORT_FIELDS, key_of, name_of
from pipeline.spreadsheet import as_date, as_meant, delimiter_of

COLUMNS = CORRECTION_COLUMNS
Place = tuple[str, str]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One row: at `field` of this patient (or report) I saw `value_before`, it is `value_after`.

    `reviewed_on` is ISO 8601 in UTC; an empty value means "not stated" or "not there".
    """

    reviewer: str
    reviewed_on: str
    article_id: str
    text_sha256: str
    patient_id: str
    field: str
    value_before: str
    value_after: str
    reason: str = ""
    line: int = 0

    @property
    def place(self) -> Place:
        """What it is about: the patient (or the report) and the field, or a pair of patients."""
        if name_of(self.field) == "duplicate":
            low, high = sorted((self.patient_id, key_of(self.field)))
            return (low, f"duplicate[{high}]")
        owner = self.article_id if name_of(self.field) in REPORT_FIELDS else self.patient_id
        return (owner, self.field)

    @property
    def is_adjudication(self) -> bool:
        return self.reason.startswith(ADJUDICATED.strip())


def now_text() -> str:
    """The time of a decision; with its T and Z a spreadsheet program leaves it as it is."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_decisions(path: Path) -> tuple[list[Decision], list[str]]:
    """The decisions in the order of the file, and one sentence for each line that is none.

    A missing file has no decisions. Byte order mark, semicolons or tabs, Windows line ends and
    empty lines of a spreadsheet program are accepted.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return [], []
    except UnicodeDecodeError:
        return [], [f"{path.name} is not UTF-8 text; save it again as CSV UTF-8."]
    return parse_decisions(path.name, text)


def parse_decisions(name: str, text: str) -> tuple[list[Decision], list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    decisions: list[Decision] = []
    problems: list[str] = []
    if text.strip() and tuple(next(reader)) != COLUMNS:
        return [], [f"{name}, line 1: the columns must be {','.join(COLUMNS)}."]
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(COLUMNS):
            wrong = f"{len(cells)} cells where {len(COLUMNS)} are needed"
            problems.append(f"{name}, line {reader.line_num}: {wrong}.")
            continue
        values = dict(zip(COLUMNS, map(as_meant, cells), strict=True))
        values["reviewed_on"] = as_date(values["reviewed_on"])
        decisions.append(Decision(**values, line=reader.line_num))
    return decisions, problems


def latest(decisions: Iterable[Decision]) -> dict[Place, Decision]:
    """The decision that wins at each place, as load applies them: the last adjudication, else
    the last of the file.
    """
    ordered = sorted(decisions, key=lambda decision: decision.is_adjudication)
    return {decision.place: decision for decision in ordered}


def latest_by_reviewer(decisions: Iterable[Decision]) -> dict[Place, dict[str, Decision]]:
    """At each place the last independent decision of each reviewer, adjudications left out."""
    found: dict[Place, dict[str, Decision]] = {}
    for decision in decisions:
        if not decision.is_adjudication:
            found.setdefault(decision.place, {})[decision.reviewer] = decision
    return found

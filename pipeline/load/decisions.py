"""Reviewers' decisions applied to the rows of a run, last of all, with the extracted value kept.

Reads the rows of the tables and the corrections; changes the rows and adds the table
`corrections`.
A decision whose text changed, whose value is no longer the one that the reviewer saw, or that no
longer changes anything is listed as stale: not dropped, and not applied blindly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from pipeline.held_articles import held_articles
from pipeline.load.corrections import Correction, read_corrections
from pipeline.load.fields import KEYED_FIELDS, REPORT_FIELDS
from pipeline.load.places import Desk, read_value
from pipeline.load.rows import Row, Tables, Vocabulary, as_row
from pipeline.load.writing import write_value
from pipeline.records import Article, Screening

NOW_THE_SAME = "the extracted value is now the same"


def apply_corrections(
    tables: Tables, corrections: Sequence[Correction], vocabulary: Vocabulary
) -> None:
    """Change the rows as the reviewers decided, in the order of the file, and list every decision.

    A later row wins over an earlier one on the same value, which is then superseded; an
    adjudication wins over single reviewers, wherever it stands.
    """
    desk = Desk(tables, vocabulary)
    rows = [decide(desk, correction) for correction in as_applied(corrections)]
    mark_superseded(rows)
    mark_findings(tables, rows)
    refresh_extracutaneous(desk, rows)
    tables["corrections"] = sorted(rows, key=lambda row: int(row["line"]))


def as_applied(corrections: Iterable[Correction]) -> list[Correction]:
    """The decisions in the order in which they take effect: adjudications last."""
    return sorted(corrections, key=lambda correction: correction.is_adjudication)


def reviewed_screenings(
    screenings: Sequence[Screening], articles: Iterable[Article], corrections_file: Path
) -> list[Screening]:
    """The screenings with the reviewers' decisions, so that a report they include is extracted.

    Raises CorrectionsError as `read_corrections` does.
    """
    corrections = read_corrections(corrections_file)
    named = {one.article_id for one in corrections}
    tables: Tables = {
        "articles": [
            {"article_id": one.article_id, "text_sha256": one.article.text_sha256}
            for one in held_articles(articles)
            if one.article_id in named
        ],
        "screenings": [as_row(one) for one in screenings if one.article_id in named],
    }
    desk = Desk(tables, {})
    for correction in as_applied(corrections):
        if correction.name in REPORT_FIELDS:
            decide(desk, correction)
    reviewed = {row["article_id"]: msgspec.convert(row, Screening) for row in tables["screenings"]}
    return [reviewed.get(one.article_id, one) for one in screenings]


def decide(desk: Desk, correction: Correction) -> Row:
    """Apply one decision if it still holds; its row of the table `corrections`."""
    extracted, problem = None, problem_of_text(desk, correction)
    if problem is None and correction.name != "duplicate":
        current = read_value(desk, correction)
        place = (correction.patient_id or correction.article_id, correction.field)
        is_first = place not in desk.extracted
        extracted = desk.extracted.setdefault(place, current)
        problem = problem_of_value(desk, correction, current, is_first)
        if problem is None:
            write_value(desk, correction)
    return correction_row(correction, extracted, problem)


def problem_of_text(desk: Desk, correction: Correction) -> str | None:
    """Why a decision cannot be looked at: its report or patient is gone, or its text changed."""
    sha256 = desk.text_sha256.get(correction.article_id)
    if sha256 is None:
        return "the report is not in the corpus"
    if sha256 != correction.text_sha256:
        return "the text of the report has changed"
    if correction.name in REPORT_FIELDS or correction.name == "patient":
        return None
    if not desk.has_patient(correction):
        return "the patient is not in the report"
    if correction.name == "duplicate" and correction.key == correction.patient_id:
        return "a patient is paired with itself"
    if correction.name == "duplicate" and ("patients", correction.key, "") not in desk.rows:
        return "the other patient is not in the corpus"
    return None


def problem_of_value(
    desk: Desk, correction: Correction, current: str, is_first: bool
) -> str | None:
    """Why a decision no longer holds against the value there is; None where it does.

    A confirmation (value before and after the same) holds for as long as the value stays.
    """
    before, after = plain(correction, correction.value_before), correction.value_after
    seen, is_confirmation = plain(correction, current), before == plain(correction, after)
    if not desk.can_hold(correction):
        return "there is no such row for this patient, or no such name in the vocabulary"
    if desk.was_decided_by_reviewer(correction) and seen == plain(correction, after):
        return None
    if is_first and seen == plain(correction, after) and not is_confirmation:
        return NOW_THE_SAME
    extracted = plain(correction, desk.extracted[decision_place(correction)])
    if before not in (seen, extracted):
        return f"the extracted value is now {seen or 'not stated'!r}"
    return None


def decision_place(correction: Correction) -> tuple[str, str]:
    return (correction.patient_id or correction.article_id, correction.field)


def plain(correction: Correction, value: str) -> str:
    """A value as it is compared: 57.0 as 57, not_reported as nothing, a decision without reason."""
    if correction.name == "screening":
        return value.partition(":")[0]
    if value == "not_reported":
        return ""
    try:
        return f"{float(value):g}"
    except ValueError:
        return value


def line_of_stale(rows: Sequence[Row]) -> str | None:
    """How many decisions lost their hold, for the person who runs this; None where none did.

    `rows` are those of the table `corrections`. What the program now reads as decided is no loss.
    """
    n_lost = sum(row["is_stale"] and row["stale_reason"] != NOW_THE_SAME for row in rows)
    if not n_lost:
        return None
    return (
        f"corrections.csv: {n_lost:,} of {len(rows):,} decisions no longer hold and changed"
        " nothing; `make query Q=corrections` says why."
    )


def correction_row(correction: Correction, extracted: str | None, problem: str | None) -> Row:
    row = {name: value or None for name, value in as_row(correction).items()}
    return row | {
        "value_extracted": extracted or None,
        "is_stale": problem is not None,
        "stale_reason": problem,
        "is_superseded": False,
    }


def mark_superseded(rows: Sequence[Row]) -> None:
    decided: set[tuple[object, ...]] = set()
    for row in reversed(rows):
        place = place_decided(row)
        row["is_superseded"] = not row["is_stale"] and place in decided
        if not row["is_stale"]:
            decided.add(place)


def place_decided(row: Row) -> tuple[object, ...]:
    """What a decision is about; a pair of patients is the same one from either side."""
    name, _, key = str(row["field"]).partition("[")
    if name == "duplicate":
        return (name, *sorted((str(row["patient_id"]), key.removesuffix("]"))))
    return (row["article_id"], row["patient_id"], row["field"])


def mark_findings(tables: Tables, rows: Iterable[Row]) -> None:
    """Say of each finding whether a decision that holds is about the value it is evidence for."""
    decided = {(row["patient_id"], row["field"]) for row in rows if not row["is_stale"]}
    if not decided:
        return
    for finding in tables["findings"]:
        name = finding["field"]
        key = finding["value"] if name in ("organ", "manifestation") else finding["item"]
        field = f"{name}[{key}]" if name in KEYED_FIELDS else name
        finding["has_correction"] = (finding["patient_id"], field) in decided


def refresh_extracutaneous(desk: Desk, rows: Iterable[Row]) -> None:
    """Keep has_extracutaneous in step where a reviewer changed organs but not the field itself."""
    holding = [row for row in rows if not row["is_stale"]]
    own = {row["patient_id"] for row in holding if row["field"] == "has_extracutaneous"}
    changed = {row["patient_id"] for row in holding if row["field"].startswith("organ[")}
    for patient_id in changed - own:
        patient = desk.rows.get(("patients", patient_id, ""))
        if patient is None:
            continue
        if desk.has_organ(patient_id):
            patient["has_extracutaneous"] = True
        elif patient["has_extracutaneous"]:
            patient["has_extracutaneous"] = None

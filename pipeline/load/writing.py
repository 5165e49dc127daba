"""A decision made true in the rows: a value, a row of its own, a patient, a screening.

Reads a decision; changes the rows of the desk; touches no file.
"""

from __future__ import annotations

from pipeline.load.corrections import Correction
from pipeline.load.fields import REPORT_FIELDS
from pipeline.load.places import PLACES, ROW_ITSELF, Desk
from pipeline.load.rows import Row

NUMBERS = (
    "age_years", "age_low", "age_high", "follow_up_months", "concentration_g_per_l",
    "duration_months",
)  # fmt: skip
BOOLEANS = ("has_extracutaneous", "is_relapse", "is_stopped")
NEVER_NULL = ("paraprotein_status", "outcome", "response")


def write_value(desk: Desk, correction: Correction) -> None:
    """Make the decision true in the rows, and say that a reviewer decided."""
    if correction.name in REPORT_FIELDS:
        write_screening(desk, correction)
    elif correction.name == "patient":
        write_patient(desk, correction)
    elif correction.name in PLACES:
        write_child(desk, correction)
    else:
        row = desk.rows["patients", correction.patient_id, ""]
        row[correction.name] = typed(correction.name, correction.value_after)
        if correction.name.startswith("age_"):
            settle_age(row, correction.name)
    patient = desk.rows.get(("patients", correction.patient_id, ""))
    if patient is not None:
        patient["decided_by"] = "reviewer"


def typed(column: str, value: str) -> object:
    if column in NEVER_NULL:
        return value or "not_reported"
    if value == "":
        return False if column == "is_relapse" else None
    if column in BOOLEANS:
        return value == "true"
    if column in NUMBERS:
        return float(value)
    return int(value) if column == "line" else value


def settle_age(row: Row, column: str) -> None:
    """A stated age replaces a range; ends of a range make it a range."""
    if column == "age_years" and row["age_years"] is not None:
        row |= {"age_low": None, "age_high": None, "age_kind": "exact"}
    elif row["age_low"] is not None or row["age_high"] is not None:
        row["age_kind"] = "range" if row["age_years"] is None else row["age_kind"]
    elif row["age_years"] is None:
        row["age_kind"] = None


def write_screening(desk: Desk, correction: Correction) -> None:
    row = desk.screenings[correction.article_id]
    row["decided_by"] = "reviewer"
    if correction.name == "design":
        row["design"] = correction.value_after or "other"
        return
    decision, _, reason = correction.value_after.partition(":")
    if decision != row["decision"] or reason:
        row |= {"decision": decision, "reason": reason or "reviewer"}
    if decision == "included":
        name_unextracted(desk.tables.get("extractions", []), correction.article_id)


def name_unextracted(extractions: list[Row], article_id: str) -> None:
    """A report that a reviewer includes must not look as if nothing had been found in it."""
    message = "a reviewer included the report after it had been left out; run the pipeline again"
    for row in extractions:
        if row["article_id"] == article_id:
            if row["status"] == "not_attempted":
                row |= {"status": "failed", "message": message}
            return
    extractions.append({"article_id": article_id, "status": "failed", "message": message})


def write_patient(desk: Desk, correction: Correction) -> None:
    """Take a patient out with all rows that hang on it, or add one that the program missed."""
    patient_id = correction.patient_id
    if correction.value_after == "described":
        if ("patients", patient_id, "") not in desk.rows:
            desk.add("patients", patient_id, "", new_patient(desk, correction))
        return
    for table, owner, key in list(desk.rows):
        if owner == patient_id:
            desk.remove(table, owner, key)


def new_patient(desk: Desk, correction: Correction) -> Row:
    article = next(
        row for row in desk.tables["articles"] if row["article_id"] == correction.article_id
    )
    return {
        "patient_id": correction.patient_id,
        "article_id": correction.article_id,
        "label": correction.patient_id.rpartition("/")[2],
        **dict.fromkeys(("age_years", "age_low", "age_high", "age_kind", "has_extracutaneous")),
        **dict.fromkeys(("sex", "plasma_cell_disorder", "follow_up_months")),
        **dict.fromkeys(("paraprotein_status", "outcome"), "not_reported"),
        "text_basis": article["text_basis"],
    }


def write_child(desk: Desk, correction: Correction) -> None:
    table, _, column = PLACES[correction.name]
    row = desk.row_of(correction)
    if correction.name in ROW_ITSELF and not correction.value_after:
        if row is not None:
            desk.remove(table, correction.patient_id, correction.key)
        return
    if row is None:
        row = desk.add(table, correction.patient_id, correction.key, new_child(desk, correction))
    row[column] = typed(column, correction.value_after)
    row["decided_by"] = "reviewer"
    if correction.name == "therapy":
        row["therapy_class"] = desk.classes.get(row["therapy"], "other")


def new_child(desk: Desk, correction: Correction) -> Row:
    table, key_column, _ = PLACES[correction.name]
    key = int(correction.key) if key_column in ("item", "episode") else correction.key
    row: Row = {"patient_id": correction.patient_id, key_column: key}
    if table == "therapies":
        row |= {"dose_text": None, "line": None, "response": "not_reported", "is_relapse": False}
        row |= dict.fromkeys(("duration_text", "duration_months", "is_stopped", "stop_reason"))
    if table == "manifestations":
        known = desk.findings[correction.key]
        row |= {"organ": known["group"], "hpo_id": known["codes"] or None}
    return row

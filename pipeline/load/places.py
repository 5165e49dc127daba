"""Where a decision points: from `field` of corrections.csv to the row and column it is about.

Reads and changes the rows it is given; touches no file.
"""

from __future__ import annotations

from pipeline.load.corrections import Correction
from pipeline.load.fields import REPORT_FIELDS
from pipeline.load.rows import Row, Tables, Vocabulary, known_organs, natural_order

# field -> table, column that tells its rows of one patient apart, column of the value
PLACES = {
    "organ": ("organ_involvement", "organ", "status"),
    "manifestation": ("manifestations", "manifestation", "status"),
    "heavy_chain": ("paraproteins", "item", "heavy_chain"),
    "light_chain": ("paraproteins", "item", "light_chain"),
    "concentration_g_per_l": ("paraproteins", "item", "concentration_g_per_l"),
    "therapy": ("therapies", "episode", "therapy"),
    "response": ("therapies", "episode", "response"),
    "is_relapse": ("therapies", "episode", "is_relapse"),
    "dose_text": ("therapies", "episode", "dose_text"),
    "duration_text": ("therapies", "episode", "duration_text"),
    "duration_months": ("therapies", "episode", "duration_months"),
    "is_stopped": ("therapies", "episode", "is_stopped"),
    "stop_reason": ("therapies", "episode", "stop_reason"),
    "line": ("therapies", "episode", "line"),
}
# Where the value is gone, so is the row: an organ neither affirmed nor denied has no row.
ROW_ITSELF = ("organ", "manifestation", "therapy")
MAKES_ROW = (*ROW_ITSELF, "heavy_chain", "light_chain", "concentration_g_per_l")
CHILDREN = {
    "paraproteins": "item",
    "organ_involvement": "organ",
    "manifestations": "manifestation",
    "therapies": "episode",
}


class Desk:
    """The rows of a run, found by table, patient and key, and what the program had extracted."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary):
        self.tables = tables
        self.text_sha256 = {row["article_id"]: row["text_sha256"] for row in tables["articles"]}
        self.screenings = {row["article_id"]: row for row in tables["screenings"]}
        self.rows = {
            (table, row["patient_id"], str(row[key]) if key else ""): row
            for table, key in {"patients": "", **CHILDREN}.items()
            for row in tables.get(table, ())
        }
        # therapies.csv also has rows for whole regimens and for names to be ignored.
        self.classes = {
            row["id"]: row["group"]
            for row in vocabulary.get("therapies", ())
            if not row["id"].startswith(("regimen:", "ignore:"))
        }
        self.organs = known_organs(vocabulary)
        self.findings = {
            row[name]: row for row in vocabulary.get("organs", ()) for name in ("label", "id")
        }
        self.extracted: dict[tuple[str, str], str] = {}

    def has_patient(self, correction: Correction) -> bool:
        row = self.rows.get(("patients", correction.patient_id, ""))
        return row is not None and row["article_id"] == correction.article_id

    def row_of(self, correction: Correction) -> Row | None:
        """The row that a decision is about; None where there is none yet."""
        if correction.name in REPORT_FIELDS:
            return self.screenings.get(correction.article_id)
        table = PLACES[correction.name][0] if correction.name in PLACES else "patients"
        return self.rows.get((table, correction.patient_id, correction.key))

    def can_hold(self, correction: Correction) -> bool:
        """Whether the row exists or the decision itself makes it."""
        if correction.name == "therapy" and not self.is_therapy(correction.value_after):
            return False
        if correction.name == "patient":
            return correction.patient_id.startswith(f"{correction.article_id}/")
        if self.row_of(correction) is not None:
            return True
        if correction.name == "manifestation":
            return correction.key in self.findings
        if correction.name == "organ":
            return correction.key in self.organs
        return correction.name in MAKES_ROW

    def is_therapy(self, name: str) -> bool:
        """Whether the vocabulary has the name; what it has not is written 'other:' and words."""
        return name in self.classes or name == "" or name.startswith("other:")

    def was_decided_by_reviewer(self, correction: Correction) -> bool:
        """A screening may have been decided already, so that its report could be extracted."""
        row = self.row_of(correction)
        return correction.name in REPORT_FIELDS and row is not None and is_reviewed(row)

    def has_organ(self, patient_id: str) -> bool:
        return any(
            row["patient_id"] == patient_id and row["status"] == "present"
            for row in self.tables["organ_involvement"]
        )

    def add(self, table: str, patient_id: str, key: str, row: Row) -> Row:
        self.rows[table, patient_id, key] = row
        self.tables[table].append(row)
        column = CHILDREN.get(table, "patient_id")
        self.tables[table].sort(
            key=lambda one: (natural_order(one["patient_id"]), natural_order(str(one[column])))
        )
        return row

    def remove(self, table: str, patient_id: str, key: str) -> None:
        row = self.rows.pop((table, patient_id, key))
        self.tables[table] = [one for one in self.tables[table] if one is not row]


def is_reviewed(row: Row) -> bool:
    return bool(row["decided_by"] == "reviewer")


def read_value(desk: Desk, correction: Correction) -> str:
    """The value there is now, as corrections.csv writes it; nothing where it is not stated."""
    row = desk.row_of(correction)
    if correction.name == "patient":
        return "" if row is None else "described"
    if row is None:
        return ""
    if correction.name == "screening":
        is_included = row["decision"] == "included"
        return "included" if is_included else f"excluded:{row['reason']}"
    column = PLACES[correction.name][2] if correction.name in PLACES else correction.name
    return written(row[column])


def written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)

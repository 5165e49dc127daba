"""What follows from a decision for the values beside it, where no decision is about these.

Reads the decisions as applied; changes the rows of the desk; touches no file.
An organ that is not involved has no findings below it, a finding that is there has its organ, and
an organ that is involved is an extracutaneous involvement.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.load.places import Desk
from pipeline.load.rows import Row

ORGANS = ("organ[", "manifestation[")


def follow_decisions(desk: Desk, rows: Iterable[Row]) -> None:
    """`rows` are those of the table `corrections`; stale ones changed nothing."""
    decided = {(row["patient_id"], row["field"]) for row in rows if not row["is_stale"]}
    for patient_id, field in sorted(decided, key=str):
        name, _, key = field.partition("[")
        if name == "organ":
            take_findings_away(desk, patient_id, key.removesuffix("]"), decided)
        elif name == "manifestation":
            involve_organ(desk, patient_id, key.removesuffix("]"), decided)
    refresh_extracutaneous(desk, decided)


def take_findings_away(
    desk: Desk, patient_id: str, organ: str, decided: set[tuple[str, str]]
) -> None:
    """The findings below an organ that is no longer involved; they are not stated, not denied."""
    row = desk.rows.get(("organ_involvement", patient_id, organ))
    if row is not None and row["status"] == "present":
        return
    for one in list(desk.tables["manifestations"]):
        name = one["manifestation"]
        is_below = (one["patient_id"], one["organ"], one["status"]) == (
            patient_id,
            organ,
            "present",
        )
        if is_below and (patient_id, f"manifestation[{name}]") not in decided:
            desk.remove("manifestations", patient_id, name)


def involve_organ(desk: Desk, patient_id: str, name: str, decided: set[tuple[str, str]]) -> None:
    """The organ of a finding that a reviewer affirmed."""
    finding = desk.rows.get(("manifestations", patient_id, name))
    if finding is None or finding["status"] != "present":
        return
    organ = finding["organ"]
    row = desk.rows.get(("organ_involvement", patient_id, organ))
    if (row and row["status"] == "present") or (patient_id, f"organ[{organ}]") in decided:
        return
    row = row or desk.add(
        "organ_involvement", patient_id, organ, {"patient_id": patient_id, "organ": organ}
    )
    row |= {"status": "present", "decided_by": "reviewer"}


def refresh_extracutaneous(desk: Desk, decided: set[tuple[str, str]]) -> None:
    """Keep has_extracutaneous in step where a reviewer changed organs but not the field itself."""
    own = {patient_id for patient_id, field in decided if field == "has_extracutaneous"}
    for patient_id, field in decided:
        patient = desk.rows.get(("patients", patient_id, ""))
        if patient is None or patient_id in own or not field.startswith(ORGANS):
            continue
        if desk.has_organ(patient_id):
            patient["has_extracutaneous"] = True
        elif patient["has_extracutaneous"] and field.startswith("organ["):
            patient["has_extracutaneous"] = None

"""Gathers the drafts of a report into patients, components, organs and treatment episodes.

Reads drafts, writes nothing.
Only what is said of the patient and is not uncertain becomes a value; the rest stays a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pipeline.extractors.own_patients.places import body_first, without_abstract_rivals
from pipeline.records import (
    Draft,
    Episode,
    Manifestation,
    Organ,
    Paraprotein,
    Patient,
    Report,
)
from pipeline.rules import Row, Rules


def gather(report: Report, rules: Rules, drafts: Sequence[Draft]) -> tuple[Patient, ...]:
    """One Patient per label of the report, in the order of the labels."""
    return tuple(
        patient_of(report, label, rules, [d for d in drafts if is_value_of(d, label)])
        for label in labels_described(report, drafts)
    )


def labels_described(report: Report, drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The labels with anything tied to them: of several patients, one of whom nothing is told is
    not individually described (annotation guideline); the only patient of a report always is."""
    if len(report.labels) == 1:
        return report.labels
    told = {draft.patient for draft in drafts}
    return tuple(label for label in report.labels if label in told)


def is_value_of(draft: Draft, label: str) -> bool:
    return draft.patient == label and draft.subject == "patient" and draft.status != "uncertain"


def patient_of(report: Report, label: str, rules: Rules, drafts: Sequence[Draft]) -> Patient:
    by_field: dict[str, list[Draft]] = defaultdict(list)
    for draft in without_abstract_rivals(report, body_first(report, drafts)):
        by_field[draft.field].append(draft)
    organs = organs_of(by_field["organ"])
    article = report.article
    return Patient(
        patient_id=f"{article.article_id}/{label}",
        article_id=article.article_id,
        label=label,
        **age_of(by_field),
        sex=best_value(by_field["sex"]),
        paraprotein_status=best_value(by_field["paraprotein_status"]) or "not_reported",
        plasma_cell_disorder=best_value(by_field["plasma_cell_disorder"]),
        has_extracutaneous=extracutaneous_of(organs, by_field["has_extracutaneous"]),
        outcome=best_value(by_field["outcome"]) or "not_reported",
        follow_up_months=number_of(best_value(by_field["follow_up_months"])),
        text_basis=article.text_basis,
        paraproteins=paraproteins_of(by_field),
        organs=organs,
        manifestations=manifestations_of(by_field["manifestation"], rules),
        therapies=episodes_of(by_field, rules.labels("therapies")),
    )


def best(drafts: Sequence[Draft]) -> Draft | None:
    """The surest draft, the earliest in the text where several are as sure."""
    return max(drafts, key=lambda draft: draft.confidence, default=None)


def best_value(drafts: Sequence[Draft]) -> Any:
    surest = best(drafts)
    return surest.value if surest else None


def number_of(value: str | None) -> float | None:
    return float(value) if value is not None else None


def truth_of(value: str | None) -> bool | None:
    return None if value is None else value == "true"


def age_of(by_field: dict[str, list[Draft]]) -> dict[str, Any]:
    """An exact age, or the two ends of a range; never both."""
    exact = best(by_field["age_years"])
    if exact is not None:
        return {"age_years": float(exact.value), "age_kind": "exact"}
    low, high = best_value(by_field["age_low"]), best_value(by_field["age_high"])
    if low is None and high is None:
        return {}
    return {"age_low": number_of(low), "age_high": number_of(high), "age_kind": "range"}


def organs_of(drafts: Sequence[Draft]) -> tuple[Organ, ...]:
    """An organ with a present finding is present, whatever else of it was denied."""
    statuses: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        statuses[draft.value].add(draft.status)
    return tuple(
        Organ(organ=organ, status="present" if "present" in statuses[organ] else "absent")
        for organ in sorted(statuses)
    )


def extracutaneous_of(organs: Sequence[Organ], drafts: Sequence[Draft]) -> bool | None:
    """True with any organ present, false by a general denial, None where the text is silent."""
    if any(organ.status == "present" for organ in organs):
        return True
    return truth_of(best_value(drafts))


def manifestations_of(drafts: Sequence[Draft], rules: Rules) -> tuple[Manifestation, ...]:
    rows = rules.labels("organs")
    statuses: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        statuses[draft.value].add(draft.status)
    return tuple(
        make_manifestation(rows[name], "present" in statuses[name]) for name in sorted(statuses)
    )


def make_manifestation(row: Row, is_present: bool) -> Manifestation:
    return Manifestation(
        organ=row.group,
        manifestation=row.id,
        hpo_id=row.codes or None,
        status="present" if is_present else "absent",
    )


def by_item(drafts: Sequence[Draft]) -> dict[int, list[Draft]]:
    items: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.item is not None:
            items[draft.item].append(draft)
    return items


def paraproteins_of(by_field: dict[str, list[Draft]]) -> tuple[Paraprotein, ...]:
    heavy = by_item(by_field["heavy_chain"])
    light = by_item(by_field["light_chain"])
    amount = by_item(by_field["concentration_g_per_l"])
    return tuple(
        Paraprotein(
            item=item,
            heavy_chain=best_value(heavy.get(item, [])),
            light_chain=best_value(light.get(item, [])),
            concentration_g_per_l=number_of(best_value(amount.get(item, []))),
        )
        for item in sorted({*heavy, *light, *amount})
    )


def episodes_of(by_field: dict[str, list[Draft]], rows: dict[str, Row]) -> tuple[Episode, ...]:
    doses, lines = by_item(by_field["dose_text"]), by_item(by_field["line"])
    responses, relapses = by_item(by_field["response"]), by_item(by_field["is_relapse"])
    texts, months = by_item(by_field["duration_text"]), by_item(by_field["duration_months"])
    stops, reasons = by_item(by_field["is_stopped"]), by_item(by_field["stop_reason"])
    episodes = []
    for item, drafts in sorted(by_item(by_field["therapy"]).items()):
        therapy = best_value(drafts)
        row = rows.get(therapy)
        line = best_value(lines.get(item, []))
        episodes.append(
            Episode(
                episode=item,
                therapy=therapy,
                therapy_class=row.group if row else "other",
                dose_text=best_value(doses.get(item, [])),
                line=int(line) if line is not None else None,
                response=best_value(responses.get(item, [])) or "not_reported",
                is_relapse=item in relapses,
                duration_text=best_value(texts.get(item, [])),
                duration_months=number_of(best_value(months.get(item, []))),
                is_stopped=truth_of(best_value(stops.get(item, []))),
                stop_reason=best_value(reasons.get(item, [])),
            )
        )
    return tuple(episodes)

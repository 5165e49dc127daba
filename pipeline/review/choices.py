"""What a reviewer can decide, as a form offers it: the fields, their choices, what is refused.

Reads the disease file for its own reason to exclude, writes nothing.
The load stage refuses a whole corrections.csv over one bad cell, so nothing bad may be written.
A test keeps these choices equal to what load accepts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pipeline.records import DISORDERS
from pipeline.rules import read_disease
from pipeline.spreadsheet import FORMULA_STARTS

Kind = Literal["choice", "age", "number", "positive", "count", "text", "screening"]

YES_NO = ("true", "false")
STATED = ("present", "absent")
RESPONSES = ("complete", "partial", "improved", "none", "worse", "not_reported")
STOP_REASONS = (
    "adverse_effect", "no_response", "remission", "patient_choice", "death", "completed", "other",
)  # fmt: skip
DESIGNS = ("case_report", "case_series", "cohort", "review", "trial", "other")

# field -> its choices, or the kind of its free value. The order is the order of the forms.
REPORT_FIELDS: Mapping[str, Kind | Sequence[str]] = {"screening": "screening", "design": DESIGNS}
PATIENT_FIELDS: Mapping[str, Kind | Sequence[str]] = {
    "age_years": "age",
    "age_low": "age",
    "age_high": "age",
    "sex": ("female", "male"),
    "paraprotein_status": ("present", "absent", "not_reported"),
    "plasma_cell_disorder": DISORDERS,
    "has_extracutaneous": YES_NO,
    "outcome": ("alive", "dead", "not_reported"),
    "follow_up_months": "number",
    "patient": ("described", "rejected"),
}
KEYED_FIELDS: Mapping[str, Kind | Sequence[str]] = {
    "organ": STATED,
    "manifestation": STATED,
    "heavy_chain": ("IgG", "IgA", "IgM", "IgD", "IgE"),
    "light_chain": ("kappa", "lambda"),
    "concentration_g_per_l": "number",
    "therapy": "text",
    "response": RESPONSES,
    "is_relapse": YES_NO,
    "dose_text": "text",
    "duration_text": "text",
    "duration_months": "positive",
    "is_stopped": YES_NO,
    "stop_reason": STOP_REASONS,
    "line": "count",
    "duplicate": ("same", "different"),
}
FIELDS = {**REPORT_FIELDS, **PATIENT_FIELDS, **KEYED_FIELDS}
COMPONENT_FIELDS = ("heavy_chain", "light_chain", "concentration_g_per_l")
EPISODE_FIELDS = (
    "therapy", "response", "is_relapse", "dose_text", "duration_text", "duration_months",
    "is_stopped", "stop_reason", "line",
)  # fmt: skip
# What the form for missed values offers; a treatment is added with its response.
CAN_BE_ADDED = (
    "organ",
    "manifestation",
    "therapy",
    *(name for name in PATIENT_FIELDS if name != "patient"),
    *COMPONENT_FIELDS,
)
NUMBERED = (*COMPONENT_FIELDS, *EPISODE_FIELDS)
# The closed list of reasons of the annotation guideline (section Record, `exclusion`), without the
# one that each disease names for its forms that do not count: see exclusion_reasons.
EXCLUSION_REASONS = (
    "review_only",
    "other_disease",
    "mention_only",
    "non_human",
    "comment",
    "duplicate_report",
)
PATTERNS: Mapping[str, str] = {
    "age": r"(1[01]\d|\d{1,2})(\.\d+)?|120",
    "number": r"\d+(\.\d+)?",
    "positive": r"(?!0+(?:\.0+)?$)\d+(\.\d+)?",
    "count": r"[1-9]\d{0,2}",
    "screening": r"included|excluded(:\w+)?",
}


def exclusion_reasons(disease: str) -> list[str]:
    """What a report can be left out for: the common reasons, and the one of the disease."""
    own = read_disease(disease)["screening"].get("reason_localized")
    return [*EXCLUSION_REASONS, *([str(own)] if own else [])]


def name_of(field: str) -> str:
    """'organ' of 'organ[renal]'."""
    return field.partition("[")[0]


def key_of(field: str) -> str:
    """'renal' of 'organ[renal]'; nothing where the field has no key."""
    return field.partition("[")[2].removesuffix("]")


def field_of(name: str, key: str | int | None = None) -> str:
    return name if key in (None, "") else f"{name}[{key}]"


def choices_of(name: str) -> tuple[str, ...]:
    """The closed list of a field; empty where its value is a number or words."""
    kind = FIELDS[name]
    return () if isinstance(kind, str) else tuple(kind)


def problem_of(field: str, value: str, patient_id: str) -> str | None:
    """Why a decision cannot be written, as one sentence; None where it can."""
    name, key = name_of(field), key_of(field)
    if name not in FIELDS:
        return f"{field!r} is not a field that can be decided."
    if (name in KEYED_FIELDS) != bool(key):
        return f"{name} needs to say which one, as in {name}[1] or organ[renal]."
    if name in NUMBERED and not re.fullmatch(PATTERNS["count"], key):
        return f"{field!r} needs a number from 1, as in {name}[1]."
    if (name in REPORT_FIELDS) == bool(patient_id):
        return f"{name} belongs to the {'report' if name in REPORT_FIELDS else 'patient'}."
    return problem_of_value(name, value)


def problem_of_value(name: str, value: str) -> str | None:
    kind = FIELDS[name]
    if value == "" and kind != "screening":
        return None
    if not isinstance(kind, str):
        return None if value in kind else f"{name} is one of {', '.join(kind)}, not {value!r}."
    if kind in PATTERNS and not re.fullmatch(PATTERNS[kind], value, re.ASCII):
        shown = {
            "age": "a number such as 57 or 57.5, up to 120",
            "number": "a number such as 57 or 57.5",
            "positive": "a number above 0",
            "count": "a whole number from 1",
        }
        return f"{name} is {shown.get(kind, 'included, or excluded and a reason')}, not {value!r}."
    if value.startswith(FORMULA_STARTS):
        return f"{value!r} begins like a spreadsheet formula; write it with a word before."
    return None

"""What a reviewer can decide: the names of fields and the values that each accepts.

Reads nothing, writes nothing.
An empty value is accepted nearly everywhere and means "not stated" or "not there".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.records import DISORDERS


def one_of(*choices: str) -> Callable[[str], bool]:
    return lambda value: value in ("", *choices)


def is_number(value: str) -> bool:
    return re.fullmatch(r"|\d+(\.\d+)?", value) is not None


def is_age(value: str) -> bool:
    """Years up to 120: 5757 for 57 is a slip of the hand."""
    return is_number(value) and (value == "" or float(value) <= 120)


def is_positive(value: str) -> bool:
    return is_number(value) and (value == "" or float(value) > 0)


def is_count(value: str) -> bool:
    return re.fullmatch(r"|[1-9]\d{0,2}", value) is not None


def is_text(value: str) -> bool:
    return "\n" not in value


def is_screening(value: str) -> bool:
    """'included', 'excluded', or 'excluded:' and the reason."""
    return re.fullmatch(r"included|excluded(:\w+)?", value) is not None


RESPONSES = ("complete", "partial", "improved", "none", "worse", "not_reported")
STOP_REASONS = (
    "adverse_effect", "no_response", "remission", "patient_choice", "death", "completed", "other",
)  # fmt: skip

# What a reviewer can decide: of the report, of the patient, and of one row below the patient.
REPORT_FIELDS: dict[str, Callable[[str], bool]] = {
    "screening": is_screening,
    "design": one_of("case_report", "case_series", "cohort", "review", "trial", "other"),
}
PATIENT_FIELDS: dict[str, Callable[[str], bool]] = {
    "age_years": is_age,
    "age_low": is_age,
    "age_high": is_age,
    "sex": one_of("female", "male"),
    "paraprotein_status": one_of("present", "absent", "not_reported"),
    "plasma_cell_disorder": one_of(*DISORDERS),
    "has_extracutaneous": one_of("true", "false"),
    "outcome": one_of("alive", "dead", "not_reported"),
    "follow_up_months": is_number,
    "patient": one_of("described", "rejected"),
}
KEYED_FIELDS: dict[str, Callable[[str], bool]] = {
    "organ": one_of("present", "absent"),
    "manifestation": one_of("present", "absent"),
    "heavy_chain": one_of("IgG", "IgA", "IgM", "IgD", "IgE"),
    "light_chain": one_of("kappa", "lambda"),
    "concentration_g_per_l": is_number,
    "therapy": is_text,
    "response": one_of(*RESPONSES),
    "is_relapse": one_of("true", "false"),
    "dose_text": is_text,
    "duration_text": is_text,
    "duration_months": is_positive,
    "is_stopped": one_of("true", "false"),
    "stop_reason": one_of(*STOP_REASONS),
    "line": is_count,
    "duplicate": one_of("same", "different"),
}
NUMBERED = (
    "heavy_chain",
    "light_chain",
    "concentration_g_per_l",
    "therapy",
    "response",
    "is_relapse",
    "dose_text",
    "duration_text",
    "duration_months",
    "is_stopped",
    "stop_reason",
    "line",
)

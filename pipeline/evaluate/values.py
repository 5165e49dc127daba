"""Gold records and extractions as the same kind of thing: countable values of a patient.

Reads tests/gold/dev.jsonl (facts only) and extractions, writes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.files import UnreadableFileError
from pipeline.records import CohortFigure, Episode, Extraction, Finding, Patient

FIELDS = (
    "age",
    "sex",
    "paraprotein_status",
    "heavy_chain",
    "light_chain",
    "plasma_cell_disorder",
    "organs_present",
    "organs_absent",
    "therapies",
    "responses",
    "outcome",
    "cohort_figures",
)
FINDING_FIELDS = {
    "age": ("age_years", "age_low"),
    "organs_present": ("organ",),
    "organs_absent": ("organ",),
    "therapies": ("therapy",),
    "responses": ("response", "is_relapse"),
}
LABEL_AGGREGATE = "aggregate"


@dataclass(frozen=True)
class Values:
    """The values of one patient (or of a series as a whole), counted by field."""

    label: str
    by_field: dict[str, Counter[str]]
    episodes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class GoldReport:
    """One annotated publication: identity, eligibility and its values."""

    id: str
    short_title: str
    pmid: str | None
    doi: str | None
    design: str
    is_eligible: bool
    exclusion: str | None
    text_kind: str
    patient_count: int | None
    patients: tuple[Values, ...]
    aggregate: Values
    traps: tuple[str, ...] = field(default=())


def read_gold(path: Path) -> list[GoldReport]:
    """The annotated publications; raises UnreadableFileError where there is no such file, or names
    the line that is no annotated publication.
    """
    if not path.is_file():
        raise UnreadableFileError(
            f"{path} is not there: a clone of the project holds the annotated facts;"
            " facts of your own are named with --gold."
        )
    with path.open(encoding="utf-8", errors="replace") as lines:
        return [
            gold_line(path, number, line)
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]


def gold_line(path: Path, number: int, line: str) -> GoldReport:
    try:
        return gold_report(json.loads(line))
    except json.JSONDecodeError as error:
        raise UnreadableFileError(f"{path}, line {number} is not JSON: {error}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFileError(
            f"{path}, line {number} is no annotated publication ({error!r}):"
            " tests/gold/dev.jsonl shows the form."
        ) from error


def gold_report(row: dict[str, Any]) -> GoldReport:
    return GoldReport(
        id=row["id"],
        short_title=row["short_title"],
        pmid=row["pmid"],
        doi=row["doi"],
        design=row["design"],
        is_eligible=row["eligible"],
        exclusion=row["exclusion"],
        text_kind=row["text_kind"],
        patient_count=row["n_patients"],
        patients=tuple(gold_values(patient) for patient in row["patients"]),
        aggregate=gold_aggregate(row["aggregate"]),
        traps=tuple(row["traps"]),
    )


def gold_values(patient: dict[str, Any]) -> Values:
    paraprotein = patient["paraprotein"]
    status = paraprotein["status"]
    episodes = tuple((t["name"], t["response"]) for t in patient["therapies"])
    ages = [f"{age:g}" for age in [patient["age_years"]] if age is not None]
    if patient["age_range"]:
        ages = ["-".join(f"{end:g}" for end in patient["age_range"])]
    return make_values(
        patient["label"],
        ages=ages,
        sex=patient["sex"],
        status=None if status == "not_reported" else status,
        heavy=paraprotein["heavy"],
        light=paraprotein["light"],
        disorder=paraprotein["disorder"],
        present=patient["organs_present"],
        absent=patient["organs_absent"],
        episodes=episodes,
        outcome=None if patient["outcome"] == "not_reported" else patient["outcome"],
    )


def make_values(  # one parameter per annotated field
    label: str,
    *,
    ages: Sequence[str],
    sex: str | None,
    status: str | None,
    heavy: Sequence[str],
    light: Sequence[str],
    disorder: str | None,
    present: Sequence[str],
    absent: Sequence[str],
    episodes: tuple[tuple[str, str], ...],
    outcome: str | None,
) -> Values:
    one: dict[str, Sequence[str | None]] = {
        "age": list(ages),
        "sex": [sex],
        "paraprotein_status": [status],
        "heavy_chain": sorted(set(heavy)),
        "light_chain": sorted(set(light)),
        "plasma_cell_disorder": [disorder],
        "organs_present": list(present),
        "organs_absent": list(absent),
        "therapies": [name for name, _ in episodes],
        "outcome": [outcome],
    }
    counted = {name: Counter(str(v) for v in values if v) for name, values in one.items()}
    return Values(label, counted, episodes)


def gold_aggregate(aggregate: dict[str, Any] | None) -> Values:
    """The figures of a series as 'variable=number'; what is null was not given."""
    figures: list[str] = []
    for name, value in (aggregate or {}).items():
        if name == "organs":
            figures += [f"{organ}={n}" for organ, n in value.items() if n is not None]
        elif name == "therapies":
            figures += [
                f"{therapy}:{what}={n}"
                for therapy, counts in value.items()
                for what, n in counts.items()
                if n is not None
            ]
        elif value is not None:
            figures.append(f"{name}={value:g}")
    return Values(LABEL_AGGREGATE, {"cohort_figures": Counter(figures)})


def patient_values(patient: Patient) -> Values:
    episodes = tuple((t.therapy, gold_response(t)) for t in patient.therapies)
    if patient.age_years is not None:
        ages = [f"{patient.age_years:g}"]
    elif patient.age_low is not None and patient.age_high is not None:
        ages = [f"{patient.age_low:g}-{patient.age_high:g}"]
    else:
        ages = []
    return make_values(
        patient.label,
        ages=ages,
        sex=patient.sex,
        status=None if patient.paraprotein_status == "not_reported" else patient.paraprotein_status,
        heavy=[p.heavy_chain for p in patient.paraproteins if p.heavy_chain],
        light=[p.light_chain for p in patient.paraproteins if p.light_chain],
        disorder=patient.plasma_cell_disorder,
        present=[o.organ for o in patient.organs if o.status == "present"],
        absent=[o.organ for o in patient.organs if o.status == "absent"],
        episodes=episodes,
        outcome=None if patient.outcome == "not_reported" else patient.outcome,
    )


def gold_response(episode: Episode) -> str:
    """The annotation has one word for a benefit that was lost, whatever its grade."""
    return "relapse" if episode.is_relapse else episode.response


COHORT_NAMES = {
    "patients": "n",
    "paraprotein": "paraprotein_n",
    "igg_lambda": "igg_lambda_n",
}


def cohort_values(figures: Sequence[CohortFigure]) -> Values:
    """Figures named as the annotation names them; what it has no name for is not scored."""
    return Values(LABEL_AGGREGATE, {"cohort_figures": Counter(set(named_figures(figures)))})


def named_figures(figures: Sequence[CohortFigure]) -> Iterator[str]:
    for figure in figures:
        if figure.statistic == "count" and figure.numerator is not None:
            name = COHORT_NAMES.get(figure.variable, figure.variable)
            is_bare_therapy = ":" in name and name.rsplit(":", 1)[1] not in (
                "treated", "complete", "partial",
            )  # fmt: skip
            if not is_bare_therapy:
                yield f"{name}={figure.numerator:g}"
        elif figure.variable == "age" and figure.statistic in ("mean", "median"):
            yield f"age_{figure.statistic}={figure.value:g}"


def confidence_of(findings: Sequence[Finding], name: str, value: str, label: str) -> float | None:
    """The surest finding behind a value of a patient, None where the field is not kept as one."""
    names = FINDING_FIELDS.get(name, (name,))
    found = [
        f.confidence
        for f in findings
        if f.field in names
        and f.patient_id is not None
        and f.patient_id.endswith(f"/{label}")
        and (f.value == value.split("=")[0] or name in ("age", "responses"))
    ]
    return max(found, default=None)


def extraction_values(extraction: Extraction) -> tuple[list[Values], Values]:
    patients = [patient_values(patient) for patient in extraction.patients]
    return patients, cohort_values(extraction.cohorts)

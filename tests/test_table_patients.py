"""The patients of tables and text are one by label, age and sex; what fits nobody is flagged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract import extractor_of
from pipeline.records import Article, Extraction, Patient, Section
from pipeline.rules import bundled_rules

Read = Callable[[Article], Extraction]


@pytest.fixture(scope="module")
def read() -> Read:
    return extractor_of(bundled_rules())


def article(*sections: tuple[str, str, str]) -> Article:
    """An article of (kind, title, text) sections."""
    made = tuple(
        Section(section=f"{kind}-{number}", kind=kind, title=title or None, text=text)
        for number, (kind, title, text) in enumerate(sections, start=1)
    )
    return Article(
        article_id="X", title="A report", source="import", raw_file="x", has_full_text=True,
        sections=made,
    )  # fmt: skip


def by_label(extraction: Extraction) -> dict[str, Patient]:
    return {patient.label: patient for patient in extraction.patients}


TABLE = (
    "Case | Age/sex | Dysphagia | Treatment | Response\n1 | 57/F | + | IVIG | CR\n"
    "2 | 61/M | - | Thalidomide | None"
)
TWO = ("body", "Case 1", "A 57-year-old woman had papules. She had arthralgia."), (
    "body", "Case 2", "A 61-year-old man had stiff skin. He suffered from Raynaud phenomenon.",
)  # fmt: skip


def organs(patient: Patient) -> list[str]:
    return [organ.organ for organ in patient.organs if organ.status == "present"]


def test_text_and_table_of_a_label_are_one_patient(read: Read) -> None:
    found = read(article(*TWO, ("table", "Table 1", TABLE)))
    assert found.patient_count == 2
    assert {label: organs(p) for label, p in by_label(found).items()} == {
        "1": ["gastrointestinal", "musculoskeletal"],
        "2": ["vascular"],
    }


def test_without_labels_in_the_text_age_and_sex_tell_the_patients_apart(read: Read) -> None:
    text = (
        "We report two patients. A 61-year-old man had Raynaud phenomenon. A 57-year-old woman had"
        " arthralgia."
    )
    found = read(article(("body", "Case reports", text), ("table", "Table 1", TABLE)))
    assert {label: (p.age_years, organs(p)) for label, p in by_label(found).items()} == {
        "1": (57, ["gastrointestinal", "musculoskeletal"]),
        "2": (61, ["vascular"]),
    }


def test_a_label_that_age_and_sex_contradict_gives_way_to_them(read: Read) -> None:
    turned = TABLE.replace("1 | 57/F", "@").replace("2 | 61/M", "1 | 61/M").replace("@", "2 | 57/F")
    found = read(article(*TWO, ("table", "Table 1", turned)))
    assert {label: organs(p) for label, p in by_label(found).items()} == {
        "1": ["gastrointestinal", "musculoskeletal"],
        "2": ["vascular"],
    }


def test_a_row_that_fits_nobody_is_flagged_and_gives_no_value(read: Read) -> None:
    wrong = TABLE.replace("2 | 61/M", "2 | 38/F")
    found = read(article(*TWO, ("table", "Table 1", wrong)))
    flagged = [f for f in found.findings if f.field == "patient_match"]
    assert {(f.value, f.status, f.patient_id) for f in flagged} == {("2", "uncertain", None)}
    assert by_label(found)["2"].therapies == ()
    assert by_label(found)["2"].age_years == 61


def test_the_table_of_a_single_case_with_many_patients_is_other_peoples(read: Read) -> None:
    text = "We report a 45-year-old woman with papules. She was given prednisone."
    found = read(article(("body", "Case report", text), ("table", "Table 1", TABLE)))
    assert (found.patient_count, list(by_label(found))) == (1, ["1"])
    assert [t.therapy for t in by_label(found)["1"].therapies] == ["systemic_corticosteroid"]
    cited = [
        f.value for f in found.findings if f.field == "age_years" and f.subject == "literature"
    ]
    assert cited == ["57", "61"]


def test_the_same_patients_in_two_tables_are_counted_once(read: Read) -> None:
    second = "Patient | Paraprotein | Outcome\n1 | IgG-λ | Alive\n2 | IgG-κ | Died"
    text = "Two patients were seen."
    found = read(
        article(
            ("body", "Results", text), ("table", "Table 1", TABLE), ("table", "Table 2", second)
        )
    )
    assert {label: p.outcome for label, p in by_label(found).items()} == {"1": "alive", "2": "dead"}
    assert found.patient_count == 2


def test_initials_are_no_labels(read: Read) -> None:
    initials = TABLE.replace("\n1 |", "\nAB |").replace("\n2 |", "\nCD |")
    found = read(article(("body", "Results", "Two patients came."), ("table", "Table 1", initials)))
    assert list(by_label(found)) == ["1", "2"]


@pytest.mark.parametrize("cell", ["ND", "NR", "?", "n.d.", "", "not reported"])
def test_a_cell_that_is_not_stated_says_nothing(read: Read, cell: str) -> None:
    text = TABLE.replace("| - |", f"| {cell} |").replace("| None", f"| {cell}")
    patient = by_label(read(article(*TWO, ("table", "Table 1", text))))["2"]
    assert "gastrointestinal" not in [organ.organ for organ in patient.organs]
    assert [t.response for t in patient.therapies] == ["not_reported"]


def test_a_dash_that_a_note_explains_as_not_available_denies_nothing(read: Read) -> None:
    note = ("legend", "Table 1", "Our patients\n-, not available; CR, complete response.")
    patients = by_label(read(article(*TWO, note, ("table", "Table 1", TABLE))))
    assert organs(patients["1"]) == ["gastrointestinal", "musculoskeletal"]
    assert [organ.organ for organ in patients["2"].organs] == ["vascular"]


def test_a_note_on_signs_behind_a_caption_tells_of_nobody(read: Read) -> None:
    told = "Course of the two patients CR, complete response; CTS, carpal tunnel syndrome."
    found = read(article(*TWO, ("legend", "Table 1", told)))
    assert [f for f in found.findings if f.section.startswith("legend") and f.patient_id] == []


def test_text_and_table_that_differ_are_both_kept_and_the_text_counts(read: Read) -> None:
    treated = TWO[0][2] + " She was treated with IVIG without any response."
    found = read(article(("body", "Case 1", treated), TWO[1], ("table", "Table 1", TABLE)))
    assert [t.response for t in by_label(found)["1"].therapies] == ["none"]
    told = {f.section: f.value for f in found.findings
            if f.field == "response" and f.patient_id == "X/1"}  # fmt: skip
    assert told == {"body-1": "none", "table-3": "complete"}


def test_the_tables_of_a_single_case_tell_of_one_patient(read: Read) -> None:
    one = "Feature | Patient\nAge/sex | 45/F\nDysphagia | Yes"
    review = "Author | Age/sex | Paraprotein\nAlpha | 50/M | IgA\nPresent case | 45/F | IgG-κ"
    text = "We report a 45-year-old woman with papules. She was given prednisone."
    found = read(
        article(
            ("body", "Case report", text), ("table", "Table 1", one), ("table", "Table 2", review)
        )
    )
    assert found.patient_count == 1
    assert organs(by_label(found)["1"]) == ["gastrointestinal"]
    assert [p.heavy_chain for p in by_label(found)["1"].paraproteins] == ["IgG"]


def test_a_review_without_own_patients_has_none_in_its_tables(read: Read) -> None:
    text = "Scleromyxedema is a rare disease. It may involve the lungs. The cause is unknown."
    found = read(article(("body", "Introduction", text), ("table", "Table 1", TABLE)))
    assert found.patients == ()
    assert found.patient_count is None


def test_a_large_series_keeps_its_figures_beside_the_patients_of_a_table(read: Read) -> None:
    text = "We studied 33 patients. A monoclonal gammopathy was found in 30 of the 33 patients."
    found = read(article(("body", "Results", text), ("table", "Table 1", TABLE)))
    assert list(by_label(found)) == ["1", "2"]
    assert {(f.variable, f.numerator) for f in found.cohorts} >= {("paraprotein", 30)}


COURSES = "No. | Age/sex | {} | Response{}\n1 | 57/F | {} | {}\n2 | 61/M | - | -"


@pytest.mark.parametrize(
    ("headers", "of", "cells", "result", "expected"),
    [
        ("Therapy", "", "Prednisone; IVIG", "None; CR", {"steroid": "none", "ivig": "complete"}),
        ("Therapy", "", "Prednisone, IVIG", "CR", {"steroid": "complete", "ivig": "complete"}),
        ("Therapy", "", "IVIG (PR), prednisone (no response)", "",
         {"ivig": "partial", "steroid": "none"}),
        ("Prior therapy | Therapy", "", "Prednisone | IVIG", "PR",
         {"steroid": "not_reported", "ivig": "partial"}),
        ("Prior therapy", " to IVIG", "Prednisone", "PR",
         {"steroid": "not_reported", "ivig": "partial"}),
        ("IVIG | Prednisone", "", "+ | -", "CR", {"ivig": "complete"}),
        ("Therapy", "", "IVIG", "CR, then relapse", {"ivig": "complete"}),
    ],
)  # fmt: skip
def test_a_result_belongs_to_the_treatment_it_stands_behind(
    read: Read, headers: str, of: str, cells: str, result: str, expected: dict[str, str]
) -> None:
    text = COURSES.format(headers, of, cells, result)
    found = read(article(("body", "Results", "Two patients came."), ("table", "Table 1", text)))
    names = {"systemic_corticosteroid": "steroid", "ivig": "ivig"}
    told = {names[t.therapy]: t.response for t in by_label(found)["1"].therapies}
    assert told == expected

"""Treatment histories read from short cases in our own words: episodes, lines, doses, receipt."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from pipeline.extract import extractor_of
from pipeline.records import Article, Episode, Extraction, Section
from pipeline.rules import bundled_rules

CASE = "A 58-year-old man with scleromyxedema was seen. "


@cache
def extractor() -> Callable[[Article], Extraction]:
    return extractor_of(bundled_rules())


def read(text: str, title: str = "") -> Extraction:
    sections = [Section(section="title", kind="title", text=title)] if title else []
    body = Section(section="body-1", kind="body", title="Case report", text=CASE + text)
    return extractor()(
        Article(
            article_id="FILE:case",
            title=title,
            source="import",
            raw_file="",
            sections=(*sections, body),
        )
    )


def episodes(text: str, title: str = "") -> list[Episode]:
    extraction = read(text, title)
    assert len(extraction.patients) == 1
    return list(extraction.patients[0].therapies)


def therapies(text: str, title: str = "") -> list[str]:
    return [episode.therapy for episode in episodes(text, title)]


@pytest.mark.parametrize(
    ("regimen", "drugs"),
    [
        ("CyBorD", ["bortezomib", "cyclophosphamide", "systemic_corticosteroid"]),
        ("VCD", ["bortezomib", "cyclophosphamide", "systemic_corticosteroid"]),
        ("DRd", ["daratumumab", "lenalidomide", "systemic_corticosteroid"]),
        ("VAD", ["vincristine", "doxorubicin", "systemic_corticosteroid"]),
        ("VRd", ["bortezomib", "lenalidomide", "systemic_corticosteroid"]),
        ("topical and oral steroids", ["topical_corticosteroid", "systemic_corticosteroid"]),
    ],
)
def test_a_regimen_is_spelt_out_into_its_drugs_on_one_line(regimen: str, drugs: list[str]) -> None:
    found = episodes(f"He was treated with {regimen}.")
    assert [episode.therapy for episode in found] == drugs
    assert len({episode.line for episode in found}) == 1


def test_drugs_named_beside_their_regimen_are_not_counted_twice() -> None:
    found = therapies("He was treated with bortezomib, thalidomide and dexamethasone (VTD).")
    assert found == ["bortezomib", "thalidomide", "systemic_corticosteroid"]


def test_an_ambiguous_abbreviation_needs_its_long_form() -> None:
    assert therapies("He was treated with MP.") == []
    spelt = therapies("He was treated with melphalan-prednisone. MP was given for a year.")
    assert spelt == ["melphalan", "systemic_corticosteroid"]


def test_later_treatments_have_later_lines_and_keep_their_order() -> None:
    found = episodes("He was given thalidomide. Later lenalidomide and IVIG were started.")
    assert [(e.therapy, e.line) for e in found] == [
        ("thalidomide", 1),
        ("lenalidomide", 2),
        ("ivig", 2),
    ]


@pytest.mark.parametrize(
    "form",
    [
        "clobetasol ointment",
        "triamcinolone 0.1% cream",
        "topical corticosteroids",
        "betamethasone cream",
    ],
)
def test_a_steroid_on_the_skin_is_topical(form: str) -> None:
    assert therapies(f"He was treated with {form}.") == ["topical_corticosteroid"]


@pytest.mark.parametrize("form", ["prednisone", "dexamethasone", "oral triamcinolone", "steroids"])
def test_a_steroid_without_a_form_is_systemic(form: str) -> None:
    assert therapies(f"He was treated with {form}.") == ["systemic_corticosteroid"]


def test_conditioning_and_mobilisation_belong_to_the_transplant() -> None:
    text = (
        "Stem cells were mobilized with cyclophosphamide. He was conditioned with BEAM "
        "(carmustine, etoposide, cytarabine and melphalan) and underwent autologous "
        "stem cell transplantation."
    )
    assert therapies(text) == ["autologous_sct"]


def test_oral_melphalan_before_a_transplant_stays_a_treatment_of_its_own() -> None:
    text = (
        "Oral melphalan was without effect. He then underwent autologous stem cell transplantation."
    )
    assert therapies(text) == ["melphalan", "autologous_sct"]


@pytest.mark.parametrize(
    "text",
    [
        "IVIG was considered.",
        "IVIG was planned as the next step and never given.",
        "He refused IVIG.",
        "IVIG could not be given because the insurer declined.",
        "He was referred to the haematologists for autologous stem cell transplantation.",
        "Thalidomide was contraindicated.",
        "We advised treatment with IVIG.",
        "He was offered cyclophosphamide but declined.",
        "Methotrexate had been taken for psoriasis.",
        "Aciclovir, ceftriaxone and dexamethasone were given for suspected meningitis.",
        "Dexamethasone was given as premedication.",
        "The fibroblasts were incubated with interferon alfa.",
        "His mother had been treated with methotrexate.",
    ],
)
def test_what_was_not_received_for_the_disease_is_no_episode(text: str) -> None:
    assert therapies(text) == []


def test_what_was_not_received_is_kept_for_the_reviewer() -> None:
    found = [f for f in read("IVIG was considered.").findings if f.field == "therapy"]
    assert [(f.value, f.status, f.subject, f.patient_id) for f in found] == [
        ("ivig", "uncertain", "other", None)
    ]


def test_a_drug_listed_behind_a_refused_one_was_refused_too() -> None:
    assert therapies("He refused IVIG, thalidomide and melphalan.") == []


def test_a_later_verb_of_giving_ends_a_refusal() -> None:
    assert therapies("He refused a transplant and was given prednisone.") == [
        "systemic_corticosteroid"
    ]


def test_a_treatment_named_again_is_the_same_episode() -> None:
    text = "IVIG was started. Under IVIG the skin softened. IVIG was continued monthly."
    assert therapies(text) == ["ivig"]


def test_a_broad_name_gives_way_to_the_drug_it_covers() -> None:
    assert therapies("He received alkylating agents. Melphalan was given for a year.") == [
        "melphalan"
    ]


def test_a_class_without_a_named_drug_is_an_other_treatment() -> None:
    found = episodes("He was treated with retinoids.")
    assert [(e.therapy, e.therapy_class) for e in found] == [("other:retinoid", "retinoid")]


def test_quote_and_offsets_are_the_words_of_the_text() -> None:
    extraction = read("He received immunoglobulins intravenously, 2 g/kg every 4 weeks.")
    text = CASE + "He received immunoglobulins intravenously, 2 g/kg every 4 weeks."
    found = {f.field: f for f in extraction.findings if f.field in ("therapy", "dose_text")}
    assert set(found) == {"therapy", "dose_text"}
    for finding in found.values():
        assert text[finding.char_start : finding.char_end] == finding.quote
    assert found["dose_text"].value == "2 g/kg every 4 weeks"


def test_monoclonal_immunoglobulin_is_no_treatment() -> None:
    text = "A monoclonal immunoglobulin G lambda and low serum immunoglobulins were found."
    assert therapies(text) == []


def test_each_regimen_row_expands_into_known_treatments() -> None:
    known = {row.id for row in bundled_rules().table("therapies")}
    for row in bundled_rules().table("therapies"):
        if row.id.startswith("regimen:"):
            assert set(row.id.removeprefix("regimen:").split("+")) <= known, row.name


def test_drugs_of_the_literature_are_kept_as_evidence_without_a_patient() -> None:
    extraction = read("Smith et al. reported a patient who was cured by cladribine.")
    found = [f for f in extraction.findings if f.field == "therapy"]
    assert [(f.value, f.subject, f.patient_id) for f in found] == [
        ("cladribine", "literature", None)
    ]


def test_codes_are_those_of_the_checked_table_only() -> None:
    """ATC codes of unlisted treatments were never checked, so none is given."""
    rows = bundled_rules().table("therapies")
    assert not [row.name for row in rows if row.id.startswith("other:") and row.codes]


def test_a_treatment_told_in_passing_does_not_end_the_one_being_given() -> None:
    text = (
        "He was irradiated with UVA1. Earlier attempts with acitretin had been abandoned as "
        "useless. The papules regressed by two thirds."
    )
    found = [(e.therapy, e.response) for e in episodes(text)]
    assert found == [("uva1", "partial"), ("acitretin", "none")]


def test_what_a_drug_induced_is_told_apart_from_what_it_harmed() -> None:
    assert therapies("Thalidomide-induced neuropathy was found.") == []
    found = episodes("Thalidomide induced a complete remission.")
    assert [(e.therapy, e.response) for e in found] == [("thalidomide", "complete")]


def test_what_got_better_before_any_drug_is_named_is_of_the_title_s() -> None:
    found = episodes(
        "The skin softened on 200 mg a day for a year. Bortezomib was without benefit.",
        title="Thalidomide is not always enough in scleromyxedema",
    )
    assert {(one.therapy, one.response) for one in found} == {
        ("thalidomide", "improved"),
        ("bortezomib", "none"),
    }


def test_a_drug_then_stopped_is_not_begun_again() -> None:
    found = episodes("Thalidomide softened the skin. Thalidomide was then stopped for a year.")
    assert [episode.therapy for episode in found] == ["thalidomide"]
    again = episodes(
        "Thalidomide softened the skin. Thalidomide was then started again: no change."
    )
    assert [episode.therapy for episode in again] == ["thalidomide", "thalidomide"]

"""Responses of short cases in our own words: linked to the right drug, of the right subject."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from pipeline.extract import extractor_of
from pipeline.extractors.treatment.sureness import ONE_OF_SEVERAL, ONLY_ONE, OTHER_SENTENCE
from pipeline.parse.plain import read_plain
from pipeline.records import Article, Extraction, Section
from pipeline.rules import bundled_rules

CASE = "A 58-year-old man with scleromyxedema was seen. "
Told = list[tuple[str, str, bool]]


@cache
def extractor() -> Callable[[Article], Extraction]:
    return extractor_of(bundled_rules())


def responses(text: str, title: str = "") -> Told:
    sections = [Section(section="title", kind="title", text=title)] if title else []
    body = Section(section="body-1", kind="body", title="Case report", text=CASE + text)
    article = Article(
        article_id="FILE:case",
        title=title,
        source="import",
        raw_file="",
        sections=(*sections, body),
    )
    (patient,) = extractor()(article).patients
    return [(e.therapy, e.response, e.is_relapse) for e in patient.therapies]


@pytest.mark.parametrize(
    "text",
    [
        "Thalidomide and IVIG had failed.",
        "Thalidomide and IVIG were without effect.",
        "He was treated with thalidomide and IVIG without improvement.",
        "He did not respond to thalidomide or IVIG.",
        "The disease was refractory to thalidomide and IVIG.",
        "There was no response to thalidomide or IVIG.",
        "Thalidomide was ineffective, as was IVIG.",
        "The lesions progressed despite thalidomide and IVIG.",
        "He received thalidomide and IVIG. None of these treatments helped.",
        "He received thalidomide and then IVIG, all to no avail.",
    ],
)
def test_a_failure_reaches_every_drug_of_its_list(text: str) -> None:
    assert responses(text) == [("thalidomide", "none", False), ("ivig", "none", False)]


def test_each_drug_has_its_own_response() -> None:
    text = "Prednisone and melphalan failed; IVIG cleared the skin."
    assert responses(text) == [
        ("systemic_corticosteroid", "none", False),
        ("melphalan", "none", False),
        ("ivig", "complete", False),
    ]


def test_every_drug_of_a_combination_carries_its_response() -> None:
    text = "IVIG was given together with thalidomide. Under the combination the skin softened."
    assert responses(text) == [("ivig", "improved", False), ("thalidomide", "improved", False)]


def test_a_response_without_a_drug_belongs_to_the_latest_treatment() -> None:
    text = "Thalidomide was given. IVIG was then started. After six months the papules flattened."
    assert responses(text) == [("thalidomide", "not_reported", False), ("ivig", "improved", False)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the skin cleared completely", "complete"),
        ("all papules had disappeared", "complete"),
        ("the skin cleared almost completely", "partial"),
        ("the skin was nearly clear", "partial"),
        ("there was a partial remission", "partial"),
        ("he was in remission", "improved"),
        ("the skin improved by 40%", "improved"),
        ("the skin improved by 70%", "partial"),
        ("there was a 100% clearance of the skin", "complete"),
        ("the lesions did not clear completely", "partial"),
        ("the skin did not improve", "none"),
        ("the skin worsened", "worse"),
        ("the disease remained stable", "none"),
        ("the itching resolved", "improved"),
    ],
)
def test_grades(words: str, value: str) -> None:
    assert responses(f"IVIG was started. After a year {words}.") == [("ivig", value, False)]


@pytest.mark.parametrize(
    "words",
    [
        "the paraprotein disappeared",
        "a complete hematologic response was documented",
        "the myeloma responded",
        "the pneumonia resolved",
        "his drowsiness was relieved by a lower dose",
    ],
)
def test_what_is_not_the_disease_gives_no_response(words: str) -> None:
    assert responses(f"Bortezomib was started. Then {words}.") == [
        ("bortezomib", "not_reported", False)
    ]


def test_a_relapse_after_benefit_keeps_the_response_and_is_marked() -> None:
    text = "IVIG led to complete clearance. Three months after stopping it the lesions recurred."
    assert responses(text) == [("ivig", "complete", True)]


def test_a_drug_given_again_with_a_result_of_its_own_is_a_further_episode() -> None:
    text = (
        "IVIG softened the skin. The lesions recurred after stopping. "
        "On reinstitution of IVIG the skin cleared completely."
    )
    assert responses(text) == [("ivig", "improved", True), ("ivig", "complete", False)]


def test_another_steroid_in_a_later_line_is_a_further_episode() -> None:
    text = "Prednisone was ineffective. Dexamethasone pulses led to complete remission."
    assert responses(text) == [
        ("systemic_corticosteroid", "none", False),
        ("systemic_corticosteroid", "complete", False),
    ]


def test_no_relapse_is_no_relapse() -> None:
    text = "IVIG led to complete clearance. There has been no relapse in three years."
    assert responses(text) == [("ivig", "complete", False)]


def test_the_text_decides_against_the_title() -> None:
    title = "Complete remission of scleromyxedema with thalidomide"
    assert responses("Thalidomide led to a partial remission.", title) == [
        ("thalidomide", "partial", False)
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Scleromyxedema with monoclonal gammopathy responding to thalidomide",
        "Scleromyxedema with IgG lambda gammopathy: dramatic response to thalidomide",
        "Scleromyxedema with IgG lambda paraprotein successfully treated with thalidomide",
        "Response of scleromyxedema to thalidomide",
    ],
)
def test_a_paraprotein_that_describes_the_disease_is_not_what_responded(title: str) -> None:
    assert responses("She was seen in 2011.", title) == [("thalidomide", "improved", False)]


def test_a_result_in_the_title_counts_where_the_text_gives_none() -> None:
    title = "Complete remission of scleromyxedema with thalidomide"
    assert responses("Thalidomide was started.", title) == [("thalidomide", "complete", False)]


def test_a_drug_stopped_for_side_effects_has_no_response() -> None:
    text = "Thalidomide was stopped because of neuropathy, and IVIG for lack of efficacy."
    assert responses(text) == [("thalidomide", "not_reported", False), ("ivig", "none", False)]


def test_a_state_before_treatment_is_no_response() -> None:
    text = "The lesions had progressed over a year. Mouth opening was reduced. IVIG was started."
    assert responses(text) == [("ivig", "not_reported", False)]


def test_a_second_remission_is_as_complete_as_the_first() -> None:
    text = (
        "Prednisolone led to complete clearance of the skin, but the lesions relapsed after it was "
        "stopped. IVIG was of no benefit. Prednisolone was restarted and achieved disease "
        "remission."
    )
    assert responses(text)[-1] == ("systemic_corticosteroid", "complete", False)


def test_skin_that_gets_worse_is_worse_whatever_a_symptom_does() -> None:
    text = "Narrowband UVB eased the itch while the papules multiplied."
    assert responses(text) == [("nb_uvb", "worse", False)]


def test_clear_but_for_a_rest_is_partial() -> None:
    text = "Under IVIG he is clear of lesions, apart from a few papules behind the ears."
    assert responses(text) == [("ivig", "partial", False)]


def test_what_each_drug_of_a_pair_did_is_told_of_both() -> None:
    text = (
        "Penicillamine and later ciclosporin were prescribed; under each the induration advanced."
    )
    assert responses(text) == [("penicillamine", "worse", False), ("ciclosporin", "worse", False)]


def test_a_response_of_a_relative_is_not_the_patients() -> None:
    text = "He was given tofacitinib. His father takes the same drug with good effect."
    assert responses(text) == [("tofacitinib", "not_reported", False)]


def test_a_response_is_surer_beside_its_only_treatment_than_in_a_later_sentence() -> None:
    def sureness(text: str) -> float:
        article = read_plain(CASE + text, "x", "").article
        return next(f.confidence for f in extractor()(article).findings if f.field == "response")

    alone = sureness("IVIG softened the skin.")
    among = sureness("Prednisone failed, but IVIG softened the skin.")
    later = sureness("IVIG was started. After six months the skin softened.")
    assert alone > among > later
    assert (alone, among, later) == (ONLY_ONE, ONE_OF_SEVERAL, OTHER_SENTENCE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He was given isotretinoin and PUVA; only the latter helped.",
            [("isotretinoin", "none"), ("puva", "improved")],
        ),
        (
            "He was given isotretinoin and PUVA. The former had no effect, the latter led to"
            " softening.",
            [("isotretinoin", "none"), ("puva", "improved")],
        ),
        (
            "Of the drugs tried (etretinate, PUVA, methotrexate), only methotrexate gave any"
            " relief.",
            [("etretinate", "none"), ("puva", "none"), ("methotrexate", "improved")],
        ),
        (
            "Thalidomide, after the failure of chloroquine and melphalan, led to softening.",
            [("thalidomide", "improved"), ("chloroquine", "none"), ("melphalan", "none")],
        ),
    ],
)
def test_one_of_several_is_picked_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(therapy, response) for therapy, response, _ in responses(text)] == expected


def test_both_were_continued_speaks_of_the_drugs_of_one_patient() -> None:
    text = (
        "Two patients with scleromyxedema are described. Patient 1, a 63-year-old man, received"
        " IVIG. Patient 2, a 57-year-old woman, was given prednisone; thalidomide was added, with"
        " an excellent result, and both were continued."
    )
    article = read_plain(text, "two", "Two patients with scleromyxedema").article
    first, second = extractor()(article).patients
    assert [e.therapy for e in first.therapies] == ["ivig"]
    assert [e.therapy for e in second.therapies] == ["systemic_corticosteroid", "thalidomide"]

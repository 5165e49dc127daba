"""How long treatments were given, whether they were ended and why, from short cases of our own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from pipeline.extract import extractor_of
from pipeline.records import Article, Episode, Extraction, Section
from pipeline.rules import bundled_rules

CASE = "A 58-year-old man with scleromyxedema was seen. "
Told = tuple[str, str | None, float | None, bool | None, str | None]


@cache
def extractor() -> Callable[[Article], Extraction]:
    return extractor_of(bundled_rules())


def read(text: str) -> Extraction:
    body = Section(section="body-1", kind="body", title="Case report", text=CASE + text)
    return extractor()(
        Article(article_id="FILE:case", title="", source="import", raw_file="", sections=(body,))
    )


def episodes(text: str) -> tuple[Episode, ...]:
    (patient,) = read(text).patients
    return patient.therapies


def told(text: str) -> list[Told]:
    return [
        (e.therapy, e.duration_text, e.duration_months, e.is_stopped, e.stop_reason)
        for e in episodes(text)
    ]


def test_a_stop_is_of_its_episode_and_reinstitution_is_a_further_one() -> None:
    text = (
        "Prednisone and melphalan failed; IVIG cleared the skin; relapsed three months after "
        "stopping; cleared again on reinstitution."
    )
    found = [(e.therapy, e.response, e.is_relapse, e.is_stopped) for e in episodes(text)]
    assert found == [
        ("systemic_corticosteroid", "none", False, None),
        ("melphalan", "none", False, None),
        ("ivig", "complete", True, True),
        ("ivig", "complete", False, None),
    ]


def test_a_drug_begun_again_after_its_stop_is_a_further_episode_without_any_result() -> None:
    text = "IVIG was stopped after a year because of cost. IVIG was reintroduced in 2019."
    assert told(text) == [
        ("ivig", "a year", 12.0, True, "other"),
        ("ivig", None, None, None, None),
    ]


@pytest.mark.parametrize(
    ("text", "words", "months"),
    [
        ("Thalidomide was given for 6 months.", "6 months", 6.0),
        ("Thalidomide was given over 2 years.", "2 years", 24.0),
        ("He received six cycles of thalidomide.", "six cycles", None),
        ("After 3 weeks of thalidomide he felt better.", "3 weeks", 0.69),
        ("He had taken thalidomide since 1998.", "since 1998", None),
        ("Thalidomide was given for 6 to 8 months.", "6 to 8 months", None),
        ("He took thalidomide for two and a half years.", "two and a half years", 30.0),
        ("For ten days he took thalidomide.", "ten days", 0.33),
        ("Thalidomide was taken for a month, then for a year.", "a year", 12.0),
    ],
)
def test_the_words_for_a_time_and_its_months(text: str, words: str, months: float | None) -> None:
    assert told(text) == [("thalidomide", words, months, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Thalidomide was given and his skin improved within 2 months of starting.",
        "Thalidomide 100 mg was given every 4 weeks.",
        "Thalidomide cleared the skin. He relapsed three months after the last tablet.",
        "Thalidomide cleared the skin. He was followed for 3 years.",
        "He had had papules for 3 years. Thalidomide was given.",
        "Thalidomide was given and might be stopped one day.",
        "Thalidomide could not be stopped without a flare.",
        "Thalidomide was given. His father had stopped methotrexate after 5 years.",
    ],
)
def test_another_time_and_a_stop_that_was_none_say_nothing(text: str) -> None:
    assert told(text) == [("thalidomide", None, None, None, None)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("because of neutropenia", "adverse_effect"),
        ("because of ketoacidosis", "adverse_effect"),
        ("for lack of effect", "no_response"),
        ("after complete clearance of the skin", "remission"),
        ("at the patient's request", "patient_choice"),
        ("because of its price", "other"),
        ("in May", None),
    ],
)
def test_the_reason_is_what_the_text_says(words: str, reason: str | None) -> None:
    assert told(f"Thalidomide was stopped {words}.") == [("thalidomide", None, None, True, reason)]


@pytest.mark.parametrize(
    "text",
    [
        "He remains on thalidomide.",
        "He has been maintained on thalidomide.",
        "Thalidomide was stopped for a week. Then it was given again, and he remains on it.",
    ],
)
def test_it_goes_on_only_by_words_for_it(text: str) -> None:
    assert told(text)[-1][3] is False
    assert told("He was given thalidomide.")[0][3] is None


def test_each_value_has_its_words() -> None:
    text = "Thalidomide was stopped after six months because of neutropenia."
    found = {f.field: f.quote for f in read(text).findings if f.item == 1}
    assert found["duration_text"] == found["duration_months"] == "six months"
    assert (found["is_stopped"], found["stop_reason"]) == ("was stopped", "neutropenia")


def test_drugs_given_together_share_a_stop_and_each_has_its_own_time() -> None:
    text = "Prednisone for 2 months and thalidomide for a year were given. Both drugs were stopped."
    assert [(e.duration_months, e.is_stopped) for e in episodes(text)] == [
        (2.0, True),
        (12.0, True),
    ]

"""Ages of own patients: notations, distribution over patients, and what is no age.

The notations themselves are in tests/examples/age_years.txt and age_low.txt.
"""

from __future__ import annotations

import pytest

from pipeline.extractors import age
from pipeline.language.numbers import number_of_words
from pipeline.records import Article, Draft, Report, Role, Statement, Teller
from pipeline.rules import Rules

NO_RULES = Rules({}, "")


def statement(
    text: str,
    *,
    role: Role = "case",
    teller: Teller = "patient",
    patients: tuple[str, ...] = ("1",),
) -> Statement:
    return Statement(
        section="body-1",
        role=role,
        start=0,
        end=len(text),
        text=text,
        teller=teller,
        patients=patients,
    )


def ages(*statements: Statement, labels: tuple[str, ...] = ("1",)) -> list[Draft]:
    article = Article(article_id="FILE:x", title="", source="import", raw_file="", sections=())
    report = Report(article=article, statements=statements, labels=labels)
    return age.extract(report, NO_RULES, [])


def values(drafts: list[Draft]) -> list[tuple[str | None, str, str]]:
    return [(draft.patient, draft.field, draft.value) for draft in drafts]


@pytest.mark.parametrize(
    ("words", "number"),
    [("fifty-seven", 57), ("sixty two", 62), ("cincuenta y siete", 57), ("soixante", 60),
     ("nineteen", 19), ("skin", None), ("seven fifty", None)],
)  # fmt: skip
def test_number_words_are_read_as_written(words: str, number: int | None) -> None:
    assert number_of_words(words) == number


def test_two_ages_of_a_sentence_go_to_two_patients_in_order() -> None:
    told = statement("A 45-year-old man and a 62-year-old woman are reported.", patients=("1", "2"))
    assert values(ages(told, labels=("1", "2"))) == [
        ("1", "age_years", "45"),
        ("2", "age_years", "62"),
    ]


def test_ages_that_cannot_be_told_apart_go_to_nobody() -> None:
    """Three patients and two ages: guessing would be worse than silence."""
    told = statement(
        "Men of 45 and 62 years, aged 45 and 62 years, came.", patients=("1", "2", "3")
    )
    assert {draft.patient for draft in ages(told, labels=("1", "2", "3"))} == {None}


def test_both_ages_of_one_phrase_are_read() -> None:
    told = statement("The patients were aged 45 and 62 years.", patients=("1", "2"))
    assert [draft.value for draft in ages(told, labels=("1", "2"))] == ["45", "62"]


def test_the_title_of_a_single_case_is_a_source_of_age() -> None:
    """Several reports give age and sex in the title alone, even where it asks a question."""
    title = statement(
        "Papules in a 72-year-old man: what is it?", role="title", teller="background", patients=()
    )
    assert values(ages(title)) == [("1", "age_years", "72")]


def test_the_text_decides_over_the_title() -> None:
    title = statement("Papules in a 45-year-old man", role="title")
    text = statement("A 46-year-old man had papules.")
    best = max(ages(title, text), key=lambda draft: draft.confidence)
    assert best.value == "46"


def test_a_cited_age_is_kept_as_evidence_of_the_literature() -> None:
    cited = statement("Smith reported a 62-year-old man.", teller="cited", patients=())
    (draft,) = ages(cited)
    assert (draft.patient, draft.subject, draft.value) == (None, "literature", "62")


def test_keywords_are_no_source() -> None:
    assert ages(statement("Aged 80; female", role="keywords", teller="heading")) == []


def test_an_age_at_onset_is_doubted_where_the_age_is_told() -> None:
    told = statement("This 46-year-old man had noticed papules first at the age of 41 years.")
    statuses = {draft.value: draft.status for draft in ages(told)}
    assert statuses["46"] == "present"
    assert statuses.get("41", "uncertain") == "uncertain"


def test_the_quote_is_where_the_offsets_say() -> None:
    text = "Esta mujer de 66 años consultó."
    told = Statement(
        section="body-1", role="case", start=100, end=100 + len(text), text=text,
        teller="patient", patients=("1",),
    )  # fmt: skip
    (draft,) = ages(told)
    assert text[draft.start - 100 : draft.end - 100] == "mujer de 66 años"


@pytest.mark.parametrize(
    "text",
    [
        "The 30-year-old donor was healthy.",
        "Her 60-year-old brother had no papules.",
        "The papules began with a 3-year-old scar.",
        "The patient died at the age of 71.",
        "He weighed 70 kg and received 40 mg for 12 weeks.",
        "The score was 57 of 145.",
        "The biopsy measured 57 m in length.",
    ],
)
def test_what_is_no_age_of_the_patient_is_no_value(text: str) -> None:
    assert [draft for draft in ages(statement(text)) if draft.patient] == []


def test_a_long_text_without_ages_is_read_fast() -> None:
    """Patterns must not run away on long runs of figures and words."""
    ages(statement("57 and 62 of the 9 x 10 mg, one or two, " * 2000))

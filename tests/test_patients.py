"""Own patients: how many there are, who is told apart, and which statement is whose."""

from __future__ import annotations

from functools import cache

import pytest

from pipeline.extractors.patients import attribute
from pipeline.language.reader import Reader
from pipeline.records import Article, Report, Section
from pipeline.rules import bundled_rules


@cache
def reader() -> Reader:
    return Reader(bundled_rules())


def report(*texts: str, title: str = "", headings: tuple[str | None, ...] = ()) -> Report:
    sections = [Section(section="title", kind="title", text=title)] if title else []
    for number, text in enumerate(texts):
        heading = headings[number] if headings else None
        sections.append(
            Section(section=f"abstract-{number}", kind="abstract", title=heading, text=text)
        )
    article = Article(
        article_id="FILE:x", title=title, source="import", raw_file="", sections=tuple(sections)
    )
    return attribute(reader().read(article), bundled_rules())


def owners(read: Report, words: str) -> tuple[str, ...]:
    """The labels of the statement that holds the words."""
    return next(s.patients for s in read.statements if words in s.text)


def test_a_case_report_has_one_patient_and_the_background_is_nobodys() -> None:
    read = report(
        "Scleromyxedema is a rare disease that may involve the lungs. "
        "A 57-year-old woman had dysphagia. She received thalidomide."
    )
    assert (read.labels, read.patient_count) == (("1",), 1)
    assert owners(read, "dysphagia") == ("1",)
    assert owners(read, "thalidomide") == ("1",)
    assert owners(read, "lungs") == ()


def test_a_case_report_that_says_nothing_of_its_patient_still_has_one() -> None:
    read = report(
        "Scleromyxedema is a rare disease.", title="Scleromyxedema: a case report and review"
    )
    assert (read.labels, read.patient_count) == (("1",), 1)


def test_a_review_has_no_patient() -> None:
    read = report(
        "Scleromyxedema is a rare disease. Treatment options include melphalan.",
        title="Scleromyxedema: a review",
    )
    assert (read.labels, read.patient_count) == ((), None)


def test_a_series_told_as_a_whole_has_a_number_and_no_labels() -> None:
    read = report("We reviewed ten patients with scleromyxedema. Eight of the ten received IVIG.")
    assert (read.labels, read.patient_count) == ((), 10)


@pytest.mark.parametrize(
    "text",
    [
        "We report two patients. Case 1: A man had dysphagia. Case 2: A woman had seizures.",
        "We report two patients. The first patient had dysphagia, whereas the second patient had"
        " seizures.",
        "We report two patients. The first patient had dysphagia. The second had seizures."
        " The second patient died.",
        "We report a 57-year-old woman who had dysphagia and a 45-year-old man who had seizures."
        " Both patients improved.",
        "We describe two cases: one patient had dysphagia and the other patient had seizures.",
        "We report two cases. Patient 1 had dysphagia; patient 2 had seizures.",
        "Presentamos dos casos. El primer paciente tenía dysphagia. El segundo paciente tenía"
        " seizures.",
    ],
)
def test_the_patients_of_a_series_are_told_apart(text: str) -> None:
    read = report(text)
    assert read.patient_count == 2
    assert owners(read, "dysphagia") == (read.labels[0],)
    assert owners(read, "seizures") == (read.labels[1],)


def test_section_headings_name_the_patient() -> None:
    read = report(
        "A woman presented with dysphagia. She improved.",
        "A man presented with seizures. He died.",
        headings=("Case 1", "Case 2"),
    )
    assert read.labels == ("1", "2")
    assert owners(read, "improved") == ("1",)
    assert owners(read, "died") == ("2",)


def test_a_pronoun_keeps_the_patient_spoken_of_last() -> None:
    read = report(
        "We report two patients. The first patient had dysphagia. She received thalidomide. "
        "The second patient had seizures. He received melphalan."
    )
    assert owners(read, "thalidomide") == ("1",)
    assert owners(read, "melphalan") == ("2",)


def test_what_is_said_of_both_goes_to_both_and_of_one_of_them_to_nobody() -> None:
    read = report(
        "We report two patients. Both patients had dysphagia; one also had seizures. "
        "The first patient received thalidomide. The second patient received melphalan."
    )
    assert owners(read, "dysphagia") == ("1", "2")
    assert owners(read, "seizures") == ()


def test_a_fact_after_its_mark_belongs_to_the_mark_before() -> None:
    read = report(
        "We report two patients. The first patient was a man. The second patient was a woman. "
        "The lesions cleared in the first patient and recurred in the second patient."
    )
    assert owners(read, "cleared") == ("1",)
    assert owners(read, "recurred") == ("2",)


def test_what_is_told_respectively_is_given_to_nobody() -> None:
    read = report(
        "We report two patients. The first patient was a man. The second patient was a woman. "
        "Patients 1 and 2 received thalidomide and melphalan, respectively."
    )
    assert owners(read, "thalidomide") == ()


def test_of_a_mixed_cohort_those_with_the_disease_count() -> None:
    read = report(
        "We studied 28 patients with mucinosis. Two of the 28 patients had scleromyxedema."
    )
    assert read.patient_count == 2


def test_a_statement_cut_in_two_keeps_its_offsets() -> None:
    text = "We report two patients. The first patient had dysphagia and the second patient died."
    for statement in report(text).statements:
        assert text[statement.start : statement.end] == statement.text

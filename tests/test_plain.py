"""Plain text to an article: every section is a slice of the text, boilerplate says nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.plain import PlainReport, read_plain

PAGE = """CASE REPORT
Year : 2021 | Volume : 4
Indurated papules in a farmer
Department of Dermatology, Some Town

Correspondence Address:
A. Person, Long Street 12, Some Town

Abstract
Scleromyxedema is a rare mucinosis of adults that hardens the skin of the face and hands.
Keywords: mucin, paraproteinemia, thalidomide

Introduction
The disease was named decades ago and remains hard to treat in the long run of years.
Case Report
A 61-year-old man noticed waxy papules on both ears and, later on, stiff hands.
References
1. Somebody A. A paper. J Skin 2001;12:3-4.
"""


def kinds(report: PlainReport) -> list[tuple[str, str | None]]:
    return [(section.kind, section.title) for section in report.article.sections]


def test_headings_front_matter_and_keywords_are_told_apart() -> None:
    assert kinds(read_plain(PAGE, "page", "Indurated papules in a farmer")) == [
        ("title", None),
        ("front", None),
        ("front", "Correspondence Address"),
        ("abstract", "Abstract"),
        ("keywords", "Keywords"),
        ("body", "Introduction"),
        ("body", "Case Report"),
        ("front", "References"),
    ]


def test_headings_inside_a_line_begin_sections() -> None:
    text = "Background: It is rare. Methods A 60-year-old woman came. Results She improved."
    report = read_plain(text, "x")
    assert [(s.title, s.text) for s in report.article.sections] == [
        ("Background", "It is rare."),
        ("Methods", "A 60-year-old woman came."),
        ("Results", "She improved."),
    ]


def test_a_first_short_line_is_the_title() -> None:
    report = read_plain("Stiff hands in a cook\n\nA 57-year-old man had papules. He died.", "x")
    assert report.article.title == "Stiff hands in a cook"
    assert kinds(report) == [("title", None), ("abstract", None)]


def test_a_lone_sentence_without_full_stop_is_read() -> None:
    assert kinds(read_plain("A 57-year-old woman with IgG kappa", "x")) == [("abstract", None)]


def test_an_empty_text_has_no_sections() -> None:
    assert read_plain("", "x").article.sections == ()


def assert_slices(text: str, report: PlainReport) -> None:
    for section in report.article.sections:
        place = report.places.get(section.section)
        if place is not None:
            given = text[place : place + len(section.text)]
            assert given.replace("\n", " ") == section.text.replace("\n", " ")


@pytest.mark.parametrize("title", ["", "A title"])
def test_every_section_is_a_slice_of_the_page(title: str) -> None:
    assert_slices(PAGE, read_plain(PAGE, "page", title))


words = st.sampled_from(
    ["Abstract", "Case 1:", "Keywords:", "a", "The skin was hard.", "\n", " ", "\n\n", "References",
     "Methods", "– ", "doi 10.1", "Ärzte", "λ", "A. B.", "How to cite this article:"]
)  # fmt: skip


@given(st.lists(words, max_size=40).map(" ".join) | st.text(max_size=300))
def test_any_text_is_cut_into_slices_of_itself(text: str) -> None:
    assert_slices(text, read_plain(text, "x"))


WRAPPED = """CASE REPORT
A 72-year-old man from a village in the mountains presented to
the clinic at the Northern Medical
Center for evaluation of a rash. He had papules on the ears and
a paraprotein.
DISCUSSION
Scleromyxedema is a mucinosis
of adults.
"""


def test_wrapped_lines_are_one_paragraph() -> None:
    """A line that ends within a sentence never makes the words before it front matter."""
    report = read_plain(WRAPPED, "x", "Stiff hands")
    assert [(s.kind, s.title) for s in report.article.sections[1:]] == [
        ("body", "CASE REPORT"),
        ("body", "DISCUSSION"),
    ]
    assert report.article.sections[1].text.startswith("A 72-year-old man from a village")
    assert "Medical Center for" in report.article.sections[1].text


def kept(text: str, title: str = "") -> str:
    sections = read_plain(text, "x", title).article.sections
    return " ".join(s.text for s in sections if s.kind == "abstract")


def test_a_note_within_a_line_ends_where_the_report_goes_on() -> None:
    text = (
        "We saw a man with papules. Correspondence Address: A. Person, Long Street 12, Some Town,"
        " a.person@example.org. A 61-year-old woman had waxy papules and a paraprotein as well."
        " Her hands were stiff."
    )
    assert kept(text).startswith("We saw a man")
    assert "A 61-year-old woman had" in kept(text)
    assert "Long Street" not in kept(text)


def test_funding_and_consent_stay_a_note() -> None:
    text = "A man had papules. Conflicts of interest: none declared. The authors have no grant."
    assert kept(text) == "A man had papules."


def test_keywords_within_a_line_end_where_a_sentence_tells_something() -> None:
    text = "It is rare. Key words: mucin; thalidomide. A 57-year-old man was treated with it here."
    assert "A 57-year-old man" in kept(text)
    assert "mucin" not in kept(text)


def test_an_answer_or_diagnosis_without_a_sentence_is_kept() -> None:
    text = "A man had hard skin and waxy papules on the ears.\n\nDiagnosis Lichen myxedematosus\n"
    assert "Lichen myxedematosus" in kept(text, "A quiz")


def test_an_opening_sentence_is_no_title() -> None:
    text = (
        "This 16-year-old boy was well until last year.\nHis parents were healthy.\nHe had papules."
    )
    report = read_plain(text, "x")
    assert report.article.title == ""
    assert "16-year-old" in kept(text)


def test_lists_beside_the_text_are_not_the_report() -> None:
    text = (
        "Abstract\nA 61-year-old woman had papules.\n\nSimilar articles\n"
        "  A fatal case of scleromyxedema in a 50-year-old man who was treated with melphalan.\n"
    )
    assert kept(text) == "A 61-year-old woman had papules."


def test_an_abstract_cut_off_before_its_full_stop_is_read() -> None:
    text = (
        "Introduction, It is rare and was described long ago by\nothers, who signif\n"
        "Case report. A 46 year-old woman was ill with\npapules. She died."
    )
    assert "A 46 year-old woman was ill with papules." in kept(text)
    assert "described long ago" in kept(text)


REPORT = """Stiff hands in a cook

Abstract
Background
It is rare.
Case presentation
A 57-year-old man had papules.
Conclusions
Look at the skin.

Introduction
The disease was named decades ago.
Case presentation
A 58-year-old man had papules (Table 1).

Table 1. Findings of the patient
Age | Dysphagia
58 | -
+, present; -, absent

Figure 1. Papules of the ears.
Discussion
It is rare, and our patient was young.
"""


def test_the_body_of_a_report_begins_behind_its_abstract() -> None:
    sections = read_plain(REPORT, "x").article.sections
    assert [(s.kind, s.title) for s in sections] == [
        ("title", None),
        ("abstract", "Background"),
        ("abstract", "Case presentation"),
        ("abstract", "Conclusions"),
        ("body", "Introduction"),
        ("body", "Case presentation"),
        ("legend", "Table 1"),
        ("table", "Table 1 > Findings of the patient"),
        ("legend", "Table 1"),
        ("legend", "Figure 1"),
        ("body", "Discussion"),
    ]
    assert next(s.text for s in sections if s.kind == "table") == "Age | Dysphagia\n58 | -"


def test_a_sentence_that_begins_with_a_table_is_prose() -> None:
    text = "Results\nTable 1 gives the five patients. All of them had papules on the face.\n"
    assert "Table 1 gives" in kept(text)


def test_every_section_of_a_report_with_tables_is_a_slice_of_it() -> None:
    assert_slices(REPORT, read_plain(REPORT, "x"))


def test_an_abstract_alone_has_no_body() -> None:
    text = (
        "Background\nIt is rare.\nMethods\nWe saw a man of 57 years.\nConclusions\nHe improved.\n"
    )
    assert not read_plain(text, "x").article.has_full_text


def test_a_listing_of_a_hundred_thousand_rows_ends_soon() -> None:
    text = "Table 1. Rows\na | b\n1 | 2\n\n" * 25_000
    started = time.process_time()
    read_plain(text, "x")
    assert time.process_time() - started < 10


@pytest.mark.parametrize("head", ["Cas n° 2", "Caso nº 2", "Caso 2", "Fall 2", "Case II"])
def test_a_numbered_case_heads_its_section_in_every_language(head: str) -> None:
    text = f"A man of 43 had papules for a month.\n{head}\nA man of 50 had a leonine face."
    titles = [s.title for s in read_plain(text, "x", "A title").article.sections]
    assert titles[-1] == head


@pytest.mark.parametrize(
    ("rest", "n_behind"),
    [
        ("Twelve cases were collected. Dysphagia was present in four.", 1),
        ("\nMethods: Charts were read.\nResults: Dysphagia was present in four.", 0),
    ],
)
def test_an_aim_without_other_headings_is_one_sentence(rest: str, n_behind: int) -> None:
    """What follows it is the report, where no heading says what it is."""
    sections = read_plain(f"Objective: to describe it in one country. {rest}", "x").article.sections
    of_aim = [s.text for s in sections if s.title == "Objective"]
    assert of_aim == ["to describe it in one country."]
    assert sum(s.title is None for s in sections) == n_behind

"""Whose statement is a sentence: each line of tests/examples_tellers.txt is a test of its own.

A line is `teller<TAB>role<TAB>sentence[<TAB>sentence before it]`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.language.clauses import pieces_of
from pipeline.language.reader import Reader
from pipeline.language.sections import leading_heading, role_of_heading
from pipeline.records import Article, Section, Statement
from pipeline.rules import bundled_rules

EXAMPLES = Path(__file__).parent / "examples_tellers.txt"
KINDS = {"title": "title", "Keywords": "keywords"}


@cache
def reader() -> Reader:
    return Reader(bundled_rules())


def read(*sections: Section) -> tuple[Statement, ...]:
    article = Article(
        article_id="FILE:x", title="", source="import", raw_file="", sections=sections
    )
    return reader().read(article).statements


def abstract(text: str, heading: str | None = None) -> tuple[Statement, ...]:
    return read(Section(section="abstract", kind="abstract", title=heading, text=text))


def lines() -> list[list[str]]:
    rows = EXAMPLES.read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in rows if row and not row.startswith("#")]


@pytest.mark.parametrize("line", lines(), ids=lambda line: line[2][:60])
def test_each_sentence_has_its_teller(line: list[str]) -> None:
    teller, role, sentence, *before = line
    heading = None if role in ("-", "title") else role
    section = Section(
        section="s",
        kind=KINDS.get(role, "abstract"),
        title=heading,
        text=" ".join([*before, sentence]),
    )
    told = read(section)
    assert told[-1].teller == teller, told[-1].why


def test_every_kind_of_teller_has_examples() -> None:
    """A kind without a line would go untested without anybody noticing."""
    expected = {"background", "cited", "recommendation", "family", "patient", "series", "heading"}
    assert {line[0] for line in lines()} == expected


def tellers(text: str, heading: str | None = None) -> list[tuple[str, str]]:
    return [(statement.teller, statement.text) for statement in abstract(text, heading)]


def test_a_general_clause_inside_a_patient_sentence_is_background() -> None:
    """The words between the commas are nobody's; what stands around them is the patient's."""
    told = tellers(
        "Scleromyxedema, which is usually associated with IgG lambda, was diagnosed in our patient."
    )
    assert [teller for teller, _ in told] == ["patient", "background", "patient"]
    assert told[1][1] == "which is usually associated with IgG lambda,"


def test_what_is_known_of_a_finding_is_not_the_patients() -> None:
    told = tellers(
        "The patient had heart failure, a complication that has been reported in 10% of cases."
    )
    assert [teller for teller, _ in told] == ["patient", "cited"]


def test_the_announcement_after_other_reports_is_the_patients() -> None:
    told = tellers(
        "While several authors have used thalidomide, we describe a man who received bortezomib."
    )
    assert [teller for teller, _ in told] == ["cited", "patient"]


def test_pieces_cover_the_sentence_and_keep_its_offsets() -> None:
    """A quote found in a piece must stand at the piece's offsets in the section."""
    text = "Papules, which are often seen, were present; he had, as previously reported, no pain."
    spans = pieces_of(text)
    assert "".join(text[start:end] for start, end in spans) == text
    for statement in abstract(text):
        assert text[statement.start : statement.end] == statement.text


def test_a_reference_number_does_not_hide_the_end_of_a_sentence() -> None:
    told = tellers("Many drugs have been tried with poor results.1-6 Herein, we report a man.")
    assert [teller for teller, _ in told] == ["background", "patient"]


def test_a_heading_inside_the_text_changes_the_role() -> None:
    """'Discussion:' in an abstract without sections ends the patient's part."""
    told = abstract(
        "Case report: A 60-year-old woman was seen. The skin was hard. "
        "Discussion: Relapse followed treatment."
    )
    assert [s.role for s in told] == ["case", "case", "discussion"]
    assert [s.teller for s in told] == ["patient", "patient", "background"]


def test_a_repeated_title_is_judged_as_the_title() -> None:
    title = "Thalidomide as a potential treatment for scleromyxedema"
    told = read(
        Section(section="title", kind="title", text=title),
        Section(
            section="abstract", kind="abstract", text=f"{title}\nA 39-year-old woman was seen."
        ),
    )
    assert [s.teller for s in told] == ["background", "background", "patient"]


def test_a_list_of_subject_headings_is_nobodys() -> None:
    told = abstract("A 39-year-old woman was seen.\nMeSH terms\n• Female\n• Multiple Myeloma")
    assert [s.teller for s in told] == ["patient", "heading", "heading", "heading"]


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Results The infusions helped.", "results"),
        ("Abstract Background Scleromyxedema is rare.", "background"),
        ("CASE REPORT", "case"),
        ("Keywords: melphalan, skin", "keywords"),
        ("In our case no relapse", None),
        ("Treatment with thalidomide was begun.", None),
        ("1. Somebody AB, Other C. A paper. J Skin 2001;12:3-4.", "other"),
        ("[1] Somebody, A. B., and others.", "other"),
        ("[1] In this letter, we report a man.", None),
        ("1. The patient, a farmer, died.", None),
    ],
)
def test_headings_are_told_from_sentences(sentence: str, role: str | None) -> None:
    found = leading_heading(sentence)
    assert (found[0] if found else None) == role


def test_a_summary_is_no_case_report() -> None:
    """An abstract headed 'Summary' holds background as well."""
    assert role_of_heading("Summary") == "abstract"
    assert role_of_heading("Case summary") == "case"

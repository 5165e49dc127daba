"""The sex of own patients: votes of words, relatives, several patients.

Single phrases are in tests/examples/sex.txt.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from pipeline.extract import extractor_of
from pipeline.records import Article, Extraction, Section
from pipeline.rules import bundled_rules


@cache
def extractor() -> Callable[[Article], Extraction]:
    return extractor_of(bundled_rules())


def sexes(text: str, title: str = "") -> list[tuple[str | None, str]]:
    sections = [Section(section="body-1", kind="body", title="Case report", text=text)]
    if title:
        sections.insert(0, Section(section="title", kind="title", text=title))
    article = Article(
        article_id="FILE:x", title=title, source="import", raw_file="", sections=tuple(sections)
    )
    findings = extractor()(article).findings
    return [(f.patient_id, f.value) for f in findings if f.field == "sex"]


def test_a_wife_does_not_change_the_patients_sex() -> None:
    text = (
        "A 57-year-old man had papules. His wife reported that she had noticed confusion."
        " She called."
    )
    assert sexes(text) == [("FILE:x/1", "male")]


def test_a_donor_does_not_change_the_patients_sex() -> None:
    text = (
        "A 41-year-old woman underwent transplantation. The donor was a 47-year-old man."
        " Her skin cleared."
    )
    assert sexes(text) == [("FILE:x/1", "female")]


def test_the_title_alone_tells_the_sex_of_a_single_patient() -> None:
    found = sexes("The papules were waxy.", title="Waxy papules in a young woman")
    assert found == [("FILE:x/1", "female")]


def test_pronouns_alone_are_enough() -> None:
    assert sexes("The patient had papules. He was treated.") == [("FILE:x/1", "male")]


def test_words_that_contradict_each_other_tell_nothing() -> None:
    assert sexes("The patient took his pills. The patient and her pills were seen.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The patient had papules. There is a female predominance in this disease.",
        "The patient had papules. MR imaging was normal.",
        "The patient had papules. The Mann-Whitney test was used.",
        "The patient had male-pattern baldness.",
    ],
)
def test_general_words_tell_no_sex(text: str) -> None:
    assert sexes(text) == []

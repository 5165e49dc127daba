"""What the optional model finds beside the vocabulary becomes a list, never a value.

The model cannot be had where the tests run, so a small package of its name stands in for it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import extract
from pipeline.answers import bundled_extractor
from pipeline.held_articles import hold
from pipeline.language import unlisted
from pipeline.parse.plain import read_plain
from pipeline.records import Extraction

MODULE = """
import spacy


def load(**overrides):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    words = ("zolbetumab", "koilonychia", "thalidomide", "xy")
    ruler.add_patterns([{"label": "ENTITY", "pattern": word} for word in words])
    return nlp
"""
TEXT = (
    "Scleromyxedema is a rare disease that zolbetumab may help. "
    "A 57-year-old man with scleromyxedema had koilonychia. "
    "He received thalidomide and later zolbetumab, and improved; xy was found."
)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package en_core_sci_sm with a version, as pip would have installed it."""
    package = tmp_path / unlisted.MODEL
    package.mkdir()
    (package / "__init__.py").write_text(MODULE, encoding="utf-8")
    about = tmp_path / f"{unlisted.MODEL}-0.0.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {unlisted.MODEL}\nVersion: 0.0.1\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    forget()
    yield
    sys.modules.pop(unlisted.MODEL, None)
    forget()


def forget() -> None:
    unlisted.optional_model.cache_clear()
    extract.model_version.cache_clear()


def found() -> Extraction:
    return bundled_extractor()(read_plain(TEXT, "x", "").article)


@pytest.mark.usefixtures("stand_in")
def test_entities_of_the_patient_that_no_row_holds_are_listed() -> None:
    listed = [(m.quote, m.label) for m in found().unlisted]
    assert listed == [("koilonychia", "ENTITY"), ("zolbetumab", "ENTITY")]


@pytest.mark.usefixtures("stand_in")
def test_the_list_leads_back_to_its_words_and_changes_no_value() -> None:
    extraction = found()
    text = read_plain(TEXT, "x", "").article.sections
    sections = {section.section: section.text for section in text}
    for mention in extraction.unlisted:
        assert sections[mention.section][mention.char_start : mention.char_end] == mention.quote
    assert [t.therapy for t in extraction.patients[0].therapies] == ["thalidomide"]


def test_without_the_model_nothing_is_listed_and_values_are_the_same(
    request: pytest.FixtureRequest,
) -> None:
    without = found()
    assert without.unlisted == ()
    request.getfixturevalue("stand_in")
    assert found().patients == without.patients


def test_an_installed_model_makes_reports_be_read_again(request: pytest.FixtureRequest) -> None:
    from pipeline.rules import bundled_rules

    article, rules = read_plain(TEXT, "x", "").article, bundled_rules()
    before = extract.input_sha256(hold(article), rules)
    request.getfixturevalue("stand_in")
    assert extract.input_sha256(hold(article), rules) != before


def test_a_model_that_cannot_be_loaded_is_no_model_that_found_nothing(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    request.getfixturevalue("stand_in")
    (tmp_path / unlisted.MODEL / "__init__.py").write_text("raise OSError('damaged')")
    with pytest.raises(OSError, match="damaged"):
        bundled_extractor()

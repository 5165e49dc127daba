"""What must hold of any report, whatever it says: places, additions, order, repetition, negation,
synonyms.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract_all, extractor_of
from pipeline.parse.plain import read_plain
from pipeline.records import Article, Extraction, Patient, Screening
from pipeline.rules import Row, bundled_rules

TOLD = (
    "We report a 57-year-old woman with scleromyxedema.",
    "Serum electrophoresis showed an IgG lambda monoclonal protein.",
    "She had dysphagia.",
    "She had dyspnea on exertion.",
    "She was treated with thalidomide without response.",
    "She was then treated with intravenous immunoglobulin and her skin improved.",
    "There was no renal involvement.",
    "The infusions were given for six months and stopped because of headaches.",
    "She was alive at the last visit.",
)
UNRELATED = (
    "The clinic lies at the edge of the town.",
    "Photographs were taken in daylight.",
    "Consent was obtained for the figures.",
    "The drawing was made with ink on paper.",
    "Reference intervals are those of the local laboratory.",
)
NOISE = st.text(alphabet="abc IgGλκ.,;:()\n\t-–0123456789éß\u202e\u00a0\U0001f600", max_size=60)
SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@functools.cache
def extract() -> Callable[[Article], Extraction]:
    return extractor_of(bundled_rules())


def article(text: str, name: str = "x") -> Article:
    return read_plain(text, name, "A report of scleromyxedema").article


def read(text: str) -> Extraction:
    return extract()(article(text))


def values(extraction: Extraction) -> set[tuple[Any, ...]]:
    """Every value of every patient, without its place."""
    found: set[tuple[Any, ...]] = set()
    for patient in extraction.patients:
        found |= {("age", patient.age_years), ("sex", patient.sex), ("outcome", patient.outcome)}
        found.add(("paraprotein", patient.paraprotein_status))
        found |= {("isotype", p.heavy_chain, p.light_chain) for p in patient.paraproteins}
        found |= {("organ", o.organ, o.status) for o in patient.organs}
        found |= {("finding", m.manifestation, m.status) for m in patient.manifestations}
        found |= {("therapy", t.therapy, t.response) for t in patient.therapies}
        found |= {("time", t.therapy, t.duration_months) for t in patient.therapies}
        found |= {("stop", t.therapy, t.is_stopped, t.stop_reason) for t in patient.therapies}
    return found


def only(text: str) -> Patient:
    (patient,) = read(text).patients
    return patient


@SETTINGS
@given(st.lists(st.sampled_from((*TOLD, *UNRELATED)) | NOISE, max_size=8))
def test_a_quote_is_the_text_at_its_place(sentences: list[str]) -> None:
    report = article(" ".join(sentences))
    texts = {section.section: section.text for section in report.sections}
    for finding in extract()(report).findings:
        assert finding.quote == texts[finding.section][finding.char_start : finding.char_end]
        assert finding.quote


@SETTINGS
@given(st.integers(0, len(TOLD)), st.sampled_from(UNRELATED))
def test_an_unrelated_sentence_takes_no_value_away(place: int, sentence: str) -> None:
    before = values(read(" ".join(TOLD)))
    after = values(read(" ".join((*TOLD[:place], sentence, *TOLD[place:]))))
    assert len(before) > 8
    assert {("time", "ivig", 6.0), ("stop", "ivig", True, "adverse_effect")} <= before
    assert before <= after


def included(reports: list[Article]) -> list[Screening]:
    return [
        Screening(
            article_id=report.article_id,
            decision="included",
            reason="own_patient",
            design="case_report",
        )
        for report in reports
    ]


@settings(SETTINGS, max_examples=6)  # each chunk builds its own reader
@given(st.permutations(range(6)), st.integers(1, 6))
def test_order_and_chunks_of_the_articles_change_no_row(order: list[int], size: int) -> None:
    reports = [article(" ".join(TOLD[: number + 2]), str(number)) for number in range(6)]
    together = {e.article_id: e for e in all_of(reports)}
    shuffled = [reports[number] for number in order]
    chunks = [shuffled[start : start + size] for start in range(0, 6, size)]
    apart = {e.article_id: e for chunk in chunks for e in all_of(chunk)}
    assert apart == together


def all_of(reports: list[Article]) -> list[Extraction]:
    found = extract_all(reports, included(reports), bundled_rules(), {}, lambda *_: None)
    return [extraction for extraction in found if extraction]


def test_reading_twice_gives_the_same() -> None:
    assert read(" ".join(TOLD)) == read(" ".join(TOLD))


@pytest.mark.parametrize(
    ("told", "denied", "value"),
    [
        ("She had dysphagia.", "She had no dysphagia.", ("finding", "dysphagia")),
        ("She had arthralgia.", "She denied arthralgia.", ("finding", "arthralgia")),
        ("She had renal involvement.", "There was no renal involvement.", ("organ", "renal")),
        ("She had seizures.", "She never had seizures.", ("finding", "seizure")),
        (
            "Serum electrophoresis showed a monoclonal protein.",
            "Serum electrophoresis showed no monoclonal protein.",
            ("paraprotein",),
        ),
    ],
)
def test_a_negation_flips_or_removes_the_value(
    told: str, denied: str, value: tuple[str, ...]
) -> None:
    begin = "We report a 57-year-old woman with scleromyxedema. "
    for text, is_present in ((told, True), (denied, False)):
        found = values(read(begin + text))
        states = {v[-1] for v in found if v[: len(value)] == value or value[-1] in str(v[1])}
        assert ("present" in states) == is_present, (text, found)


def forms(table: str, match: str) -> dict[str, list[Row]]:
    by_id: dict[str, list[Row]] = {}
    for row in bundled_rules().table(table):
        is_plain = row.match == match and row.term.isascii()
        if is_plain and row.term.replace(" ", "").isalpha():
            by_id.setdefault(row.id, []).append(row)
    return {name: rows for name, rows in by_id.items() if len(rows) > 1}


@pytest.mark.parametrize("name", ["ivig", "systemic_corticosteroid", "thalidomide", "melphalan"])
def test_a_synonym_gives_the_same_therapy(name: str) -> None:
    """Every plain form of a therapy, put into the same sentence, gives the same episode."""
    rows = [row for row in forms("therapies", "phrase").get(name, []) if row.id == name]
    assert len(rows) > 1
    found = {row.term: episode_with(row.term) for row in rows}
    assert set(found.values()) == {(name, "improved")}, found


def episode_with(term: str) -> tuple[str, str] | None:
    text = f"A 57-year-old woman with scleromyxedema received {term} and her skin improved."
    patient = only(text)
    return next(((t.therapy, t.response) for t in patient.therapies), None)

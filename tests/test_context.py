"""What the context cues make of a finding: denied, uncertain, past, hypothetical, of the family."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from pipeline.language.folding import fold
from pipeline.language.reader import Reader
from pipeline.records import Article, Mention, Section
from pipeline.rules import bundled_rules


@cache
def reader() -> Reader:
    return Reader(bundled_rules())


def mention_of(text: str, words: str) -> Mention:
    """The organ or paraprotein mention that is made of `words` in a case report of `text`."""
    section = Section(section="body-1", kind="body", title="Case report", text=text)
    article = Article(
        article_id="FILE:context", title="", source="import", raw_file="", sections=(section,)
    )
    mentions = [m for s in reader().read(article).statements for m in s.mentions]
    return next(m for m in mentions if m.text == words and m.table in ("organs", "paraproteins"))


DENIED = (
    ("She had no dysphagia.", "dysphagia"),
    ("He denied fever, arthralgia, dyspnea and seizures.", "seizures"),
    ("Fever, arthralgia and dyspnea were denied.", "arthralgia"),
    ("There was neither dysphagia nor dyspnea.", "dyspnea"),
    ("Examination did not reveal arthritis.", "arthritis"),
    ("Raynaud phenomenon: no.", "Raynaud phenomenon"),
    ("Arthralgia was present; dyspnea was absent.", "dyspnea"),
    ("Pulmonary fibrosis could not be demonstrated.", "Pulmonary fibrosis"),
    ("Multiple myeloma was ruled out.", "Multiple myeloma"),
    ("No presentaba disfagia ni artralgias.", "artralgias"),
    ("Não apresentava disfagia.", "disfagia"),
    ("Il n'avait pas de dysphagie.", "dysphagie"),
    ("Es fand sich keine Polyneuropathie.", "Polyneuropathie"),
)
AFFIRMED = (
    ("She had no fever but dysphagia.", "dysphagia"),
    ("Arthralgia was present; dyspnea was absent.", "Arthralgia"),
    ("He had no further seizures.", "seizures"),
    ("Dysphagia did not improve.", "Dysphagia"),
    ("There was no fever, however he had dyspnea.", "dyspnea"),
    ("Apart from dysphagia there was no organ involvement.", "dysphagia"),
    ("Not only dysphagia but also dyspnea troubled her.", "dyspnea"),
    ("Relata-se caso no qual havia disfagia.", "disfagia"),
    ("The dysphagia had no effect on her weight.", "dysphagia"),
    ("He had a non-convulsive status epilepticus.", "status epilepticus"),
)


@pytest.mark.parametrize(("text", "words"), DENIED)
def test_a_denied_finding_is_negated(text: str, words: str) -> None:
    assert mention_of(text, words).is_negated


@pytest.mark.parametrize(("text", "words"), AFFIRMED)
def test_what_stands_outside_the_scope_of_a_denial_is_not_negated(text: str, words: str) -> None:
    assert not mention_of(text, words).is_negated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Myositis was suspected.", "Myositis"),
        ("The differential diagnosis included myositis.", "myositis"),
        ("She was misdiagnosed as polymyositis.", "polymyositis"),
    ],
)
def test_a_suspected_finding_is_uncertain(text: str, words: str) -> None:
    assert mention_of(text, words).is_uncertain


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Her medical history included stroke.", "stroke", True),
        ("He had a history of myocardial infarction.", "myocardial infarction", True),
        ("He had a 3-year history of arthralgia.", "arthralgia", False),
        ("She gave a history of dysphagia.", "dysphagia", False),
        ("With no significant medical history, he had arthralgia.", "arthralgia", False),
    ],
)
def test_past_history_is_told_from_the_duration_of_a_complaint(
    text: str, words: str, expected: bool
) -> None:
    assert mention_of(text, words).is_historical is expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She was screened for pulmonary hypertension.", "pulmonary hypertension"),
        ("Aspirin was given to prevent thrombosis.", "thrombosis"),
    ],
)
def test_a_finding_looked_for_or_feared_is_hypothetical(text: str, words: str) -> None:
    assert mention_of(text, words).is_hypothetical


def test_a_relatives_finding_is_of_the_family() -> None:
    assert mention_of("Her mother had dementia.", "dementia").is_family
    assert not mention_of("He had dementia.", "dementia").is_family


def test_the_nearest_boundary_before_a_backward_cue_ends_its_scope() -> None:
    """medspaCy alone lets the first boundary of a sentence hide the later ones."""
    text = "Biopsy revealed arthritis; dyspnea was absent."
    assert not mention_of(text, "arthritis").is_negated
    assert mention_of(text, "dyspnea").is_negated


def test_no_cue_stands_in_two_rows() -> None:
    """Of two cues on the same words ConText keeps one, and which one hangs on the row numbers."""
    rows = bundled_rules().table("context")
    counts = Counter((fold(row.term).lower(), row.match == "regex") for row in rows)
    assert [term for (term, _), count in counts.items() if count > 1] == []

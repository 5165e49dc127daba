"""Outcome and follow-up of own patients: who died, who is alive and when.

Single phrases are in tests/examples/outcome.txt and follow_up_months.txt.
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


def told(text: str, title: str = "") -> tuple[str, float | None]:
    sections = [Section(section="body-1", kind="body", title="Case report", text=text)]
    if title:
        sections.insert(0, Section(section="title", kind="title", text=title))
    article = Article(
        article_id="FILE:x", title=title, source="import", raw_file="", sections=tuple(sections)
    )
    (patient,) = extractor()(article).patients
    return patient.outcome, patient.follow_up_months


def test_death_outweighs_an_earlier_status() -> None:
    text = (
        "A man had papules. At last follow-up he was without recurrence."
        " At autopsy, mucin was found in his heart."
    )
    assert told(text)[0] == "dead"


def test_a_fatal_case_of_the_title_is_a_death() -> None:
    text = "A 50-year-old man had papules. He became comatose."
    assert told(text, title="Fatal encephalopathy in scleromyxedema")[0] == "dead"


def test_a_potentially_fatal_disease_of_the_title_is_none() -> None:
    text = "A 50-year-old man had papules."
    assert told(text, title="Scleromyxedema, a potentially fatal disease")[0] == "not_reported"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("A man had papules. He is alive and well at 30 months.", 30.0),
        ("A man had papules. Two and a half years later he remains in remission.", 30.0),
        ("A man had papules. A year later he remains in remission.", 12.0),
    ],
)
def test_the_time_of_the_status_is_in_months(text: str, months: float) -> None:
    assert told(text) == ("alive", months)


@pytest.mark.parametrize(
    "text",
    [
        "A man had papules. After six months the papules had flattened.",
        "A man had papules. He continues to improve.",
        "A man had papules. He was discharged home.",
        "A man had papules. His mother died two years later.",
        "A man had papules. The disease relapsed 18 months later.",
        "A man had papules. He did not die.",
    ],
)
def test_what_is_no_status_at_a_later_time_is_not_reported(text: str) -> None:
    assert told(text)[0] == "not_reported"

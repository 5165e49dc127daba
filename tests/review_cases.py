"""A corpus to review, and a large one made by a script. Reads nothing; writes where a test says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from load_cases import Corpus as Cases
from load_cases import article, finding, first_extraction

from pipeline import review
from pipeline.records import Article, Episode, Extraction, Finding, Organ, Patient, Screening

ORGANS = ("renal", "pulmonary", "gastrointestinal", "ocular")


def reviewed(folder: Path, *lines: str) -> tuple[review.Corpus, Path]:
    """The small corpus of the load tests, read for review, and its corrections.csv."""
    Cases().load(folder, lines)
    return review.read_corpus(folder / "cases.duckdb"), folder / "corrections.csv"


def decision(**changes: Any) -> review.Decision:
    values: dict[str, Any] = {
        "reviewer": "anna",
        "reviewed_on": "2026-01-31T10:00:00Z",
        "article_id": "PMID:1",
        "text_sha256": "a" * 64,
        "patient_id": "PMID:1/1",
        "field": "sex",
        "value_before": "male",
        "value_after": "male",
    }
    return review.Decision(**(values | changes))


def with_twin() -> Cases:
    """The small corpus with its first patient told again in PMID:3."""
    cases = Cases()
    twin = article(3, cases.articles[0].sections[0].text)
    cases.articles.append(twin)
    cases.extractions.append(first_extraction(twin))
    cases.screenings.append(
        Screening(article_id="PMID:3", decision="included", reason="own", design="case_report")
    )
    return cases


class LargeCases(Cases):
    """`n` reports of one patient each with ten findings, all by a formula, none real."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.problems = []
        self.articles = [self.report(number) for number in range(1, n + 1)]
        self.screenings = [
            Screening(
                article_id=one.article_id,
                decision="included",
                reason="own_patient",
                design="case_report",
            )
            for one in self.articles
        ]
        self.extractions = [self.extraction(one, i) for i, one in enumerate(self.articles)]

    def report(self, number: int) -> Article:
        text = (
            f"Patient {number}, a {20 + number % 70}-year-old woman, had papules, kidney disease,"
            " cough, trouble swallowing and a red eye. IVIG cleared the skin. She is alive. "
        )
        filler = "The further course is told at length and adds nothing to what is counted. " * 30
        return article(number, text + filler, authors=(f"Author{number} A",))

    def extraction(self, report: Article, index: int) -> Extraction:
        own = Patient(
            patient_id=f"{report.article_id}/1",
            article_id=report.article_id,
            label="1",
            age_years=float(20 + (index + 1) % 70),
            age_kind="exact",
            sex="female",
            has_extracutaneous=True,
            outcome="alive",
            text_basis="abstract",
            organs=tuple(Organ(organ=organ, status="present") for organ in ORGANS),
            therapies=(
                Episode(
                    episode=1,
                    therapy="ivig",
                    therapy_class="immunoglobulin",
                    line=1,
                    response="complete",
                ),
            ),
        )
        return Extraction(
            article_id=report.article_id,
            status="ran",
            patients=(own,),
            findings=self.findings(report, index),
        )

    def findings(self, report: Article, index: int) -> tuple[Finding, ...]:
        words = (
            ("age_years", f"{20 + (index + 1) % 70}", "-year-old", None),
            ("sex", "female", "woman", None),
            ("organ", "renal", "kidney disease", None),
            ("organ", "pulmonary", "cough", None),
            ("organ", "gastrointestinal", "trouble swallowing", None),
            ("organ", "ocular", "red eye", None),
            ("therapy", "ivig", "IVIG", 1),
            ("response", "complete", "cleared", 1),
            ("line", "1", "IVIG", 1),
            ("outcome", "alive", "alive", None),
        )
        return tuple(
            finding(
                report,
                1,
                field,
                value,
                quote,
                item=item,
                confidence=0.5 + (index * 7 + n) % 50 / 100,
            )
            for n, (field, value, quote, item) in enumerate(words)
        )

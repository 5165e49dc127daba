"""A small invented corpus for the tests of load and of the queries, and how to load it.

Reads nothing; writes only where a test says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipeline import load
from pipeline.records import (
    Article,
    CohortFigure,
    Episode,
    Extraction,
    Finding,
    Manifestation,
    Organ,
    Paraprotein,
    ParseProblem,
    Patient,
    Screening,
    Section,
    UnlistedMention,
)

QUERIES = Path(__file__).parent.parent / "queries"
HEADER = (
    "reviewer,reviewed_on,article_id,text_sha256,patient_id,field,value_before,value_after,reason"
)
RUN = {
    "run_id": "run-1",
    "started_at": "2026-01-31T10:00:00Z",
    "mode": "starter",
    "counts": {"parse": 5},
    "requests": 3,
}
VOCABULARY = {
    "organs": [
        {"id": "dysphagia", "label": "Dysphagia", "group": "gastrointestinal", "codes": "HP:2015"},
        {"id": "dyspnoea", "label": "Dyspnoea", "group": "pulmonary", "codes": "HP:2094"},
        {"id": "nephropathy", "label": "Nephropathy", "group": "renal", "codes": "HP:112"},
        {"id": "skin_sign", "label": "Skin sign", "group": "none", "codes": ""},
        {"id": "uveitis", "label": "Uveitis", "group": "ocular", "codes": ""},
    ],
    "therapies": [{"id": "ivig", "label": "IVIG", "group": "immunoglobulin", "codes": "J06BA02"}],
}
TEXT_1 = (
    "Naïve to treatment, a 57-year-old man had an IgG-λ paraprotein of 12 g/L and dyspnoea 🫁; "
    "he denied dysphagia. IVIG 2 g/kg cleared the skin, which relapsed. It was stopped "
    "after six months because of headaches. He died after 24 months."
)
TEXT_2 = "A woman in her forties had papules limited to the skin."
TEXT_3 = "Of 30 patients, 27 had a gammopathy."


def article(number: int, text: str, **changes: Any) -> Article:
    values: dict[str, Any] = {
        "article_id": f"PMID:{number}",
        "pmid": str(number),
        "title": f"Report {number}",
        "year": 2000 + number,
        "authors": ("Rossi A", f"Author{number} B"),
        "source": "starter",
        "raw_file": f"{number}.xml",
        "sections": (Section(section="abstract", kind="abstract", text=text),),
    }
    return Article(**(values | changes))


def finding(
    report: Article, patient: int | None, field: str, value: str, quote: str, **changes: Any
) -> Finding:
    """A finding whose quote is looked up in the abstract, so that its offsets are right."""
    text = report.sections[0].text
    start = text.index(quote)
    values: dict[str, Any] = {
        "finding_id": f"{report.article_id}:{field}:{value}:{start}",
        "article_id": report.article_id,
        "patient_id": None if patient is None else f"{report.article_id}/{patient}",
        "field": field,
        "value": value,
        "section": "abstract",
        "sentence": text,
        "quote": quote,
        "char_start": start,
        "char_end": start + len(quote),
        "status": "present",
        "subject": "patient",
        "rule": "test",
        "confidence": 0.9,
    }
    return Finding(**(values | changes))


def first_extraction(report: Article) -> Extraction:
    """A man with everything stated."""
    patient = Patient(
        patient_id=f"{report.article_id}/1",
        article_id=report.article_id,
        label="1",
        age_years=57.0,
        age_kind="exact",
        sex="male",
        paraprotein_status="present",
        has_extracutaneous=True,
        outcome="dead",
        follow_up_months=24.0,
        text_basis="abstract",
        paraproteins=(
            Paraprotein(item=1, heavy_chain="IgG", light_chain="lambda", concentration_g_per_l=12),
        ),
        organs=(
            Organ(organ="pulmonary", status="present"),
            Organ(organ="gastrointestinal", status="absent"),
        ),
        manifestations=(
            Manifestation(
                organ="pulmonary", manifestation="Dyspnoea", hpo_id="HP:2094", status="present"
            ),
        ),
        therapies=(
            Episode(
                episode=1,
                therapy="ivig",
                therapy_class="immunoglobulin",
                dose_text="2 g/kg",
                line=1,
                response="complete",
                is_relapse=True,
                duration_text="six months",
                duration_months=6.0,
                is_stopped=True,
                stop_reason="adverse_effect",
            ),
        ),
    )
    findings = (
        finding(report, 1, "age_years", "57", "57-year-old"),
        finding(report, 1, "sex", "male", "man"),
        finding(report, 1, "paraprotein_status", "present", "paraprotein"),
        finding(report, 1, "heavy_chain", "IgG", "IgG", item=1),
        finding(report, 1, "light_chain", "lambda", "λ", item=1),
        finding(report, 1, "concentration_g_per_l", "12.0", "12 g/L", item=1),
        finding(report, 1, "organ", "pulmonary", "dyspnoea"),
        finding(report, 1, "manifestation", "Dyspnoea", "dyspnoea"),
        finding(report, 1, "organ", "gastrointestinal", "dysphagia", status="absent"),
        finding(report, 1, "therapy", "ivig", "IVIG", item=1),
        finding(report, 1, "dose_text", "2 g/kg", "2 g/kg", item=1),
        finding(report, 1, "response", "complete", "cleared", item=1),
        finding(report, 1, "is_relapse", "true", "relapsed", item=1),
        finding(report, 1, "duration_text", "six months", "six months", item=1),
        finding(report, 1, "duration_months", "6", "six months", item=1),
        finding(report, 1, "is_stopped", "true", "was stopped", item=1),
        finding(report, 1, "stop_reason", "adverse_effect", "headaches", item=1),
        finding(report, 1, "outcome", "dead", "died"),
        finding(report, 1, "follow_up_months", "24", "24 months"),
    )
    return Extraction(
        article_id=report.article_id, status="ran", patients=(patient,), findings=findings
    )


def second_extraction(report: Article) -> Extraction:
    """A woman with an age range, and an involvement beyond the skin denied in general."""
    patient = Patient(
        patient_id=f"{report.article_id}/1",
        article_id=report.article_id,
        label="1",
        age_low=40.0,
        age_high=49.0,
        age_kind="range",
        sex="female",
        has_extracutaneous=False,
        text_basis="abstract",
    )
    findings = (
        finding(report, 1, "age_low", "40", "in her forties"),
        finding(report, 1, "age_high", "49", "in her forties"),
        finding(report, 1, "sex", "female", "woman"),
        finding(report, 1, "has_extracutaneous", "false", "limited to the skin"),
    )
    return Extraction(
        article_id=report.article_id, status="ran", patients=(patient,), findings=findings
    )


def unlisted_mention(report: Article, words: str) -> UnlistedMention:
    """Words of the first section that holds them, as the optional model would name them."""
    section = next(one for one in report.sections if words in one.text)
    start = section.text.index(words)
    return UnlistedMention(
        article_id=report.article_id,
        section=section.section,
        char_start=start,
        char_end=start + len(words),
        quote=words,
        sentence=section.text,
        label="ENTITY",
    )


def series_extraction(report: Article) -> Extraction:
    """A series with one aggregate figure and no patient individually described."""
    evidence = finding(report, None, "cohort:paraprotein", "27/30", "27 had a gammopathy")
    figure = CohortFigure(
        variable="paraprotein",
        numerator=27,
        denominator=30,
        statistic="count",
        finding_id=evidence.finding_id,
    )
    return Extraction(
        article_id=report.article_id,
        status="ran",
        cohorts=(figure,),
        findings=(evidence,),
        unlisted=(unlisted_mention(report, "gammopathy"),),
    )


class Corpus:
    """The records of five reports: two patients, a series, one excluded, one failed."""

    def __init__(self, published: Mapping[str, Sequence[dict[str, Any]]] | None = None) -> None:
        self.published = published
        self.articles = [
            article(1, TEXT_1),
            article(2, TEXT_2),
            article(10, TEXT_3, authors=()),
            article(11, "A review.", authors=()),
            article(12, "A report that breaks the extractor.", authors=()),
        ]
        one, two, series, review, broken = self.articles
        self.problems = [ParseProblem(raw_file="x.pdf", record=None, reason="a PDF")]
        self.screenings = [
            Screening(
                article_id=report.article_id,
                decision="excluded" if report is review else "included",
                reason="review_only" if report is review else "own_patient",
                design="review" if report is review else "case_report",
            )
            for report in self.articles
        ]
        self.extractions = [
            first_extraction(one),
            second_extraction(two),
            series_extraction(series),
            Extraction(article_id=review.article_id, status="not_attempted"),
            Extraction(article_id=broken.article_id, status="failed", message="it broke"),
        ]

    def load(
        self,
        folder: Path,
        corrections: Sequence[str] = (),
        queries_dir: Path = QUERIES,
        tell: Callable[[str], object] | None = None,
    ) -> dict[str, int]:
        """Load into folder/cases.duckdb with the given lines of corrections.csv."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "corrections.csv"
        path.write_text("\n".join([HEADER, *corrections]) + "\n", encoding="utf-8")
        return load.load(
            self.articles,
            self.problems,
            self.screenings,
            {extraction.article_id: extraction for extraction in self.extractions},
            path,
            RUN,
            VOCABULARY,
            folder / "cases.duckdb",
            queries_dir,
            published=self.published,
            tell=tell,
        )

    def correct(self, number: int, patient: int | None, field: str, before: str, after: str) -> str:
        """A line of corrections.csv on the report with that PMID."""
        report = next(one for one in self.articles if one.pmid == str(number))
        patient_id = "" if patient is None else f"{report.article_id}/{patient}"
        cells = ["anna", "2026-01-31", report.article_id, report.text_sha256]
        return ",".join([*cells, patient_id, field, before, after, "read again"])


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query on folder/cases.duckdb."""
    with duckdb.connect(str(folder / "cases.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()

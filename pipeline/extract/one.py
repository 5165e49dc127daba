"""Reads one article: its patients, findings and cohort figures, or the fact that it failed.

Reads an article and the rules, writes nothing.
An extractor that fails is told as failed, never as "nothing found".
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from pipeline.records import (
    Article,
    CohortFigure,
    Draft,
    Extraction,
    Finding,
    Report,
)
from pipeline.rules import Rules

if TYPE_CHECKING:
    from pipeline.extractors import Extractor

NEAR_MISS_CONFIDENCE = 0.6
YOUNG_OBJECTS = 20_000  # before the collector looks at them; 700 as Python has it


def attempt(read: Callable[[Article], Extraction], article: Article, key: str) -> Extraction:
    """The extraction, or the fact that it failed and where.

    Every exception is caught here and only here: one report must not cost the others, and the
    run ends non-zero with the list of those that failed.
    """
    try:
        extraction = read(article)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        return Extraction(article_id=article.article_id, status="failed", message=message)
    return Extraction(
        article_id=extraction.article_id,
        status="ran",
        input_sha256=key,
        patient_count=extraction.patient_count,
        patients=extraction.patients,
        cohorts=extraction.cohorts,
        findings=extraction.findings,
        unlisted=extraction.unlisted,
    )


def spare_the_collector() -> None:
    """Let Python's collector look less often at what a text makes: thousands of small objects of
    which hardly any is in a cycle. It cost a tenth of reading.
    """
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def extractor_of(
    rules: Rules,
    alter: Callable[[Report], Report] | None = None,
    instead: Mapping[str, Extractor] = MappingProxyType({}),
) -> Callable[[Article], Extraction]:
    """A function from article to Extraction; the language is loaded only when this is called.

    To measure what a part brings: `alter` changes a report between reading and attribution,
    `instead` holds what runs in place of an extractor, by its name in EXTRACTORS.
    """
    from pipeline.extractors import EXTRACTORS
    from pipeline.extractors.gather import gather
    from pipeline.extractors.own_patients.patients import attribute
    from pipeline.language.reader import Reader
    from pipeline.language.unlisted import optional_model, unlisted_mentions

    reader, model = Reader(rules), optional_model()
    spare_the_collector()

    def extract_one(article: Article) -> Extraction:
        report = reader.read(article)
        report = attribute(alter(report) if alter else report, rules)
        drafts: list[Draft] = []
        for name, extract in EXTRACTORS:
            drafts.extend(instead.get(name, extract)(report, rules, drafts))
        drafts = doubted(report, drafts)
        findings = tuple(number(report, drafts))
        return Extraction(
            article_id=article.article_id,
            status="ran",
            patient_count=report.patient_count,
            patients=gather(report, rules, drafts),
            cohorts=tuple(cohort_figures(findings)),
            findings=findings,
            unlisted=unlisted_mentions(article.article_id, report.statements, model),
        )

    return extract_one


def doubted(report: Report, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts; what rests on a misspelt word says so in its rule and is less sure."""
    misspelt = {
        (statement.section, mention.start, mention.end)
        for statement in report.statements
        for mention in statement.mentions
        if mention.is_near_miss
    }
    return [
        msgspec.structs.replace(
            draft,
            rule=f"{draft.rule} (near miss)",
            confidence=min(draft.confidence, NEAR_MISS_CONFIDENCE),
        )
        if (draft.statement.section, draft.start, draft.end) in misspelt
        else draft
        for draft in drafts
    ]


def number(report: Report, drafts: Iterable[Draft]) -> Iterator[Finding]:
    """Drafts as findings, numbered in the order they were read; the same words count once."""
    texts = {section.section: section.text for section in report.article.sections}
    article_id = report.article.article_id
    for count, draft in enumerate(once(drafts), start=1):
        yield Finding(
            finding_id=f"{article_id}#{count}",
            article_id=article_id,
            patient_id=f"{article_id}/{draft.patient}" if draft.patient else None,
            field=draft.field,
            value=draft.value,
            item=draft.item,
            section=draft.statement.section,
            sentence=draft.statement.text,
            quote=texts[draft.statement.section][draft.start : draft.end],
            char_start=draft.start,
            char_end=draft.end,
            status=draft.status,
            subject=draft.subject,
            rule=draft.rule,
            confidence=draft.confidence,
        )


def once(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts without those that say the same of the same words; the surest of them stays."""
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        place = (draft.statement.section, draft.start, draft.end)
        key = (
            draft.patient,
            draft.field,
            draft.value,
            draft.item,
            draft.status,
            draft.subject,
            place,
        )
        if key not in kept or draft.confidence > kept[key].confidence:
            kept[key] = draft
    yield from kept.values()


def cohort_figures(findings: Iterable[Finding]) -> Iterator[CohortFigure]:
    """The cohort findings as rows; the value of one reads 'statistic=…;value=…;n=…;N=…'."""
    for finding in findings:
        if not finding.field.startswith("cohort:"):
            continue
        parts = dict(part.split("=", 1) for part in finding.value.split(";") if part)
        yield CohortFigure(
            variable=finding.field.removeprefix("cohort:"),
            value=float(parts["value"]) if "value" in parts else None,
            numerator=int(parts["n"]) if "n" in parts else None,
            denominator=int(parts["N"]) if "N" in parts else None,
            statistic=parts["statistic"],  # type: ignore[arg-type]
            finding_id=finding.finding_id,
        )

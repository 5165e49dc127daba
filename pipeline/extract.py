"""'extract': reads patients, findings and cohort figures from the included articles.

Reads articles, screenings and rules; writes nothing: `__main__` keeps what it returns.
An extractor that fails is told as failed, never as "nothing found".
"""

from __future__ import annotations

import functools
import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from pipeline.language.unlisted import MODEL
from pipeline.records import (
    Article,
    CohortFigure,
    Draft,
    Extraction,
    Finding,
    Report,
    Screening,
)
from pipeline.rules import Rules

if TYPE_CHECKING:
    from pipeline.extractors import Extractor

NEAR_MISS_CONFIDENCE = 0.6
CODE_FOLDER = Path(__file__).parent
CODE_FILES = ("extract.py", "records.py", "rules.py", "language/*.py", "extractors/*.py")


@functools.cache
def code_sha256() -> str:
    """Checksum of the code that extracts, so that changed code extracts again."""
    checksum = hashlib.sha256()
    for pattern in CODE_FILES:
        for path in sorted(CODE_FOLDER.glob(pattern)):
            checksum.update(path.name.encode() + path.read_bytes())
    return checksum.hexdigest()


@functools.cache
def model_version() -> str:
    """The version of the optional model, '' where it is not installed."""
    try:
        return version(MODEL)
    except PackageNotFoundError:
        return ""


def input_sha256(article: Article, rules: Rules) -> str:
    """What an extraction depends on: the article as parsed, the rules, the code, the model."""
    has_full_text = str(article.has_full_text)
    parts = (article.article_id, article.text_sha256, has_full_text, model_version())
    return hashlib.sha256("|".join((*parts, rules.sha256, code_sha256())).encode()).hexdigest()


def extract_all(
    articles: Sequence[Article],
    screenings: Sequence[Screening],
    rules: Rules,
    earlier: Mapping[str, Extraction],
    progress: Callable[[int, int], None],
) -> Iterator[Extraction]:
    """One Extraction per article, in the order given; what has not changed is taken as it was."""
    included = {s.article_id for s in screenings if s.decision == "included"}
    read: Callable[[Article], Extraction] | None = None
    for number, article in enumerate(articles, start=1):
        if article.article_id not in included:
            yield Extraction(article_id=article.article_id, status="not_attempted")
            continue
        key = input_sha256(article, rules)
        known = earlier.get(article.article_id)
        if known is not None and known.input_sha256 == key and known.status == "ran":
            yield known
            continue
        read = read or extractor_of(rules)
        yield attempt(read, article, key)
        progress(number, len(articles))


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
    from pipeline.extractors.patients import attribute
    from pipeline.language.reader import Reader
    from pipeline.language.unlisted import optional_model, unlisted_mentions

    reader, model = Reader(rules), optional_model()

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

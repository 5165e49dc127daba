"""'screen': which reports count as cases of the disease, one reason each, the words that decided.

Reads articles and the disease's profile (the [screening] table of pipeline/diseases/*.toml),
writes nothing. Only regular expressions: a report takes some milliseconds.
Publication types help where a record has them; title and text alone are enough.

Reasons of 'included': own_patient, own_series. Of 'excluded': review_only, other_disease,
mention_only, non_human, comment, no_text, and the profile's own for forms that do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pipeline.files import sha256_of, sha256_of_code
from pipeline.held_articles import HeldArticle, held_articles
from pipeline.records import Article, Screening
from pipeline.screen.decision import verdict_of
from pipeline.screen.design import design_of
from pipeline.screen.profile import Profile, ProfileError, profile_of
from pipeline.screen.reading import Reading, reading_of
from pipeline.screen.verdict import Verdict

__all__ = ["INCLUDED", "ProfileError", "screen", "screen_all", "screen_anew"]

CODE_FILES = ("screen/*.py", "language/*.py", "records.py")

INCLUDED = ("own_patient", "own_series")


def screen(article: Article, profile: Mapping[str, Any]) -> Screening:
    """The decision on one report; raises ProfileError where the profile cannot be used."""
    return decide(article, profile_of(profile))


def screen_all(articles: Iterable[Article], profile: Mapping[str, Any]) -> list[Screening]:
    """One Screening per article, in the order given."""
    return list(screen_anew(articles, profile, {}).values())


def screen_anew(
    articles: Iterable[Article], profile: Mapping[str, Any], earlier: Mapping[str, Screening]
) -> dict[str, Screening]:
    """The same, each by the checksum of what decides it; what `earlier` has is taken as it was."""
    compiled, decider = profile_of(profile), decider_sha256(profile)
    keyed = ((input_sha256(one, decider), one) for one in held_articles(articles))
    return {key: earlier.get(key) or decide(one.article, compiled) for key, one in keyed}


def decider_sha256(profile: Mapping[str, Any]) -> str:
    """What decides beside the report: the words for the disease, and the code."""
    words = msgspec.json.encode(profile["screening"], order="sorted")
    return sha256_of(words + sha256_of_code(*CODE_FILES).encode())


def input_sha256(article: HeldArticle, decider: str) -> str:
    return sha256_of(f"{article.sha256} {decider}".encode())


def decide(article: Article, profile: Profile) -> Screening:
    reading = reading_of(article)
    verdict = verdict_of(reading, profile)
    return Screening(
        article_id=article.article_id,
        decision="included" if verdict.reason in INCLUDED else "excluded",
        reason=verdict.reason,
        design=design_of(reading, verdict.reason),
        **words_of(reading, verdict),
    )


def words_of(reading: Reading, verdict: Verdict) -> dict[str, Any]:
    """Section, words and offsets of the evidence, as the article has them (not folded)."""
    evidence = verdict.evidence
    texts = {section.section: section.text for section in reading.article.sections}
    if evidence is None or evidence.sentence.section not in texts:
        return {}
    start = evidence.sentence.start + evidence.start
    end = evidence.sentence.start + evidence.end
    section = evidence.sentence.section
    return {
        "section": section,
        "quote": texts[section][start:end],
        "char_start": start,
        "char_end": end,
    }

"""The extract stage: patients, findings and cohort figures of the included articles.

Reads articles, screenings and rules. Writes nothing where it runs in this process; on several
processes or on a cluster it writes shards of Parquet into the folder it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pipeline.extract.one import NEAR_MISS_CONFIDENCE, attempt, extractor_of
from pipeline.extract.shards import ExtractError
from pipeline.extract.spread import Engine, spread
from pipeline.extract.versions import code_sha256, input_sha256, model_version
from pipeline.held_articles import HeldArticle, held_articles
from pipeline.records import Article, Extraction, Screening
from pipeline.rules import Rules

__all__ = [
    "NEAR_MISS_CONFIDENCE",
    "Engine",
    "ExtractError",
    "code_sha256",
    "extract_all",
    "extractor_of",
    "input_sha256",
    "model_version",
]


def extract_all(
    articles: Iterable[Article],
    screenings: Sequence[Screening],
    rules: Rules,
    known: Mapping[str, str | None],
    progress: Callable[[int, int], None],
    engine: Engine | None = None,
) -> Iterator[Extraction | None]:
    """One Extraction per article, in the order given; None where that of an earlier run holds.

    `known`: the `input_sha256` of the articles of which there is one that ran.
    `engine` reads the others elsewhere than in this process; the rows are the same.
    Raises ExtractError where the engine cannot be used or loses a shard twice.
    """
    included = {s.article_id for s in screenings if s.decision == "included"}
    held = held_articles(articles)
    keys = {one.article_id: input_sha256(one, rules) for one in held if one.article_id in included}
    kept = {article_id for article_id, key in keys.items() if known.get(article_id) == key}
    missing = keys.keys() - kept
    to_read = [one for one in held if one.article_id in missing]
    read = spread(to_read, rules, engine) if engine else in_this_process(to_read, rules)
    for number, article in enumerate(held, start=1):
        if article.article_id not in included:
            yield Extraction(article_id=article.article_id, status="not_attempted")
        elif article.article_id in kept:
            yield None
        else:
            yield next(read)
            progress(number, len(held))
    next(read, None)  # lets the engine end its processes and remove its shards


def in_this_process(articles: Iterable[HeldArticle], rules: Rules) -> Iterator[Extraction]:
    """Each article read in order; the language is loaded with the first."""
    read: Callable[[Article], Extraction] | None = None
    for held in articles:
        read = read or extractor_of(rules)
        yield attempt(read, held.article, input_sha256(held, rules))

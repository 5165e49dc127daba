"""The articles of a run, each held as the bytes of its record and decoded when it is asked for.

Reads nothing, writes nothing.
A decoded article takes three times the memory of its bytes, and a run looks into few: whether one
is as it was before is told by checksums, which are made once, when its file is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import msgspec

from pipeline.files import sha256_of
from pipeline.records import Article, Source

ENCODER, DECODER = msgspec.json.Encoder(), msgspec.json.Decoder(Article)


class HeldArticle(msgspec.Struct, frozen=True, kw_only=True):
    """What tells an article from others, and its record as JSON.

    `sections_sha256` is the checksum of the text that is read, `sha256` that of the whole record.
    """

    article_id: str
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    source: Source
    raw_file: str
    has_full_text: bool
    sections_sha256: str
    sha256: str
    record: msgspec.Raw

    @property
    def article(self) -> Article:
        return DECODER.decode(self.record)


def hold(article: Article) -> HeldArticle:
    record = ENCODER.encode(article)
    return HeldArticle(
        article_id=article.article_id,
        pmid=article.pmid,
        pmcid=article.pmcid,
        doi=article.doi,
        source=article.source,
        raw_file=article.raw_file,
        has_full_text=article.has_full_text,
        sections_sha256=sha256_of(ENCODER.encode(article.sections)),
        sha256=sha256_of(record),
        record=msgspec.Raw(record),
    )


class Articles(Sequence[Article]):
    """Articles in order; each is decoded anew whenever it is asked for."""

    def __init__(self, held: Sequence[HeldArticle]) -> None:
        self.held = held

    def __len__(self) -> int:
        return len(self.held)

    def __iter__(self) -> Iterator[Article]:
        return (one.article for one in self.held)

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> Articles: ...
    def __getitem__(self, place: int | slice) -> Article | Articles:
        if isinstance(place, slice):
            return Articles(self.held[place])
        return self.held[place].article


def held_articles(articles: Iterable[Article]) -> Sequence[HeldArticle]:
    """The articles as they are held; those that are not yet are encoded."""
    return articles.held if isinstance(articles, Articles) else [hold(one) for one in articles]

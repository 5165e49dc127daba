"""What was read from each report, kept as JSON Lines of which one is held at a time.

Reads and writes `extracted/extractions.jsonl`: derived, and may be deleted.
A hundred thousand reports give a gigabyte, so only the heads of the lines and their places are
in memory; a report's line is read when it is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline.files import UnreadableFileError, checked_lines, sha256_of, write_lines
from pipeline.held_articles import held_articles
from pipeline.records import Article, Extraction, ExtractionStatus
from pipeline.telling import warn


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """An Extraction without what was read: whether it ran, and of what."""

    article_id: str
    status: ExtractionStatus
    message: str | None = None
    input_sha256: str | None = None


HEAD, WHOLE = msgspec.json.Decoder(Head), msgspec.json.Decoder(Extraction)


class KeptExtractions(Mapping[str, Extraction]):
    """The extractions of a file by article_id; `heads` are in memory, the rest is read anew.

    The file may be replaced meanwhile: it is held open, so that its lines stay as they were.
    `made_anew` names those that `write_extractions` did not take from an earlier file;
    `checksums` are those of the lines.
    """

    def __init__(self, handle: BinaryIO | None = None) -> None:
        self.handle = handle
        self.heads: dict[str, Head] = {}
        self.places: dict[str, tuple[int, int]] = {}
        self.made_anew: set[str] = set()
        self.checksums: dict[str, str] = {}

    def add(self, line: bytes, place: int) -> None:
        head = HEAD.decode(line)
        self.heads[head.article_id] = head
        self.places[head.article_id] = (place, len(line))
        self.checksums[head.article_id] = sha256_of(line)

    def line_of(self, article_id: str) -> bytes:
        place, length = self.places[article_id]
        if self.handle is None:
            raise KeyError(article_id)
        return os.pread(self.handle.fileno(), length, place)

    def __getitem__(self, article_id: str) -> Extraction:
        return WHOLE.decode(self.line_of(article_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)

    @property
    def statuses(self) -> dict[str, ExtractionStatus]:
        return {head.article_id: head.status for head in self.heads.values()}

    def of_status(self, status: ExtractionStatus) -> list[Head]:
        return [head for head in self.heads.values() if head.status == status]


def earlier_extractions(path: Path) -> KeptExtractions:
    """What the last run read; a damaged file is ours to make again, so it only costs time."""
    try:
        return open_extractions(path)
    except FileNotFoundError:
        return KeptExtractions()
    except (UnreadableFileError, OSError) as error:
        warn(f"{error}: every report is read again.")
        return KeptExtractions()


def open_extractions(path: Path) -> KeptExtractions:
    """The file with its checksum tried; UnreadableFileError where it is not as it was written."""
    handle = path.open("rb")
    kept, place = KeptExtractions(handle), 0
    try:
        for line in checked_lines(handle, path):
            kept.add(line, place)
            place += len(line)
    except (UnreadableFileError, msgspec.DecodeError, UnicodeDecodeError) as error:
        handle.close()
        raise UnreadableFileError(f"{path} is not as it was written") from error
    return kept


def write_extractions(
    path: Path,
    articles: Iterable[Article],
    made: Iterable[Extraction | None],
    earlier: KeptExtractions,
) -> KeptExtractions:
    """Write one line for each article, as they come: what was made, or for None what was earlier.

    The file is there whole when this returns, or the one of before.
    """
    kept, encoder = KeptExtractions(), msgspec.json.Encoder()

    def lines() -> Iterator[bytes]:
        place = 0
        for article, extraction in zip(held_articles(articles), made, strict=True):
            if extraction is None:
                line = earlier.line_of(article.article_id)
            else:
                kept.made_anew.add(article.article_id)
                line = encoder.encode(extraction) + b"\n"
            kept.add(line, place)
            place += len(line)
            yield line

    write_lines(path, lines())
    kept.handle = path.open("rb")
    return kept

"""What is fuzzed: one function a reader, from bytes to nothing; it raises where a promise breaks.

Promises: no exception but the documented one, something said of every input, places that lead to
the words, an end within seconds.
"""

from __future__ import annotations

import functools
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.extract import extractor_of
from pipeline.load.corrections import CorrectionsError, parse_corrections
from pipeline.parse import parse_file
from pipeline.read import UnreadableLineError, read_lines, read_text
from pipeline.records import CORRECTION_COLUMNS, RawFile, Source
from pipeline.rules import COLUMNS, RulesError, bundled_rules, read_rules

MOST_SECONDS = 20.0
MOST_TEXT = 4000
ROOT = Path(__file__).parents[2]
Target = Callable[[bytes], None]


class BrokenPromiseError(AssertionError):
    """An input that a reader does not treat as it promises."""


@functools.cache
def scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def parse(data: bytes, source: Source) -> None:
    path = scratch() / "record"
    path.write_bytes(data)
    articles, problems = parse_file(
        RawFile(path=str(path), name="record", source=source, sha256="0")
    )
    if not articles and not problems:
        raise BrokenPromiseError("nothing is said of the file")
    for article in articles:
        if not article.article_id or not article.sections:
            raise BrokenPromiseError("an article without id or text")


def pubmed(data: bytes) -> None:
    parse(
        b"<PubmedArticleSet><PubmedArticle>" + data + b"</PubmedArticle></PubmedArticleSet>",
        "entrez",
    )
    parse(data, "entrez")


def jats(data: bytes) -> None:
    parse(b"<article>" + data + b"</article>", "entrez")
    parse(data, "entrez")


def nbib(data: bytes) -> None:
    parse(b"PMID- 5\nTI  - " + data, "import")


def page(data: bytes) -> None:
    parse(b"<!doctype html><html><body>" + data, "import")


@functools.cache
def extract() -> Callable[..., Any]:
    return extractor_of(bundled_rules())


def plain(data: bytes) -> None:
    """The text as `read` takes it; every place leads to the words of its quote."""
    text = data.decode("utf-8", errors="replace")[:MOST_TEXT]
    for finding in read_text(extract(), text, "fuzz")["findings"]:
        words = text[finding["char_start"] : finding["char_end"]]
        if finding["section"] == "text" and words.split() != finding["quote"].split():
            raise BrokenPromiseError(f"{finding['quote']!r} is quoted, {words!r} stands there")


def json_lines(data: bytes) -> None:
    lines = data.decode("utf-8", errors="replace")[:MOST_TEXT].splitlines()
    try:
        list(read_lines(extract(), iter(lines)))
    except UnreadableLineError:
        return


def rules(data: bytes) -> None:
    folder = scratch() / "rules"
    folder.mkdir(exist_ok=True)
    for start in (b"", ",".join(COLUMNS).encode() + b"\n"):
        (folder / "therapies.csv").write_bytes(start + data)
        try:
            read_rules(folder)
        except RulesError as error:
            if "therapies.csv" not in str(error):
                raise BrokenPromiseError(f"the file is not named: {error}") from error


def corrections(data: bytes) -> None:
    text = data.decode("utf-8", errors="replace")
    for start in ("", ",".join(CORRECTION_COLUMNS) + "\n"):
        try:
            parse_corrections(Path("corrections.csv"), start + text)
        except CorrectionsError as error:
            if "line" not in str(error):
                raise BrokenPromiseError(f"the line is not named: {error}") from error


TARGETS: dict[str, Target] = {
    "pubmed": pubmed,
    "jats": jats,
    "nbib": nbib,
    "page": page,
    "plain": plain,
    "json_lines": json_lines,
    "rules": rules,
    "corrections": corrections,
}


def timed(target: Target) -> Target:
    """The target, stopped after its seconds of this process."""

    def stop(*_arguments: object) -> None:
        raise BrokenPromiseError(f"more than {MOST_SECONDS:g} seconds")

    def run(data: bytes) -> None:
        signal.signal(signal.SIGVTALRM, stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        try:
            target(data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    return run


def seeds(name: str) -> list[bytes]:
    """Inputs to begin with: real files of the kind, and every case found before."""
    starter = sorted((ROOT / "pipeline" / "starter").glob("*.xml"))[:6]
    data = ROOT / "tests" / "data"
    given = {
        "pubmed": [path.read_bytes() for path in starter],
        "jats": [path.read_bytes() for path in sorted((data / "parse").glob("pmc*.xml"))],
        "nbib": [b"A title\nAB  - A 50-year-old man.\nDP  - 2001\nLID - 10.1000/x [doi]\n"],
        "page": [b"<p>A 50-year-old man had scleromyxedema and IgG lambda.</p>"],
        "plain": [
            b"Case report\nA 57-year-old woman had IgG lambda. She was given IVIG and improved.",
            b"Patient 1: a 40-year-old man. Patient 2: a 60-year-old woman. 2 of 3 had dysphagia.",
        ],
        "json_lines": [b'{"id": "a", "title": "T", "text": "A 50-year-old man had IgG kappa."}'],
        "rules": [b"ivig,IVIG,immunoglobulin,,IVIG,exact,,note\nx,X,g,,a.*b,regex,c|d,e.g. ab\n"],
        "corrections": [b"anna,2026-01-31,PMID:1,abc,PMID:1/1,sex,male,female,read again\n"],
    }
    return [*given[name], *(path.read_bytes() for path in found_cases(name))]


def found_cases(name: str) -> list[Path]:
    """The fixtures: inputs on which the reader once broke its promise."""
    return sorted((ROOT / "tests" / "data" / "fuzz" / name).glob("*"))

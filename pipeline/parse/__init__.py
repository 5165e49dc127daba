"""The parse stage: given files to articles, one per report, and a named problem for the rest.

Reads the files its RawFiles point to (PubMed XML, PMC JATS XML, MEDLINE text, plain text, web
pages), writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pipeline.files import sha256_of_code
from pipeline.held_articles import Articles
from pipeline.parse.merging import merge
from pipeline.parse.reading import parse_file, read_file
from pipeline.parse.report import ParsedFile, Report
from pipeline.records import Article, ParseProblem, RawFile

__all__ = [
    "ParsedFile",
    "Report",
    "articles_of",
    "is_notice",
    "parse_all",
    "parse_file",
    "read_file",
    "read_files",
    "reuse_key",
]

CODE_FILES = ("parse/*.py", "language/*.py", "held_articles.py", "records.py")


def parse_all(
    raws: Iterable[RawFile], reuse: Mapping[str, ParsedFile] | None = None
) -> tuple[list[Article], list[ParseProblem]]:
    """All files to one article per report, sorted by article_id, whatever the order of `raws`.

    `reuse` holds what `read_file` gave earlier, by `reuse_key`; such files are not read again.
    Records that were not used because another one of the same report is better are listed as
    problems whose reason starts with 'duplicate of' (see `is_notice`). Never raises for content.
    """
    articles, problems = articles_of(read_files(raws, reuse or {}).values())
    return list(articles), problems


def read_files(raws: Iterable[RawFile], reuse: Mapping[str, ParsedFile]) -> dict[str, ParsedFile]:
    """What each file holds, by `reuse_key`; what `reuse` has is not read again."""
    files = sorted({(raw.name, raw.path, raw.source): raw for raw in raws}.items())
    keys = {reuse_key(raw): raw for _, raw in files}
    return {key: reuse.get(key) or read_file(raw) for key, raw in keys.items()}


def articles_of(parsed: Collection[ParsedFile]) -> tuple[Articles, list[ParseProblem]]:
    """The articles of all files together, as `parse_all` gives them, but held."""
    held, notices = merge(report for file in parsed for report in file.reports)
    problems = [problem for file in parsed for problem in file.problems] + notices
    return Articles(held), sorted(problems, key=lambda p: (p.raw_file, p.record or "", p.reason))


def reuse_key(raw: RawFile) -> str:
    """What the outcome of reading a file depends on: its bytes, name and source, and the code."""
    return f"{sha256_of_code(*CODE_FILES)}:{raw.source}:{raw.sha256}:{raw.name}"


def is_notice(problem: ParseProblem) -> bool:
    """True for a problem that only says that a record was superseded; nothing was lost."""
    return problem.reason.startswith("duplicate of")

"""The parse stage: given files to articles, one per report, and a named problem for the rest.

Reads the files its RawFiles point to (PubMed XML, PMC JATS XML, MEDLINE text), writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.parse.merging import merge
from pipeline.parse.reading import parse_file, read_file
from pipeline.parse.report import ParsedFile, Report
from pipeline.records import Article, ParseProblem, RawFile

__all__ = [
    "ParsedFile",
    "Report",
    "is_notice",
    "parse_all",
    "parse_file",
    "read_file",
    "reuse_key",
]


def parse_all(
    raws: Iterable[RawFile], reuse: Mapping[str, ParsedFile] | None = None
) -> tuple[list[Article], list[ParseProblem]]:
    """All files to one article per report, sorted by article_id, whatever the order of `raws`.

    `reuse` holds what `read_file` gave earlier, by `reuse_key`; such files are not read again.
    Records that were not used because another one of the same report is better are listed as
    problems whose reason starts with 'duplicate of' (see `is_notice`). Never raises for content.
    """
    known = reuse or {}
    files = sorted({(raw.name, raw.path, raw.source): raw for raw in raws}.items())
    parsed = [known.get(reuse_key(raw)) or read_file(raw) for _, raw in files]
    articles, notices = merge(report for file in parsed for report in file.reports)
    problems = [problem for file in parsed for problem in file.problems] + notices
    return articles, sorted(problems, key=lambda p: (p.raw_file, p.record or "", p.reason))


def reuse_key(raw: RawFile) -> str:
    """What the outcome of reading a file depends on: its bytes, its name and its source."""
    return f"{raw.source}:{raw.sha256}:{raw.name}"


def is_notice(problem: ParseProblem) -> bool:
    """True for a problem that only says that a record was superseded; nothing was lost."""
    return problem.reason.startswith("duplicate of")

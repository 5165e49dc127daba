"""One given file to the reports in it; whatever cannot be read becomes a named problem.

Reads the file a RawFile points to, writes nothing.
"""

from __future__ import annotations

import itertools
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import msgspec

from pipeline.parse.jats import read_jats
from pipeline.parse.nbib import is_medline_text, read_medline
from pipeline.parse.pubmed import RECORDS, read_pubmed
from pipeline.parse.report import ParsedFile, Report, held, problem
from pipeline.parse.safe_xml import Element, UnreadableError, decode, read_tree
from pipeline.parse.sniff import (
    is_web_page,
    refuse_known_binary,
    refuse_other_text,
    what_other_xml_is,
)
from pipeline.parse.text_report import read_page_report, read_text_report
from pipeline.records import Article, ParseProblem, RawFile

MOST_BYTES = (
    256 * 1024 * 1024
)  # 10,000 PubMed records, the most one search gives, have about 200 MB
MOST_RECORDS = 100_000
MOST_CHARACTERS = 2_000_000  # of one report; the longest full texts of PMC have a quarter of it
MOST_PAGE_CHARACTERS = 10_000_000
PUBMED_ROOTS = ("PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", *RECORDS)
JATS_ROOTS = ("pmc-articleset", "article", "OAI-PMH", "articles")


def parse_file(raw: RawFile) -> tuple[list[Article], list[ParseProblem]]:
    """The articles of one file and what in it is not an article.

    Never raises for what the file holds, nor where it cannot be opened: every file gives at least
    one article or one ParseProblem. Duplicates inside the file are all returned.
    """
    parsed = read_file(raw)
    return [report.article.article for report in parsed.reports], list(parsed.problems)


def read_file(raw: RawFile) -> ParsedFile:
    """As `parse_file`, with the date of revision and the format of each report."""
    try:
        records = read_records(read_bytes(Path(raw.path)), raw)
        found = list(itertools.islice(records, MOST_RECORDS + 1))
        if len(found) > MOST_RECORDS:
            raise UnreadableError(
                f"more than {MOST_RECORDS:,} records; split it into smaller files"
            )
    except UnreadableError as error:
        found = [problem(raw.name, str(error))]
    except OSError as error:
        found = [problem(raw.name, f"cannot be read: {error.strerror or error}")]
    except ValueError as error:  # a path with a NUL character
        found = [problem(raw.name, f"cannot be read: {error}")]
    return checked(found or [problem(raw.name, "a file of records without any record")], raw)


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file; raises UnreadableError for anything else, OSError as `stat`."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableError("a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("not a regular file")  # a pipe would be waited on for ever
    if status.st_size > MOST_BYTES:
        raise UnreadableError(
            f"larger than {MOST_BYTES // 1024**2} MB; split it into smaller files"
        )
    return path.read_bytes()


def read_records(data: bytes, raw: RawFile) -> Iterable[Report | ParseProblem]:
    """The records of a file's bytes; raises UnreadableError where there are none to be read."""
    refuse_known_binary(data)
    text = decode(data)
    is_xml_or_medline = text.lstrip("\ufeff \t\r\n").startswith("<") or is_medline_text(text)
    if not is_xml_or_medline and len(text) > MOST_CHARACTERS:
        raise UnreadableError(f"a text of more than {MOST_CHARACTERS:,} characters")
    is_import = raw.source == "import"  # Entrez sends no pages; one from there is an error message
    if is_import and is_web_page(text):
        if len(text) > MOST_PAGE_CHARACTERS:
            raise UnreadableError(f"a web page of more than {MOST_PAGE_CHARACTERS:,} characters")
        return [read_page_report(text, raw)]
    refuse_other_text(text)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return read_xml(read_tree(text.lstrip("\ufeff")), raw)
    if is_medline_text(text):
        return read_medline(text, raw)
    if is_import:
        return [read_text_report(text, raw)]
    raise UnreadableError("text that is neither PubMed XML, PMC XML nor MEDLINE (.nbib) records")


def read_xml(root: Element, raw: RawFile) -> Iterable[Report | ParseProblem]:
    if root.tag in PUBMED_ROOTS:
        return read_pubmed(root, raw)
    if root.tag in JATS_ROOTS:
        return read_jats(root, raw)
    raise UnreadableError(what_other_xml_is(root))


def checked(found: Iterable[Report | ParseProblem], raw: RawFile) -> ParsedFile:
    """Reports with their position and, where they have no id, a name after the file.

    A report with neither title nor abstract nor body has nothing to read and becomes a problem.
    """
    problems = [item for item in found if isinstance(item, ParseProblem)]
    reports: list[Report] = []
    for position, report in enumerate((r for r in found if isinstance(r, Report)), start=1):
        if reason := reason_to_refuse(report.article):
            record = report.article.article_id or f"record {position}"
            problems.append(problem(raw.name, reason, record))
        else:
            reports.append(msgspec.structs.replace(report, position=position))
    named = named_after_file(reports, raw)
    return ParsedFile(reports=tuple(map(held, named)), problems=tuple(problems))


def reason_to_refuse(article: Article) -> str | None:
    if all(section.kind == "keywords" for section in article.sections):
        return "a record without title and abstract"
    if sum(len(section.text) for section in article.sections) > MOST_CHARACTERS:
        return f"a report of more than {MOST_CHARACTERS:,} characters, which no single report has"
    return None


def named_after_file(reports: list[Report], raw: RawFile) -> list[Report]:
    """Give 'FILE:<stem>' to the reports without PMID, PMCID and DOI; '/1', '/2' where several."""
    stem = PurePosixPath(raw.name.replace("\\", "/")).stem or "unnamed"
    nameless = [report for report in reports if not report.article.article_id]
    names = {
        report.position: f"FILE:{stem}/{number}" if len(nameless) > 1 else f"FILE:{stem}"
        for number, report in enumerate(nameless, start=1)
    }
    return [renamed(report, names.get(report.position, "")) for report in reports]


def renamed(report: Report, article_id: str) -> Report:
    if not article_id:
        return report
    article = msgspec.structs.replace(report.article, article_id=article_id)
    return msgspec.structs.replace(report, article=article)

"""A report people have as plain text or as a saved web page, as one record.

Reads text, writes nothing. What holds no prose of a report is refused by name.
"""

from __future__ import annotations

import re

import msgspec

from pipeline.parse.lines import is_prose
from pipeline.parse.plain import read_plain
from pipeline.parse.prose import INVISIBLE
from pipeline.parse.report import Report, article_id_of, doi_of, pmid_of, year_in
from pipeline.parse.safe_xml import UnreadableError
from pipeline.parse.web_page import read_page
from pipeline.records import RawFile

LEAST_PROSE = 300  # characters in lines of prose, about two sentences of an abstract
FRONT = 2000
DOI = re.compile(r"\bdoi(?:\.org/|:\s*|\s+)(10\.\d{4,9}/\S+)", re.IGNORECASE)
PMID = re.compile(r"\bPMID:?\s*(\d{4,9})\b")


def read_text_report(text: str, raw: RawFile) -> Report:
    """Plain text as a report; raises UnreadableError where it is none.

    Its ids are those that its first lines name, if they name one only.
    """
    if prose_length(text) < LEAST_PROSE:
        raise UnreadableError(
            "text that is neither PubMed XML, PMC XML nor MEDLINE (.nbib) records, nor a report"
        )
    dois = {doi_of(found[1]) for found in DOI.finditer(text[:FRONT])}
    pmids = {pmid_of(found[1]) for found in PMID.finditer(text[:FRONT])}
    head = {"doi": dois, "pmid": pmids}
    known = {name: next(iter(ids)) or "" for name, ids in head.items() if len(ids) == 1}
    return report_of(text, raw, known)


def read_page_report(source: str, raw: RawFile) -> Report:
    """A web page as a report; raises UnreadableError where it holds none."""
    page = read_page(source)
    if prose_length(page.text) < LEAST_PROSE:
        raise UnreadableError(
            "a web page (HTML) without the text of a report; save the record as PubMed XML or .nbib"
        )
    return report_of(page.text, raw, page.head)


def prose_length(text: str) -> int:
    """Characters in lines that tell something; in a wrapped text a paragraph is one line."""
    joined = re.sub(r"(?<=[^\n])\n(?=[^\n])", " ", text) if "\n\n" in text else text
    return sum(len(line) for line in joined.split("\n") if is_prose(line))


def report_of(text: str, raw: RawFile, head: dict[str, str]) -> Report:
    title = INVISIBLE.sub("", head.get("title") or "") or None
    article = read_plain(INVISIBLE.sub("", text), raw.name, title).article
    pmid, doi = pmid_of(head.get("pmid")), doi_of(head.get("doi"))
    return Report(
        article=msgspec.structs.replace(
            article,
            article_id=article_id_of(pmid, None, doi),
            pmid=pmid,
            doi=doi,
            journal=head.get("journal"),
            year=year_in(head.get("year")),
            licence=head.get("licence"),
            source=raw.source,
            raw_file=raw.name,
        ),
        form="text",
    )

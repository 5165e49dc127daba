"""MEDLINE text records (.nbib, or 'PubMed' format saved from the site) as articles.

Reads the text of a file, writes nothing.
Tags: NLM, MEDLINE/PubMed Data Element (Field) Descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.parse.headings import choose_title, clean_title, distinct, front_sections
from pipeline.parse.prose import tidy
from pipeline.parse.pubmed_parts import is_retracted
from pipeline.parse.report import (
    Report,
    article_id_of,
    doi_of,
    iso_date,
    pmcid_of,
    pmid_of,
    year_in,
)
from pipeline.parse.safe_xml import UnreadableError
from pipeline.records import Article, Link, RawFile

Fields = dict[str, list[str]]

MOST_LINES = 3_000_000  # 10,000 records, the most that PubMed saves at once, have half of it
LONGEST_LINE = 10_000_000  # as libxml2 has it for a text of XML

TAG_LINE = re.compile(r"([A-Z][A-Z0-9 ]{3})- ?(.*)")  # tags fill four columns
LINK_TAGS = {
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "EIN": "ErratumIn",
    "EFR": "ErratumFor",
    "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom",
    "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "RPI": "RepublishedIn",
    "RPF": "RepublishedFrom",
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "RRI": "RetractedandRepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
    "SPIN": "SummaryForPatientsIn",
    "ORI": "OriginalReportIn",
}


def is_medline_text(text: str) -> bool:
    """True where an early line has a PMID, title or abstract tag at its beginning."""
    return re.search(r"^(?:PMID|TI  |OWN |AB  )- ", text[:20000], re.M) is not None


def read_medline(text: str, raw: RawFile) -> Iterator[Report]:
    """Yield a report for every record of a MEDLINE text; UnreadableError where it has no end."""
    if text.count("\n") > MOST_LINES:
        raise UnreadableError(f"more than {MOST_LINES:,} lines; split it into smaller files")
    for fields in split_records(text):
        yield read_record(fields, raw)


def split_records(text: str) -> Iterator[Fields]:
    """The records as tag to values.

    A record begins at its PMID; only where a file has no PMID at all, at a blank line (some
    programs put blank lines between all lines).
    """
    has_pmids = re.search(r"^PMID- ", text, re.M) is not None
    fields: Fields = {}
    tag = ""
    for line in re.split(r"\r\n?|\n", text):
        if len(line) > LONGEST_LINE:
            raise UnreadableError(f"a line of more than {LONGEST_LINE:,} characters")
        found = TAG_LINE.fullmatch(line)
        if fields and (found is not None and found[1] == "PMID" if has_pmids else not line.strip()):
            yield fields
            fields, tag = {}, ""
        if found:
            tag = found[1].strip()
            fields.setdefault(tag, []).append(found[2])
        elif tag and line.startswith("  "):
            fields[tag][-1] += " " + line.strip()
    if fields:
        yield fields


def read_record(fields: Fields, raw: RawFile) -> Report:
    pmid = pmid_of(first(fields, "PMID"))
    pmcid = pmcid_of(first(fields, "PMC"))
    doi = doi_in(fields)
    vernacular = clean_title(first(fields, "TT")) or None
    title, vernacular = choose_title(first(fields, "TI") or first(fields, "BTI"), vernacular)
    types = distinct(values(fields, "PT"))
    links = tuple(links_of(fields))
    keywords = distinct(word.lstrip("*") for word in values(fields, "OT"))
    others = [(first(fields, "OABL") or None, text) for text in values(fields, "OAB")]
    article = Article(
        article_id=article_id_of(pmid, pmcid, doi),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=title,
        vernacular_title=vernacular,
        journal=first(fields, "JT") or first(fields, "TA") or None,
        year=year_in(first(fields, "DP"), first(fields, "DEP")[:4]),
        language=first(fields, "LA") or None,
        authors=distinct(values(fields, "AU") + values(fields, "CN")),
        affiliations=distinct(values(fields, "AD")),
        publication_types=types,
        mesh_terms=distinct(heading.split("/")[0].strip("*") for heading in values(fields, "MH")),
        keywords=keywords,
        licence=first(fields, "CI") or None,
        is_retracted=is_retracted(types, links, title),
        links=links,
        source=raw.source,
        raw_file=raw.name,
        sections=tuple(
            front_sections(
                title, vernacular, [(None, "\n".join(values(fields, "AB")))], keywords, others
            )
        ),
    )
    return Report(article=article, form="nbib", revised_on=revised_on(first(fields, "LR")))


def values(fields: Fields, tag: str) -> list[str]:
    return [tidy(value) for value in fields.get(tag, [])]


def first(fields: Fields, tag: str) -> str:
    return next(filter(None, values(fields, tag)), "")


def doi_in(fields: Fields) -> str | None:
    """The value marked [doi]; AID and LID hold publisher item ids ([pii]) as well."""
    for value in values(fields, "LID") + values(fields, "AID"):
        if value.lower().endswith("[doi]"):
            return doi_of(value[: -len("[doi]")])
    return None


def links_of(fields: Fields) -> Iterator[Link]:
    for tag, kind in LINK_TAGS.items():
        for value in values(fields, tag):
            found = re.search(r"\s*PMID:\s*([0-9]+)", value)
            reference = value[: found.start()] if found else value
            yield Link(
                kind=kind, pmid=pmid_of(found[1]) if found else None, reference=reference or None
            )


def revised_on(value: str) -> str:
    return iso_date(value[:4], value[4:6], value[6:8])

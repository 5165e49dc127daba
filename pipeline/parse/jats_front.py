"""The front matter of a PMC article: ids, titles, abstracts, dates, authors, licence, links.

Reads an article element and its article-meta, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.parse.headings import Titled, author_name, clean_title, language_code
from pipeline.parse.jats_body import paragraph_groups
from pipeline.parse.prose import one_line, prose
from pipeline.parse.report import doi_of, pmcid_of, pmid_of, year_in
from pipeline.parse.safe_xml import Element
from pipeline.records import Link

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = "{http://www.w3.org/1999/xlink}href"
# PubMed's words for the relations of JATS, so that one column has one spelling.
RELATIONS = {
    "retraction-forward": "RetractionIn",
    "retracted-article": "RetractionOf",
    "corrected-article": "ErratumFor",
    "correction-forward": "ErratumIn",
    "commentary-article": "CommentOn",
    "commentary": "CommentIn",
    "updated-article": "UpdateOf",
    "update": "UpdateIn",
    "object-of-concern": "ExpressionOfConcernFor",
}
# Dates in the order that comes nearest to PubMed's PubDate, the date of the issue.
DATE_TYPES = ("ppub", "collection", "pub", "epub-ppub", "epub", "epreprint")


def ids_of(meta: Element) -> tuple[str | None, str | None, str | None]:
    """PMID, PMCID and DOI; newer files say pmcid and 'PMC…', older ones pmc and the number."""
    ids: dict[str, str] = {}
    for item in meta.findall("article-id"):
        ids.setdefault(item.get("pub-id-type", ""), one_line(item))
    return (
        pmid_of(ids.get("pmid")),
        pmcid_of(ids.get("pmcid")) or pmcid_of(ids.get("pmc")),
        doi_of(ids.get("doi")),
    )


def titles_of(element: Element, meta: Element) -> tuple[str, str | None, str | None]:
    """Title, vernacular title and language; a translated English title goes first, as in PubMed."""
    group = meta.find("title-group")
    language = language_code(element.get(LANG))
    if group is None:
        return "", None, language
    parts = [one_line(group.find("article-title")), one_line(group.find("subtitle"))]
    title = clean_title(": ".join(filter(None, parts)))
    for translated in group.iter("trans-title-group", "trans-title"):
        name = translated.find("trans-title") if translated.tag != "trans-title" else translated
        words = clean_title(one_line(name))
        if words and language_code(translated.get(LANG)) == "eng" and language != "eng":
            return words, title, language
    return title, None, language


def abstract_of(meta: Element) -> list[Titled]:
    """The parts of the main abstract: one for each of its headed sections."""
    return [
        group
        for abstract in meta.findall("abstract")
        if not abstract.get("abstract-type")
        for group in paragraph_groups(abstract)
    ]


def other_abstracts(meta: Element) -> list[Titled]:
    """Graphical, lay and other-language abstracts, headed by their language, else their type."""
    found: list[Titled] = []
    for abstract in [*meta.findall("abstract"), *meta.findall("trans-abstract")]:
        heading = abstract.get("abstract-type")
        if abstract.tag == "trans-abstract":
            heading = language_code(abstract.get(LANG)) or "translation"
        if heading:
            found.append((heading, prose(abstract, frozenset({"title"}))))
    return found


def keywords_of(meta: Element) -> Iterator[str]:
    for group in meta.findall("kwd-group"):
        if "abbr" not in (group.get("kwd-group-type") or "").lower():
            yield from (one_line(word) for word in group.iter("kwd"))


def journal_of(element: Element) -> str | None:
    journal = element.find("front/journal-meta")
    return (one_line(journal.find(".//journal-title")) or None) if journal is not None else None


def year_of(meta: Element) -> int | None:
    """Year of the issue, else of the electronic publication, else of any date of publication."""
    years: dict[str, str] = {}
    for date in meta.findall("pub-date"):
        kind = date.get("pub-type") or date.get("date-type") or "pub"
        years.setdefault(kind, date.findtext("year") or "")
    others = [year for kind, year in years.items() if not kind.startswith(("pmc", "nihms"))]
    return year_in(*(years.get(kind) for kind in DATE_TYPES), *others)


def authors_of(meta: Element) -> Iterator[str]:
    for person in meta.iterfind("contrib-group/contrib"):
        if person.get("contrib-type", "author") == "author":
            name = person.find("name")
            name = person.find("name-alternatives/name") if name is None else name
            if name is None:
                yield one_line(person.find("collab"))
                continue
            given = name.find("given-names")
            initials = given.get("initials", "") if given is not None else ""
            suffix = one_line(name.find("suffix"))
            yield author_name(one_line(name.find("surname")), initials, one_line(given), suffix)


def affiliations_of(meta: Element) -> Iterator[str]:
    """Where the authors work, without the number that ties a place to its authors."""
    for place in meta.iter("aff"):
        yield prose(place, frozenset({"label", "sup"})).replace("\n", " ")


def licence_of(meta: Element) -> str | None:
    """The address of the licence, else its words, else the copyright statement."""
    permissions = meta.find("permissions")
    if permissions is None:
        return one_line(meta.find("copyright-statement")) or None
    licence = permissions.find("license")
    if licence is not None:
        addresses = [licence.get(HREF), one_line(permissions.find(".//license_ref"))]
        addresses += [link.get(HREF) for link in licence.iter("ext-link", "uri")]
        known = [url for url in addresses if url and "creativecommons.org" in url]
        return next(filter(None, known + addresses), None) or one_line(licence) or None
    reference = one_line(permissions.find("license_ref"))
    return reference or one_line(permissions.find("copyright-statement")) or None


def links_of(element: Element, meta: Element) -> Iterator[Link]:
    """Retractions and errata; peer reviews and companion articles are left out."""
    for related in meta.findall("related-article"):
        kind = RELATIONS.get(related.get("related-article-type") or "")
        if element.get("article-type") == "retraction" and kind == "ErratumFor":
            kind = "RetractionOf"
        if kind:
            target = related.get(HREF) or ""
            is_pmid = related.get("ext-link-type") in ("pubmed", "pmid")
            words = re.sub(r"\s+", " ", one_line(related)) or target
            yield Link(
                kind=kind, pmid=pmid_of(target) if is_pmid else None, reference=words or None
            )

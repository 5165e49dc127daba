"""PMC full-text articles (JATS and NLM XML) as articles: ids, title, abstract, licence, links.

Reads an article element, writes nothing; the body is read by `jats_body`.
Only `front/article-meta` is asked for ids: references carry ids of other reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.parse.headings import RETRACTED_TITLE, distinct, front_sections
from pipeline.parse.jats_body import body_sections
from pipeline.parse.jats_front import (
    abstract_of,
    affiliations_of,
    authors_of,
    ids_of,
    journal_of,
    keywords_of,
    licence_of,
    links_of,
    other_abstracts,
    titles_of,
    year_of,
)
from pipeline.parse.report import Report, article_id_of, pmcid_of, problem
from pipeline.parse.safe_xml import Element
from pipeline.records import Article, ParseProblem, RawFile

# PubMed's words for the article types of JATS, so that one column has one spelling.
PUBLICATION_TYPES = {
    "case-report": "Case Reports",
    "review-article": "Review",
    "letter": "Letter",
    "editorial": "Editorial",
    "correction": "Published Erratum",
    "retraction": "Retraction of Publication",
    "research-article": "Journal Article",
}


def read_jats(root: Element, raw: RawFile) -> Iterator[Report | ParseProblem]:
    """Yield a report for every article of a PMC answer, and what PMC said of those it left out."""
    for reply in root.iter("Reply", "error"):
        if reply.get("error") or reply.tag == "error":
            said = " ".join((reply.get("error") or reply.text or "").split())[:200]
            record = pmcid_of(reply.get("Id") or reply.get("id"))
            yield problem(raw.name, f"not sent by PMC: {said}", record)
    for article in [root] if root.tag == "article" else root.iter("article"):
        yield read_article(article, raw)


def read_article(element: Element, raw: RawFile) -> Report:
    meta = element.find("front/article-meta")
    meta = element.makeelement("article-meta") if meta is None else meta
    pmid, pmcid, doi = ids_of(meta)
    title, vernacular, language = titles_of(element, meta)
    keywords = distinct(keywords_of(meta))
    body = body_sections(element)
    links = tuple(links_of(element, meta))
    kind = element.get("article-type", "")
    front = front_sections(title, vernacular, abstract_of(meta), keywords, other_abstracts(meta))
    article = Article(
        article_id=article_id_of(pmid, pmcid, doi),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=title,
        vernacular_title=vernacular,
        journal=journal_of(element),
        year=year_of(meta),
        language=language,
        authors=distinct(authors_of(meta)),
        affiliations=distinct(affiliations_of(meta)),
        publication_types=distinct([PUBLICATION_TYPES.get(kind, kind)]),
        keywords=keywords,
        has_full_text=any(section.kind == "body" for section in body),
        licence=licence_of(meta),
        is_retracted=RETRACTED_TITLE.match(title) is not None
        or any(link.kind == "RetractionIn" for link in links),
        links=links,
        source=raw.source,
        raw_file=raw.name,
        sections=(*front, *body),
    )
    return Report(article=article, form="jats")

"""PubMed XML records (efetch db=pubmed, or saved from the PubMed site) as articles.

Reads the elements of a PubmedArticleSet, writes nothing.
Ids come from the record's own places only: `//PMID` and `//ArticleId` also stand in reference
lists and comments (pubmed_250101.dtd).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.parse.headings import choose_title, clean_title, distinct, front_sections
from pipeline.parse.prose import one_line
from pipeline.parse.pubmed_parts import (
    abstract_of,
    affiliations_of,
    authors_of,
    comment_links,
    electronic_doi,
    is_retracted,
    journal_of,
    other_abstracts,
    own_ids,
    revised_on,
    year_of,
)
from pipeline.parse.report import Report, article_id_of, doi_of, pmcid_of, pmid_of, problem, year_in
from pipeline.parse.safe_xml import Element
from pipeline.records import Article, ParseProblem, RawFile

RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")


def read_pubmed(root: Element, raw: RawFile) -> Iterator[Report | ParseProblem]:
    """Yield a report, or what is wrong, for every record of a PubmedArticleSet or single record."""
    for element in [root] if root.tag in RECORDS else root:
        if element.tag == "DeleteCitation":
            for pmid in element.findall("PMID"):
                record = f"PMID:{(pmid.text or '').strip()}"
                yield problem(raw.name, "a record that was deleted from PubMed", record)
        elif element.tag == "PubmedBookArticle":
            yield read_book(element, raw)
        elif element.tag in RECORDS:
            yield read_article(element, raw)
        elif isinstance(element.tag, str):
            yield problem(raw.name, f"an element <{element.tag}> that is not a PubMed record")


def read_article(element: Element, raw: RawFile) -> Report:
    inside = element.find("MedlineCitation")
    citation = element if inside is None else inside
    content = citation.find("Article")
    content = citation if content is None else content  # a broken record: all fields stay empty
    pmid, pmcid, doi = ids_of(element, citation, content)
    vernacular = clean_title(one_line(content.find("VernacularTitle"))) or None
    title, vernacular = choose_title(one_line(content.find("ArticleTitle")), vernacular)
    types = distinct(map(one_line, content.iterfind("PublicationTypeList/PublicationType")))
    links = comment_links(citation)
    keywords = distinct(map(one_line, citation.iterfind("KeywordList/Keyword")))
    parts = (abstract_of(content), keywords, other_abstracts(citation))
    article = Article(
        article_id=article_id_of(pmid, pmcid, doi),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=title,
        vernacular_title=vernacular,
        journal=journal_of(content, citation),
        year=year_of(content),
        language=(content.findtext("Language") or "").strip() or None,
        authors=authors_of(content.find("AuthorList")),
        affiliations=affiliations_of(content.find("AuthorList")),
        publication_types=types,
        mesh_terms=distinct(map(one_line, citation.iterfind("MeshHeadingList/*/DescriptorName"))),
        keywords=keywords,
        licence=one_line(content.find("Abstract/CopyrightInformation")) or None,
        is_retracted=is_retracted(types, links, title),
        links=links,
        source=raw.source,
        raw_file=raw.name,
        sections=tuple(front_sections(title, vernacular, *parts)),
    )
    return Report(article=article, form="pubmed", revised_on=revised_on(citation))


def read_book(element: Element, raw: RawFile) -> Report:
    """A chapter of an NCBI book: it has a PMID and an abstract, but no MedlineCitation."""
    found = element.find("BookDocument")
    book = element if found is None else found
    ids = own_ids(element.find("PubmedBookData/ArticleIdList"))
    ids.update(own_ids(book.find("ArticleIdList")))
    pmid = pmid_of(book.findtext("PMID")) or pmid_of(ids.get("pubmed"))
    doi = doi_of(ids.get("doi"))
    vernacular = clean_title(one_line(book.find("VernacularTitle"))) or None
    whole = one_line(book.find("Book/BookTitle"))
    title, vernacular = choose_title(one_line(book.find("ArticleTitle")) or whole, vernacular)
    keywords = distinct(one_line(word) for word in book.iterfind("KeywordList/Keyword"))
    article = Article(
        article_id=article_id_of(pmid, None, doi),
        pmid=pmid,
        doi=doi,
        title=title,
        vernacular_title=vernacular,
        journal=whole or None,
        year=year_in(book.findtext("Book/PubDate/Year"), book.findtext("Book/PubDate/MedlineDate")),
        language=(book.findtext("Language") or "").strip() or None,
        authors=authors_of(book.find("AuthorList")),
        affiliations=affiliations_of(book.find("AuthorList")),
        publication_types=distinct(one_line(kind) for kind in book.iterfind("PublicationType")),
        keywords=keywords,
        licence=one_line(book.find("Abstract/CopyrightInformation")) or None,
        source=raw.source,
        raw_file=raw.name,
        sections=tuple(front_sections(title, vernacular, abstract_of(book), keywords, [])),
    )
    return Report(article=article, form="pubmed", revised_on=revised_on(book))


def ids_of(
    element: Element, citation: Element, content: Element
) -> tuple[str | None, str | None, str | None]:
    ids = own_ids(element.find("PubmedData/ArticleIdList"))
    pmid = pmid_of(citation.findtext("PMID")) or pmid_of(ids.get("pubmed"))
    return pmid, pmcid_of(ids.get("pmc")), doi_of(ids.get("doi")) or electronic_doi(content)

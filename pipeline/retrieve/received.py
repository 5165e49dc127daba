"""What retrieval itself needs to know of a received record. Reads bytes, writes nothing.

The parse stage reads the records for their content; here it is ids, dates and notices only.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any

import msgspec
from lxml import etree

from pipeline.retrieve.answers import normal_id, read_xml, text_of
from pipeline.retrieve.errors import Trouble

RECORD_TAGS = ("PubmedArticle", "PubmedBookArticle")
NOTICE_KINDS = {  # CommentsCorrections links that change how a report may be counted
    "RetractionIn",
    "RetractedandRepublishedIn",
    "ExpressionOfConcernIn",
    "ErratumIn",
    "UpdateIn",
    "CorrectedandRepublishedIn",
}
_IS_PMCID = re.compile(r"(?:PMC)?[0-9]{1,12}(?:\.[0-9]{1,4})?", re.I)
_NOT_AVAILABLE = re.compile(r"PMCID is not available|ID list is empty", re.I)


class PubmedRecord(msgspec.Struct, frozen=True):
    """What retrieval itself needs to know of a PubMed record."""

    pmid: str
    sha256: str
    pmcid: str | None = None
    revised_on: str | None = None
    notices: tuple[str, ...] = ()


class PmcArticle(msgspec.Struct, frozen=True):
    """What retrieval itself needs to know of a PMC article."""

    has_body: bool
    pmid: str | None = None
    licence: str | None = None
    reason: str | None = None


def pubmed_records(body: bytes) -> list[PubmedRecord]:
    """The records of an efetch answer of PubMed, articles and books."""
    root = read_xml(body)
    if root.tag != "PubmedArticleSet":
        raise Trouble("damaged", f"sent <{str(root.tag)[:30]}> in place of PubMed records")
    return [_pubmed_record(element) for element in root.iter(*RECORD_TAGS)]


def _pubmed_record(element: Any) -> PubmedRecord:
    # direct paths only: //PMID and //ArticleId would also hit the reference list
    pmid = element.findtext("MedlineCitation/PMID") or element.findtext("BookDocument/PMID")
    if not pmid:
        raise Trouble("damaged", "sent a PubMed record without a PMID")
    revised = element.find("MedlineCitation/DateRevised")
    own_ids = element.xpath("PubmedData/ArticleIdList/ArticleId[@IdType='pmc']")
    return PubmedRecord(
        pmid=normal_id(pmid),
        sha256=hashlib.sha256(etree.tostring(element, with_tail=False)).hexdigest(),
        pmcid=_pmcid(text_of(own_ids[0])) if own_ids else None,
        revised_on=_iso_date(revised) if revised is not None else None,
        notices=_notices(element),
    )


def _pmcid(text: str) -> str | None:
    return normal_id(text) if _IS_PMCID.fullmatch(text) else None


def _iso_date(element: Any) -> str | None:
    """None for a day that is none, such as 30 February: the next run reckons with it."""
    parts = [element.findtext(part) or "1" for part in ("Year", "Month", "Day")]
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except (ValueError, OverflowError):
        return None


def _notices(element: Any) -> tuple[str, ...]:
    links = element.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    notices = {
        f"{link.get('RefType')} {link.findtext('PMID') or ''}".strip()
        for link in links
        if link.get("RefType") in NOTICE_KINDS
    }
    types = element.findall("MedlineCitation/Article/PublicationTypeList/PublicationType")
    if any(text_of(kind) == "Retracted Publication" for kind in types):
        notices.add("Retracted Publication")
    return tuple(sorted(notices))


def pmc_article(body: bytes, pmcid: str) -> PmcArticle | None:
    """The article asked for, or None where PMC does not have it.

    Raises Trouble where PMC sent another article: pairs mixed up must not enter the corpus.
    """
    try:
        root = _without_namespaces(read_xml(body))
    except Trouble as trouble:
        if is_not_available(trouble):
            return None
        raise
    if root.tag not in ("pmc-articleset", "article"):
        raise Trouble("damaged", f"sent <{str(root.tag)[:30]}> in place of a PMC article")
    articles = [root] if root.tag == "article" else root.findall("article")
    if not articles:
        return None
    for article in articles:
        if _own_pmcid(article) in (pmcid, None):
            return _pmc_article(article)
    raise Trouble("damaged", f"sent another article in place of PMC{pmcid}")


def is_not_available(trouble: Trouble) -> bool:
    """True where PMC says that it does not have the article; it may do so with status 400."""
    return bool(_NOT_AVAILABLE.search(trouble.reason))


def _without_namespaces(root: Any) -> Any:
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def _own_pmcid(article: Any) -> str | None:
    paths = "front/article-meta/article-id[@pub-id-type='pmc' or @pub-id-type='pmcid']"
    return next((_pmcid(text_of(element)) for element in article.xpath(paths)), None)


def _pmc_article(article: Any) -> PmcArticle:
    body = article.find("body")  # never .//body: reviewers' reports and replies have their own
    has_body = body is not None and bool(text_of(body))
    comments = [str(node.text) for node in article.xpath("comment()")]
    forbids = any("does not allow" in comment for comment in comments)
    reason = "the publisher forbids the full text in XML" if forbids else "PMC sent no body text"
    pmid = article.findtext("front/article-meta/article-id[@pub-id-type='pmid']")
    return PmcArticle(
        has_body=has_body,
        pmid=_pmcid(pmid.strip()) if pmid else None,
        licence=_licence(article),
        reason=None if has_body else reason,
    )


def _licence(article: Any) -> str | None:
    """The licence as an address if one is given, otherwise the publisher's words, shortened."""
    for licence in article.iterfind("front/article-meta/permissions/license"):
        address = licence.get("{http://www.w3.org/1999/xlink}href")
        address = address or licence.findtext("license_ref")
        words = address.strip() if address else text_of(licence)[:200]
        if words:
            return str(words)
    return None

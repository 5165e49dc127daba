"""The parts of a PubMed record: ids, dates, authors, abstracts, links.

Reads elements of a record, writes nothing.
"""

from __future__ import annotations

from pipeline.parse.headings import NOT_A_LABEL, RETRACTED_TITLE, Titled, author_name, distinct
from pipeline.parse.prose import one_line, prose
from pipeline.parse.report import doi_of, iso_date, pmid_of, year_in
from pipeline.parse.safe_xml import Element
from pipeline.records import Link

RETRACTION_LINKS = {"RetractionIn", "RetractedandRepublishedIn"}


def own_ids(id_list: Element | None) -> dict[str, str]:
    """IdType to text, of the direct children only: references carry id lists of their own."""
    ids: dict[str, str] = {}
    for item in id_list.findall("ArticleId") if id_list is not None else []:
        ids.setdefault(item.get("IdType", "pubmed"), (item.text or "").strip())
    return ids


def electronic_doi(content: Element) -> str | None:
    for place in content.findall("ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN", "Y") != "N":
            return doi_of(place.text)
    return None


def journal_of(content: Element, citation: Element) -> str | None:
    name = one_line(content.find("Journal/Title")) or one_line(
        content.find("Journal/ISOAbbreviation")
    )
    return name or one_line(citation.find("MedlineJournalInfo/MedlineTA")) or None


def year_of(content: Element) -> int | None:
    """Year of the issue; only where it gives none, that of the electronic publication."""
    return year_in(
        content.findtext("Journal/JournalIssue/PubDate/Year"),
        content.findtext("Journal/JournalIssue/PubDate/MedlineDate"),
        content.findtext("ArticleDate/Year"),
    )


def revised_on(citation: Element) -> str:
    return iso_date(
        *(citation.findtext(f"DateRevised/{part}") for part in ("Year", "Month", "Day"))
    )


def authors_of(author_list: Element | None) -> tuple[str, ...]:
    """'Family Initials' or the collective name; misspelt variants (ValidYN='N') are left out."""
    names: list[str] = []
    for author in author_list.findall("Author") if author_list is not None else []:
        if author.get("ValidYN", "Y") != "N":
            parts = [
                one_line(author.find(part))
                for part in ("LastName", "Initials", "ForeName", "Suffix")
            ]
            names.append(
                author_name(*parts) if parts[0] else one_line(author.find("CollectiveName"))
            )
    return distinct(names)


def affiliations_of(author_list: Element | None) -> tuple[str, ...]:
    """Where the authors work, each place once; older records tell that of the first author only."""
    if author_list is None:
        return ()
    return distinct(map(one_line, author_list.iter("Affiliation")))


def abstract_of(content: Element) -> list[Titled]:
    """The parts of the abstract with their Label, else their NlmCategory."""
    return [(label_of(part), prose(part)) for part in content.iterfind("Abstract/AbstractText")]


def label_of(part: Element) -> str | None:
    for name in (part.get("Label"), part.get("NlmCategory")):
        label = " ".join((name or "").split())
        if label:
            return None if label.upper() in NOT_A_LABEL else label
    return None


def other_abstracts(citation: Element) -> list[Titled]:
    """Abstracts in another language or for lay readers, one each, headed by their language."""
    found: list[Titled] = []
    for other in citation.iterfind("OtherAbstract"):
        parts = [(label_of(part), prose(part)) for part in other.iterfind("AbstractText")]
        lines = [f"{label}: {text}" if label else text for label, text in parts if text]
        found.append((other.get("Language", "eng"), "\n".join(lines)))
    return found


def comment_links(citation: Element) -> tuple[Link, ...]:
    """Retractions, errata, updates and comments; what the report merely cites is left out."""
    return tuple(
        Link(
            kind=comment.get("RefType", ""),
            pmid=pmid_of(comment.findtext("PMID")),
            reference=one_line(comment.find("RefSource")) or None,
        )
        for comment in citation.iterfind("CommentsCorrectionsList/CommentsCorrections")
        if comment.get("RefType") != "Cites"
    )


def is_retracted(types: tuple[str, ...], links: tuple[Link, ...], title: str) -> bool:
    """True for the retracted report itself, not for the notice that retracts another one."""
    return (
        "Retracted Publication" in types
        or any(link.kind in RETRACTION_LINKS for link in links)
        or RETRACTED_TITLE.match(title) is not None
    )

"""What the readers of the formats hand on: one report each, with its ids in one spelling.

Reads nothing, writes nothing.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from pipeline.held_articles import HeldArticle, hold
from pipeline.records import Article, ParseProblem

Form = Literal["pubmed", "jats", "nbib", "text"]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One record of one file: the article, its format, and what decides between versions.

    `revised_on` is ISO 8601 (YYYY-MM-DD), empty where the record gives no date of revision.
    `position` counts the records of the file from 1.
    """

    article: Article
    form: Form
    revised_on: str = ""
    position: int = 1


class HeldReport(msgspec.Struct, frozen=True, kw_only=True):
    """The same with the article held as the bytes of its record, as it is stored and merged."""

    article: HeldArticle
    form: Form
    revised_on: str = ""
    position: int = 1


class ParsedFile(msgspec.Struct, frozen=True, kw_only=True):
    """All that one file gave; can be stored and handed back to `parse_all` as `reuse`."""

    reports: tuple[HeldReport, ...] = ()
    problems: tuple[ParseProblem, ...] = ()


def held(report: Report) -> HeldReport:
    return HeldReport(
        article=hold(report.article),
        form=report.form,
        revised_on=report.revised_on,
        position=report.position,
    )


def pmid_of(text: str | None) -> str | None:
    """The PMID without padding ('0012' is 12 to Entrez), or None where it is no number."""
    digits = (text or "").strip()
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        return None
    return str(int(digits)) if int(digits) else None


def pmcid_of(text: str | None) -> str | None:
    """'PMC2808187' from 'PMC2808187.1', 'pmc-id: PMC2808187;' or the bare number of db=pmc."""
    found = re.search(r"PMC\s*0*([0-9]{1,9})|^\s*0*([0-9]{1,9})(?:\.[0-9]+)?\s*$", text or "", re.I)
    return f"PMC{found[1] or found[2]}" if found else None


def doi_of(text: str | None) -> str | None:
    """The DOI in lower case (DOIs are compared without case: DOI Handbook 2.4), without prefix."""
    found = re.search(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+", text or "")
    return found[0].lower().rstrip(".,;") if found else None


def article_id_of(pmid: str | None, pmcid: str | None, doi: str | None) -> str:
    """The id of the contract; empty where the record gives none of the three."""
    if pmid:
        return f"PMID:{pmid}"
    if pmcid:
        return f"PMC:{pmcid}"
    return f"DOI:{doi}" if doi else ""


def iso_date(year: str | None, month: str | None, day: str | None) -> str:
    """'2024-05-01' of the parts of a date of revision; empty where the year is no year."""
    if not re.fullmatch(r"[0-9]{4}", (year or "").strip()):
        return ""
    parts = [part.strip() if part else "" for part in (month, day)]
    numbers = [int(part) if re.fullmatch(r"[0-9]{1,2}", part) else 1 for part in parts]
    return f"{(year or '').strip()}-{numbers[0]:02d}-{numbers[1]:02d}"


def year_in(*texts: str | None) -> int | None:
    """The first year 1800 to 2099 of the first text that has one ('1998 Nov-Dec' is 1998)."""
    for text in texts:
        found = re.search(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])", text or "")
        if found:
            return int(found[0])
    return None


def problem(raw_file: str, reason: str, record: str | None = None) -> ParseProblem:
    return ParseProblem(raw_file=raw_file, record=record, reason=reason)

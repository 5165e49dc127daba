"""Where a report is published and what was decided about it, as HTML.

Reads rows, writes nothing. Everything that comes from outside is escaped.
"""

from __future__ import annotations

from html import escape

from pipeline.review.decisions import Decision
from pipeline.review.look import Row


def source_html(article: Row) -> str:
    """Title, year and links of a report."""
    title, year = escape(article["title"]), escape(str(article["year"] or "no year"))
    return f"<p><b>{title}</b> ({year})<br>{links_html(article)}</p>"


def screening_html(article: Row, pending: Decision | None) -> str:
    """Why a report is in or out, who decided, and the decision that waits for a run, if any."""
    words = f' because of "{escape(article["quote"])}"' if article["quote"] else ""
    lines = [
        f"{article['decision']} as {article['reason']}{words}, decided by {article['decided_by']};"
        f" design {article['design']};"
        f" extraction: {article['extraction']} {escape(article['message'] or '')}"
    ]
    if pending is not None:
        lines.append(
            f"Decided by {escape(pending.reviewer)}: <b>{escape(pending.value_after)}</b>"
            f" {escape(pending.reason)}; a run applies it."
        )
    return f"{source_html(article)}<p>{'<br>'.join(lines)}</p>"


def links_html(article: Row) -> str:
    """Links to the report where it is published; only addresses made of checked identifiers."""
    links = []
    pmid, doi = str(article["pmid"] or ""), str(article["doi"] or "")
    pmcid = str(article["pmcid"] or "")
    if pmid.isdecimal():
        links.append((f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/", f"PubMed {pmid}"))
    if pmcid.removeprefix("PMC").isdecimal():
        links.append((f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/", pmcid))
    if doi.startswith("10."):
        links.append((f"https://doi.org/{doi}", f"doi:{doi}"))
    return " · ".join(
        f'<a href="{escape(url, quote=True)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(label)}</a>"
        for url, label in links
    )

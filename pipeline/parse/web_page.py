"""A saved web page (HTML) of a report as plain text, with what its head says of the report.

Reads HTML, writes nothing; nothing in a page is run or fetched. Scripts, styles, navigation and
forms are dropped, tables become rows of cells, and inscriptis lays out the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from inscriptis import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree, html

from pipeline.parse.jats_table import table_text
from pipeline.parse.safe_xml import Element, UnreadableError

MOST_CHARACTERS = 20_000_000
MOST_DEPTH = 200  # elements in one another; beyond it a page is damaged or hostile
DROPPED = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas",
    "nav", "form", "button", "select", "input", "textarea", "video", "audio", "dialog",
)  # fmt: skip
BESIDE = ("header", "footer", "aside")
MARK = re.compile(r"[\[(]?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*[\])]?[,;]?")
INDENT = re.compile(r"^\s*(?:[*•] )?\s*(?=\S)")
POWER = re.compile(r"[+\-−–]?\d{1,2}")
ID_NAMES = {
    "citation_title": "title", "dc.title": "title", "citation_doi": "doi", "dc.identifier": "doi",
    "citation_pmid": "pmid", "citation_journal_title": "journal", "citation_language": "language",
    "citation_publication_date": "year", "citation_date": "year", "citation_year": "year",
    "dc.date": "year", "dc.rights": "licence",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """The text of a page and what its head says: title, doi, pmid, journal, year, licence."""

    text: str
    head: dict[str, str] = field(default_factory=dict)


def read_page(source: str) -> Page:
    """The page as text; raises UnreadableError where it is too large, too deep or no page."""
    if len(source) > MOST_CHARACTERS:
        raise UnreadableError(f"a web page larger than {MOST_CHARACTERS // 10**6} million signs")
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(source.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("a web page (HTML) that cannot be read") from error
    if depth_of(root) > MOST_DEPTH:
        raise UnreadableError("a web page (HTML) with elements nested too deep")
    head = head_of(root)
    article = main_part(root)
    prepare(article)
    return Page(laid_out(article), head)


def depth_of(root: Element) -> int:
    """The deepest nesting; walked without recursion."""
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def head_of(root: Element) -> dict[str, str]:
    """What the meta elements (Highwire and Dublin Core names) and the links say, the first each."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = ID_NAMES.get((meta.get("name") or "").lower())
        value = " ".join((meta.get("content") or "").split())
        if name and value and (name != "doi" or "10." in value):
            found.setdefault(name, value)
    for link in root.iter("link", "a"):
        if "license" in (link.get("rel") or "").lower().split() and link.get("href"):
            found["licence"] = link.get("href")
    title = next((" ".join(h.text_content().split()) for h in root.iter("h1")), "")
    found.setdefault("title", title)
    return found


def main_part(root: Element) -> Element:
    """The article of the page, else its main part, else its body."""
    for name in ("article", "main", "body"):
        parts = [part for part in root.iter(name) if len(part.text_content()) > 300]
        if len(parts) == 1:
            return parts[0]
    body = root.find("body")
    return root if body is None else body


def prepare(root: Element) -> None:
    """Drop what is not the report's, and make tables and raised signs what a text can hold."""
    for element in list(root.iter(*DROPPED, *BESIDE)):
        if element is not root and (element.tag in DROPPED or not element.findall(".//p")):
            element.drop_tree()
    for element in [e for e in root.iter("sup") if e is not root]:
        if element.getparent() is not None:  # one within another went with it
            place_raised(element)
    for table in [t for t in root.iter("table") if t is not root]:
        if is_of_data(table):
            as_rows(table)


def place_raised(element: Element) -> None:
    """A reference number gets brackets ('lambda3' is no chain), a power its caret."""
    said = "".join(element.itertext()).strip()
    before = element.getprevious()
    ahead = (before.tail if before is not None else element.getparent().text) or ""
    shown = f"^{said}" if POWER.fullmatch(said) and ahead[-1:].isdigit() else ""
    if MARK.fullmatch(said) and not shown:
        shown = f"[{said.strip('[]();, ')}]"
    if shown:
        for child in list(element):
            child.drop_tree()
        element.text = shown


def is_of_data(table: Element) -> bool:
    """True for rows of cells; a table that lays out a page holds paragraphs or other tables."""
    rows = list(table.iter("tr"))
    is_layout = any(True for _ in table.iterdescendants("table")) or len(rows) < 2
    return not is_layout and max(len(row.findall("*")) for row in rows) > 1


def as_rows(table: Element) -> None:
    """The table as preformatted rows, its caption on a line before them."""
    caption = table.find("caption")
    lines = [" ".join(caption.text_content().split())] if caption is not None else []
    if caption is not None:
        caption.drop_tree()
    rows = html.Element("pre")
    rows.text = "\n".join([*lines, table_text(table)])
    rows.tail = table.tail
    table.getparent().replace(table, rows)


def laid_out(root: Element) -> str:
    """The text of the page as inscriptis lays it out, without marks of lists and indents."""
    text = Inscriptis(root, ParserConfig(display_links=False, display_images=False)).get_text()
    lines = (line.rstrip() for line in text.replace("\u00a0", " ").splitlines())
    kept = [INDENT.sub("", line) if "|" not in line else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"

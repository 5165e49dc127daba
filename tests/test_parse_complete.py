"""Nothing of a JATS article's text is lost: words and digits are counted on both sides.

The other side is counted by other means than the parser's: the text nodes of the XML, whatever
element they stand in, without what the parser leaves out on purpose (named below).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from pipeline.parse import parse_file
from pipeline.records import Article, RawFile

ENTREZ = Path(__file__).parents[2] / "shared" / "data" / "entrez"
WRITTEN = Path(__file__).parent / "data" / "fulltext"
# Lists of other people's reports, other people's text, and what is shown by no letter.
LEFT_OUT = {"ref-list", "sub-article", "response", "graphic", "inline-graphic", "object-id",
            "alt-text", "long-desc", "index-term", "sec-meta"}  # fmt: skip
PARTS = ("front/article-meta/abstract", "front/article-meta/trans-abstract", "body", "back",
         "floats-group")  # fmt: skip
UNITS = {"p", "td", "th", "caption", "def-list", "list", "disp-formula", "disp-quote", "boxed-text"}
MARK_TYPES = {None, "bibr", "fn", "table-fn", "aff", "corresp"}
READ_KINDS = ("abstract", "other_abstract", "body", "legend", "table", "back")


def jats_files() -> list[Path]:
    folders = [folder for folder in (ENTREZ, WRITTEN) if folder.is_dir()]
    paths = (p for folder in folders for p in sorted(folder.rglob("*")))
    return [p for p in paths if p.suffix in (".xml", ".nxml") and b"<article" in p.read_bytes()]


def articles_in(path: Path) -> list[etree._Element]:
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(recover=True, no_network=True))
    return [e for e in root.iter("article") if e.find("front") is not None]


def told(element: etree._Element, times: int = 1) -> Iterator[tuple[str, int]]:
    """The text of the units below an element, with how often a spanning cell is shown."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in LEFT_OUT:
            continue
        if child.tag in UNITS:
            height = min(int(child.get("rowspan") or 1), rows_left(child))
            yield "".join(nodes(child)), times * height
        else:
            yield from told(child, times)


def rows_left(cell: etree._Element) -> int:
    """A span that reaches below the table's last row is shown only where there is a row."""
    table = next((a for a in cell.iterancestors("table")), None)
    if table is None:
        return 1
    rows = list(table.iter("tr"))
    return len(rows) - rows.index(cell.getparent())


def nodes(element: etree._Element) -> Iterator[str]:
    """Every text node below an element in order; reference marks and doubled formulas are none."""
    if element.tag == "tex-math" and element.getparent().find("{*}math") is not None:
        return
    is_mark = element.tag == "xref" and element.get("ref-type") in MARK_TYPES
    whole = "".join(element.itertext())
    if is_mark and not re.search(r"[^\W\d_]{3}|\b(?:1[89]|20)\d\d", whole):
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in LEFT_OUT:
            is_block = child.tag in (*UNITS, "break", "title", "label", "term", "tr", "sec")
            is_block |= is_raised_letter(child)
            yield " " if is_block else ""
            yield from nodes(child)
            yield " " if is_block else ""
        yield child.tail or ""


def is_raised_letter(element: etree._Element) -> bool:
    """A footnote mark in a cell, a word of its own."""
    is_in_cell = any(True for _ in element.iterancestors("td", "th"))
    return is_in_cell and element.tag == "sup" and len("".join(element.itertext()).strip()) == 1


def counted(pieces: Iterator[tuple[str, int]]) -> Counter[str]:
    """Words of two letters and more, and single digits, which no superscript can run together."""
    counts: Counter[str] = Counter()
    for text, times in pieces:
        for word in re.findall(r"[^\W\d_]{2,}|\d", text):
            counts[word] += times
    return counts


def counted_in_xml(article: etree._Element) -> Counter[str]:
    parts = [part for path in PARTS for part in article.findall(path)]
    return sum((counted(told(part)) for part in parts), Counter())


def counted_in_sections(article: Article) -> Counter[str]:
    return counted((s.text, 1) for s in article.sections if s.kind in READ_KINDS)


@pytest.mark.parametrize("path", jats_files(), ids=lambda path: path.name)
def test_every_word_of_every_paragraph_and_cell_is_in_the_sections(path: Path) -> None:
    raw = RawFile(path=str(path), name=path.name, source="import", sha256="")
    parsed, problems = parse_file(raw)
    elements = articles_in(path)
    assert problems == []
    assert len(parsed) == len(elements)
    for article, element in zip(parsed, elements, strict=True):
        given, kept = counted_in_xml(element), counted_in_sections(article)
        lost, added = given - kept, kept - given
        assert lost == Counter(), article.article_id
        assert added == Counter(), article.article_id
        assert given.total() > 10

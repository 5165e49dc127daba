"""The body of a PMC article as sections: paragraphs by heading, legends, tables.

Reads an article element, writes nothing.
Only `article/body` and `article/floats-group` are read: sub-articles and responses have bodies of
their own, with other people's words (JATS 1.3, <sub-article>).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.parse.headings import Titled, numbered
from pipeline.parse.jats_table import table_text
from pipeline.parse.prose import BREAK, collect, one_line, place, prose, tidy
from pipeline.parse.safe_xml import Element
from pipeline.records import Section

FLOATS = frozenset({"fig", "table-wrap", "fig-group", "table-wrap-group"})
READ_ELSEWHERE = FLOATS | {"ref-list", "sec-meta"}
# What a section holds beside its paragraphs.
NOT_PARAGRAPHS = READ_ELSEWHERE | {"title", "label", "object-id"}


def body_sections(article: Element) -> list[Section]:
    """Sections 'body-1' …, then 'legend-1' …, then 'table-1' …, each kind in document order."""
    body = article.find("body")
    groups = list(paragraph_groups(body)) if body is not None else []
    holders = [part for part in (body, article.find("floats-group")) if part is not None]
    floats = [each for part in holders for each in part.iter("fig", "table-wrap")]
    return [
        *numbered("body", groups, from_one=True),
        *numbered("legend", map(legend_of, floats), from_one=True),
        *numbered("table", (table for each in floats for table in tables_of(each)), from_one=True),
    ]


def paragraph_groups(element: Element, path: tuple[str, ...] = ()) -> Iterator[Titled]:
    """Yield (headings joined by ' > ', text) for each run of paragraphs between nested sections."""
    heading = " > ".join(path) or None
    pieces: list[str] = []
    for child in element:
        if child.tag == "sec":
            yield heading, tidy("".join(pieces))
            pieces = []
            title = one_line(child.find("title")) or one_line(child.find("label"))
            yield from paragraph_groups(child, (*path, title) if title else path)
        elif child.tag not in NOT_PARAGRAPHS:
            place(child, pieces, READ_ELSEWHERE)
            pieces.append(child.tail or "")
    yield heading, tidy("".join(pieces))


def legend_of(element: Element) -> Titled:
    """The caption of a figure or table and the notes below it, headed by its label."""
    pieces: list[str] = []
    for part in element:
        if part.tag in ("caption", "table-wrap-foot"):
            collect(part, pieces, frozenset())
            pieces.append(BREAK)
    return label_of(element), tidy("".join(pieces))


def tables_of(element: Element) -> Iterator[Titled]:
    """Each table as rows of cells, headed by label and caption title: they say whose patients."""
    title = one_line(element.find("caption/title")) or one_line(element.find("caption/p"))
    heading = " > ".join(filter(None, (label_of(element), title))) or None
    for table in element.iter("table") if element.tag == "table-wrap" else ():
        yield heading, table_text(table)


def label_of(element: Element) -> str | None:
    return prose(element.find("label")).replace("\n", " ") or None

"""The body of a PMC article as sections: paragraphs by heading, legends, tables.

Reads an article element, writes nothing.
Only `article/body`, `article/back` and `article/floats-group` are read: sub-articles and responses
have bodies of their own, with other people's words (JATS 1.3, <sub-article>).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.parse.headings import Titled, numbered
from pipeline.parse.jats_table import table_text
from pipeline.parse.prose import BREAK, collect, one_line, place, prose, tidy_cited
from pipeline.parse.safe_xml import Element
from pipeline.records import Section

FLOATS = frozenset({"fig", "table-wrap", "fig-group", "table-wrap-group"})
READ_ELSEWHERE = FLOATS | {"ref-list", "sec-meta"}
# What a section holds beside its paragraphs.
NOT_PARAGRAPHS = READ_ELSEWHERE | {"title", "label", "object-id"}
# Parts of `back` that tell of the patients; the others are notes about the report.
APPENDED = ("app-group", "app")
NESTED = ("sec", "notes", "app")


def body_sections(article: Element) -> list[Section]:
    """Sections 'body-1' …, 'legend-1' …, 'table-1' …, 'back-1' …, each kind in document order."""
    body, back = article.find("body"), article.find("back")
    groups = list(paragraph_groups(body)) if body is not None else []
    if back is not None:
        groups += [group for part in back.iterchildren(*APPENDED) for group in named_groups(part)]
    holders = [part for part in (body, article.find("floats-group"), back) if part is not None]
    floats = [each for part in holders for each in part.iter(*FLOATS)]
    return [
        *numbered("body", groups, from_one=True),
        *numbered("legend", map(legend_of, floats), from_one=True),
        *numbered("table", (table for each in floats for table in tables_of(each)), from_one=True),
        *numbered("back", notes_of(back) if back is not None else (), from_one=True),
    ]


def notes_of(back: Element) -> Iterator[Titled]:
    """Acknowledgements, notes, abbreviations: not the references, which are other reports."""
    for part in back:
        if isinstance(part.tag, str) and part.tag not in (*APPENDED, *READ_ELSEWHERE):
            yield from named_groups(part)


def named_groups(part: Element) -> Iterator[Titled]:
    title = one_line(part.find("title"))
    return paragraph_groups(part, (title,) if title else ())


def paragraph_groups(element: Element, path: tuple[str, ...] = ()) -> Iterator[Titled]:
    """Yield (headings joined by ' > ', text) for each run of paragraphs between nested sections."""
    heading = " > ".join(path) or None
    pieces: list[str] = []
    for child in element:
        if child.tag in NESTED:
            yield heading, tidy_cited("".join(pieces))
            pieces = []
            title = one_line(child.find("title")) or one_line(child.find("label"))
            yield from paragraph_groups(child, (*path, title) if title else path)
        elif child.tag not in NOT_PARAGRAPHS:
            place(child, pieces, READ_ELSEWHERE)
            pieces.append(child.tail or "")
    yield heading, tidy_cited("".join(pieces))


def legend_of(element: Element) -> Titled:
    """The caption of a figure or table and the notes below it, headed by its label."""
    pieces: list[str] = []
    for part in element:
        if part.tag in ("caption", "table-wrap-foot"):
            collect(part, pieces, frozenset())
            pieces.append(BREAK)
    return label_of(element), tidy_cited("".join(pieces))


def tables_of(element: Element) -> Iterator[Titled]:
    """Each table as rows of cells, headed by label and caption title: they say whose patients."""
    title = one_line(element.find("caption/title")) or one_line(element.find("caption/p"))
    heading = " > ".join(filter(None, (label_of(element), title))) or None
    for table in element.iter("table") if element.tag == "table-wrap" else ():
        yield heading, table_text(table)


def label_of(element: Element) -> str | None:
    return prose(element.find("label")).replace("\n", " ") or None

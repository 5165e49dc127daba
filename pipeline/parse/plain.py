"""Plain text of one report as an Article: title, headings and boilerplate found by their form.

Reads text, writes nothing.
Every section is a slice of the text given (line breaks inside a paragraph as blanks), so that
offsets into a section plus the section's place are offsets into the text given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.language.sections import AIMS
from pipeline.parse.lines import (
    end_of_note,
    is_long,
    is_prose,
    is_reference,
    is_sentence,
    unwrapped,
)
from pipeline.parse.page_headings import (
    BESIDE,
    begins_section,
    headings_of,
    is_heading_line,
    role_named,
)
from pipeline.parse.plain_body import with_body
from pipeline.parse.plain_tables import Placed, blanked, outside, tables_in
from pipeline.records import Article, Section

TITLE_LENGTH = 300
Part = tuple[int, int, str, str | None]  # start, end, kind, heading
ENDING_ROLES = ("keywords", "other")
# What stands below these is told from its first word on, be it a sentence or not.
TOLD_AT_ONCE = re.compile(r"(?:final |correct )?diagnos[ei]s|answers?", re.IGNORECASE)
AIM = re.compile(rf"{AIMS}\W{{0,2}}", re.IGNORECASE)
FIRST_SENTENCE = re.compile(r"[^.?!]{0,400}[.?!](?=\s)")
REFERENCES = re.compile(r"references|bibliogra\w+|mesh terms|publication types?", re.IGNORECASE)


@dataclass(frozen=True)
class PlacedSection:
    """A section and where its text begins in the text given."""

    section: Section
    offset: int


@dataclass(frozen=True)
class PlainReport:
    """An article made of plain text, with the place of every section."""

    article: Article
    places: dict[str, int]


def read_plain(text: str, name: str, title: str | None = None) -> PlainReport:
    """The text as an article 'FILE:<name>'; without a title, its first short line is taken."""
    placed = list(sections_of(text, (title or "").strip()))
    found_title = title.strip() if title and title.strip() else title_in(placed)
    sections = with_body([p.section for p in placed])
    if title and title.strip():
        sections.insert(0, Section(section="title", kind="title", text=title.strip()))
    article = Article(
        article_id=f"FILE:{name}",
        title=found_title,
        source="import",
        raw_file=name,
        has_full_text=any(s.kind == "body" for s in sections),
        sections=tuple(sections),
    )
    return PlainReport(article, {p.section.section: p.offset for p in placed})


def title_in(placed: list[PlacedSection]) -> str:
    return next((p.section.text for p in placed if p.section.kind == "title"), "")


@dataclass(frozen=True)
class Block:
    """A heading (None before the first) and the span of the text below it."""

    heading: str | None
    start: int
    end: int


def sections_of(text: str, title: str) -> Iterator[PlacedSection]:
    """The blocks of the text as sections, tables and captions in their places among them; what
    stands before the first prose is front matter."""
    tables = tables_in(text)
    whole = unwrapped(blanked(text, tables), is_heading_line, begins_section)
    parts = [*prose_parts(whole, tables, title), *map(table_part, tables)]
    counts: Counter[str] = Counter()
    for start, end, kind, heading in sorted(parts):
        name = kind if kind in ("table", "legend") else "text"
        counts[name] += 1
        key = "title" if kind == "title" else f"{name}-{counts[name]}"
        told = text if kind == "table" else whole if kind != "legend" else text.replace("\n", " ")
        yield PlacedSection(
            Section(section=key, kind=kind, title=heading, text=told[start:end]), start
        )


def table_part(placed: Placed) -> Part:
    return placed.start, placed.end, placed.kind, placed.title or None


def prose_parts(text: str, tables: Sequence[Placed], title: str) -> Iterator[Part]:
    """The parts of the text outside its tables."""
    blocks = list(blocks_of(text))
    body_start = first_prose(text, blocks)
    for block in blocks:
        for start, end, kind, heading in parts_of(text, block, body_start, title):
            for first, last in outside(start, end, tables):
                if text[first:last].strip():
                    yield trimmed(text, first, last, kind, heading)


def parts_of(text: str, block: Block, body_start: int, title: str) -> Iterator[Part]:
    """A block, cut where front matter ends and where a list of words gives way to prose."""
    role = role_named(block.heading) if block.heading else None
    cut = min(max(block.start, body_start), block.end)
    if role in ENDING_ROLES and cut > block.start:
        block, role = Block(None, block.start, block.end), None
    if role not in ENDING_ROLES and not TOLD_AT_ONCE.fullmatch(block.heading or ""):
        cut = max(cut, first_sentence(text, cut, block.end))
    if text[block.start : cut].strip():
        yield from front_matter(text, block.start, cut, title)
    if not text[cut : block.end].strip():
        return
    end = block.end
    if AIM.fullmatch(block.heading or "") and block.end == len(text):
        end = end_of_aim(text, cut, end)
    if role in ENDING_ROLES:
        end = end_of_list(text, cut, block.end, block.heading or "")
    kind = {"keywords": "keywords", "other": "front"}.get(role or "", "abstract")
    if text[cut:end].strip():
        yield trimmed(text, cut, end, kind, block.heading)
    if text[end : block.end].strip():
        yield trimmed(text, end, block.end, "abstract", None)


def front_matter(text: str, start: int, end: int, title: str) -> Iterator[Part]:
    """Its first short line is the title where none was given; the rest says nothing of patients."""
    if not title and start == 0:
        line = re.match(r"\s*(\S[^\n]*)", text[:end])
        if line and len(line.group(1)) <= TITLE_LENGTH:
            yield line.start(1), line.end(1), "title", None
            start = line.end(1)
    if text[start:end].strip():
        yield trimmed(text, start, end, "front", None)


def first_sentence(text: str, start: int, end: int) -> int:
    """Past the short lines (journal, date, authors) that stand before a block's first sentence."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text[start:end]))
    for is_told in (is_sentence, is_long):
        for line in lines:
            if is_told(line.group()) and not is_reference(line.group()):
                return start + line.start()
    return start if len(lines) <= 1 else end


def trimmed(text: str, start: int, end: int, kind: str, heading: str | None) -> Part:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + len(piece.rstrip()), kind, heading


def blocks_of(text: str) -> Iterator[Block]:
    """The text between headings, in order."""
    heading, start = None, 0
    for title, begin, end in headings_of(text):
        if text[start:begin].strip() or heading is not None:
            yield Block(heading, start, begin)
        heading, start = title, end
    yield Block(heading, start, len(text))


def first_prose(text: str, blocks: list[Block]) -> int:
    """Where the first line of prose, or the text below the first heading, begins."""
    for line in re.finditer(r"[^\n]+", text):
        if is_prose(line.group()):
            return line.start()
        for block in blocks:
            if block.heading and block.start < line.end() and line.start() < block.end:
                role = role_named(block.heading)
                if role not in (*ENDING_ROLES, None):
                    return block.start
    return 0


def end_of_aim(text: str, start: int, end: int) -> int:
    """Where no other heading follows an aim, it is its first sentence: the report goes on."""
    sentence = FIRST_SENTENCE.match(text, start, end)
    return sentence.end() if sentence else end


def end_of_list(text: str, start: int, end: int, heading: str) -> int:
    """Keywords, references and the like end where prose begins again: after a line break or,
    where the heading stood within a line, at the next sentence that tells something."""
    if BESIDE.fullmatch(heading):
        return end
    if not REFERENCES.match(heading):
        first_end = text.find("\n", start, end)
        stop = end_of_note(text, start, end if first_end < 0 else first_end)
        if stop is not None:
            return stop
    for line in re.finditer(r"(?<=\n)[^\n]+", text[start:end]):
        if is_prose(line.group()) and not re.match(r"\s*([-•*·]|\d+[.)])\s", line.group()):
            return start + line.start()
    return end

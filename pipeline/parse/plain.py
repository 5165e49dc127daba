"""Plain text of one report as an Article: title, headings and boilerplate found by their form.

Reads text, writes nothing.
Every section is a slice of the text given (line breaks inside a paragraph as blanks), so that
offsets into a section plus the section's place are offsets into the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.sections import role_of_heading
from pipeline.records import Article, Section

PROSE_LENGTH = 80
HEADING_LENGTH = 60
TITLE_LENGTH = 300
ENDING_ROLES = ("keywords", "other")
INLINE = (
    r"Abstract|ABSTRACT|Summary|Background|BACKGROUND|Introduction|INTRODUCTION|Objectives?"
    r"|OBJECTIVES?|Methods|METHODS|Materials and [Mm]ethods|Patients and [Mm]ethods|Results|RESULTS"
    r"|Conclusions?|CONCLUSIONS?|Case [Rr]eports?|CASE REPORTS?|Case [Pp]resentations?"
    r"|CASE PRESENTATIONS?|Case [Ss]tudy|Case [Dd]escription|Case [Ss]ummary|CASE SUMMARY"
    r"|Report of (?:a )?[Cc]ases?|REPORT OF (?:A )?CASES?|Case [Hh]istory"
    r"|Observations?|OBSERVATIONS?|Discussion|DISCUSSION|Comment|COMMENT|Key ?-?[Ww]ords|KEY ?WORDS"
    r"|Purpose|Aims?|Patient concerns|Diagnos[ie]s|Interventions?|Outcomes?|Lessons"
    r"|Resumen|Resumo|Résumé|Zusammenfassung|Palabras clave|Palavras-chave|Mots[- ]clés"
    r"|Caso clínico|Relato de caso|Introducción|Introdução|Discusión|Discussão|Hintergrund"
    r"|Fallbericht|Kasuistik|Correspondence(?: Address)?|How to cite this (?:article|URL)"
    r"|Conflicts? of [Ii]nterest|Funding|References|REFERENCES|Acknowledge?ments?"
    r"|MeSH [Tt]erms|Publication [Tt]ypes?|Substances|Learning points?|Teaching points?"
)
AT_LINE_START = re.compile(
    rf"(?P<heading>{INLINE})\s*(?::|\||[-–—](?=\s)|\.(?=\s)|(?=\s+[A-Z0-9¿]))\s*"
)
INSIDE_LINE = re.compile(
    rf"(?:(?<=[.?!)\]]\s)|(?<=[.?!]))(?P<heading>{INLINE}|Case \d|CASE \d|Patient \d)"
    r"(?::\s*|\s*\|\s*|\s+(?=[A-Z0-9]))"
)
CASE_AT_START = re.compile(
    r"(?P<heading>(?:Case|CASE|Patient|PATIENT|Caso|Cas|Fall)\s*(?:no\.?\s*)?"
    r"(?:\d{1,2}|[IVX]{1,4}|[A-H]))\s*[:.\-–—]\s*"
)
TERMINAL = (".", "!", "?", ":", ";")
SENTENCE = re.compile(r"[a-z]{3,}[^\n]*[.?!](\s|$)")
CITATION = re.compile(
    r"\b(19|20)\d\d[^\n]{0,20};\s*\d+|\bdoi\b|https?:|\bcited (19|20)\d\d", re.IGNORECASE
)


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
    sections = [p.section for p in placed]
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
    """The blocks of the text as sections; what stands before the first prose is front matter."""
    blocks = list(blocks_of(text))
    body_start = first_prose(text, blocks)
    number = 0
    for block in blocks:
        for start, end, kind, heading in parts_of(text, block, body_start, title):
            number += 1
            key = "title" if kind == "title" else f"text-{number}"
            section = Section(
                section=key, kind=kind, title=heading, text=unwrapped(text[start:end])
            )
            yield PlacedSection(section, start)


Part = tuple[int, int, str, str | None]


def parts_of(text: str, block: Block, body_start: int, title: str) -> Iterator[Part]:
    """A block, cut where front matter ends and where a list of words gives way to prose."""
    role = role_of_heading(block.heading) if block.heading else None
    cut = min(max(block.start, body_start), block.end)
    if role in ENDING_ROLES and cut > block.start:
        block, role = Block(None, block.start, block.end), None
    if role not in ENDING_ROLES:
        cut = max(cut, first_sentence(text, cut, block.end))
    if text[block.start : cut].strip():
        yield from front_matter(text, block.start, cut, title)
    if not text[cut : block.end].strip():
        return
    end = end_of_list(text, cut, block.end) if role in ENDING_ROLES else block.end
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
    for line in lines:
        if SENTENCE.search(line.group()) and not is_reference(line.group()):
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


def headings_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Every heading with the span it takes: lines of their own, at a line's start, within it."""
    for line in re.finditer(r"[^\n]+", text):
        offset = line.start() + len(line.group()) - len(line.group().lstrip())
        content = line.group().strip()
        if not content:
            continue
        if len(content) <= HEADING_LENGTH and is_heading_line(content):
            yield content.strip(" :|*#"), offset, offset + len(content)
            continue
        position = 0
        while found := AT_LINE_START.match(content, position) or (
            CASE_AT_START.match(content) if position == 0 else None
        ):
            yield found["heading"], offset + found.start(), offset + found.end()
            position = found.end()
        for inner in INSIDE_LINE.finditer(content, position):
            yield inner["heading"], offset + inner.start(), offset + inner.end()


def is_heading_line(content: str) -> bool:
    bare = content.strip(" :|*#")
    return not content.endswith((".", ",")) and role_of_heading(bare) is not None


def first_prose(text: str, blocks: list[Block]) -> int:
    """Where the first line of prose, or the text below the first heading, begins."""
    for line in re.finditer(r"[^\n]+", text):
        if is_prose(line.group()):
            return line.start()
        for block in blocks:
            if block.heading and block.start <= line.start() < block.end:
                role = role_of_heading(block.heading)
                if role not in (*ENDING_ROLES, None):
                    return block.start
    return 0


def is_prose(line: str) -> bool:
    is_long = len(line.strip()) >= PROSE_LENGTH
    return is_long and SENTENCE.search(line) is not None and not is_reference(line)


def is_reference(line: str) -> bool:
    """A short line with a year, volume and page, a DOI or an address: a citation, not prose."""
    return len(line) < 400 and CITATION.search(line) is not None


def end_of_list(text: str, start: int, end: int) -> int:
    """Keywords, references and the like end where, after a line break, prose begins again."""
    for line in re.finditer(r"(?<=\n)[^\n]+", text[start:end]):
        if is_prose(line.group()) and not re.match(r"\s*([-•*·]|\d+[.)])\s", line.group()):
            return start + line.start()
    return end


def unwrapped(text: str) -> str:
    """A line break inside a sentence becomes a blank, one character for one."""

    def joined(found: re.Match[str]) -> str:
        before = text[: found.start()].rsplit("\n", 1)[-1].rstrip()
        after = text[found.end() : found.end() + 1]
        is_wrapped = len(before) >= 40 and not before.endswith(TERMINAL)
        return " " if is_wrapped or (before and after.islower()) else "\n"

    return re.sub(r"\n(?=[^\n])", joined, text)

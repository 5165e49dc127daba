"""Tables and captions in plain text: rows with cells between '|', tabs or wide gaps.

Reads text, writes nothing. What is found is a slice of the text, like every other section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NUMBER = r"(?:\d{1,2}|[IVX]{1,4})"
CAPTION = re.compile(
    rf"(?P<label>(?:Table|TABLE|Tabla|Tabela|Tableau|Tabelle) {NUMBER})(?:\s*[.:|–-]\s*|\s+|$)"
    r"(?P<words>.*)"
)
FIGURE = re.compile(rf"(?P<label>(?:Figure|FIGURE|Fig\.?|Figura|Abb\.?) ?{NUMBER})\s*[.:|–]\s*\S")
DIVIDED = re.compile(r"\||\t")
WIDE_GAPS = re.compile(r"\S {2,}\S.*\S {2,}\S")
NOTE = re.compile(r"\s*(?:[*†‡§¶+−–^-]|[a-d][) ]|[A-Z]{2}\w*\s?[,:=]|Abbreviations?\b|Notes?\b)")
LEAST_ROWS = 2
LEAST_ROWS_ALONE = 3
MOST_CAPTION = 300
MOST_NOTES = 4
MOST_ACROSS = 80
MOST_PLACED = 400  # a text with more is a listing, not a report


@dataclass(frozen=True)
class Placed:
    """A table or a caption: its span in the text, its kind and its heading."""

    start: int
    end: int
    kind: str
    title: str


@dataclass(frozen=True)
class Line:
    text: str
    start: int
    end: int


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank."""
    found = re.finditer(r"[^\n]*\S[^\n]*", text)
    return [Line(line.group(), line.start(), line.end()) for line in found]


def tables_in(text: str) -> list[Placed]:
    """The tables of a text with their captions and notes, and the captions of its figures."""
    lines = lines_of(text)
    placed: list[Placed] = []
    for first, last in runs_of_rows(lines, text):
        captions = caption_above(lines, first)
        if not is_table(lines[first:last], bool(captions)):
            continue
        label, words = captions_read(captions)
        title = " > ".join(filter(None, (label, words)))
        if captions:
            placed.append(Placed(captions[0].start, captions[-1].end, "legend", label))
        placed.append(Placed(lines[first].start, lines[last - 1].end, "table", title))
        notes = notes_below(lines, last, text)
        if notes:
            placed.append(Placed(notes[0].start, notes[-1].end, "legend", label))
    figures = [(line, FIGURE.match(line.text.strip())) for line in lines]
    placed += [Placed(line.start, line.end, "legend", m["label"]) for line, m in figures if m]
    return sorted(placed, key=lambda one: one.start)[:MOST_PLACED]


def runs_of_rows(lines: Sequence[Line], text: str) -> Iterator[tuple[int, int]]:
    """Spans of consecutive lines, with no blank line between, that could be rows."""
    first = 0
    while first < len(lines):
        last = first
        while last < len(lines) and is_next(lines, first, last, text):
            if not (is_row(lines[last].text) or (last > first and is_across(lines, last, text))):
                break
            last += 1
        if last - first >= LEAST_ROWS:
            yield first, last
        first = max(last, first + 1)


def is_row(line: str) -> bool:
    return DIVIDED.search(line.strip("\t ")) is not None or WIDE_GAPS.search(line) is not None


def is_across(lines: Sequence[Line], number: int, text: str) -> bool:
    """A line with one cell between rows: 'Treatment' above the rows that tell of it."""
    is_short = len(lines[number].text) <= MOST_ACROSS and not lines[number].text.endswith(".")
    has_below = number + 1 < len(lines) and is_row(lines[number + 1].text)
    return is_short and has_below and is_next(lines, number, number + 1, text)


def is_next(lines: Sequence[Line], first: int, last: int, text: str) -> bool:
    return last == first or text[lines[last - 1].end : lines[last].start].count("\n") == 1


def is_table(rows: Sequence[Line], has_caption: bool) -> bool:
    """A caption makes a table of any rows; without one, three rows as wide as each other do.

    Wide gaps alone also stand in columns of prose: they need the caption.
    """
    if has_caption:
        return True
    widths = {len(DIVIDED.findall(row.text)) for row in rows if is_row(row.text)}
    return len(rows) >= LEAST_ROWS_ALONE and len(widths) == 1 and widths != {0}


def caption_above(lines: Sequence[Line], first: int) -> list[Line]:
    """The one or two lines above the rows that begin with 'Table 1'."""
    for count in (1, 2):
        above = lines[max(0, first - count) : first]
        if len(above) == count and CAPTION.match(above[0].text.strip()):
            is_short = len(above[0].text) <= MOST_CAPTION
            return list(above) if is_short else []
    return []


def captions_read(captions: Sequence[Line]) -> tuple[str, str]:
    """'Table 1' and the words behind or below it."""
    found = CAPTION.match(captions[0].text.strip()) if captions else None
    if found is None:
        return "", ""
    below = " ".join(line.text.strip() for line in captions[1:])
    return found["label"], " ".join(filter(None, (found["words"].strip(), below)))


def notes_below(lines: Sequence[Line], last: int, text: str) -> list[Line]:
    """The lines right below the rows that explain signs and abbreviations."""
    notes: list[Line] = []
    for number in range(last, min(last + MOST_NOTES, len(lines))):
        gap = text[lines[number - 1].end : lines[number].start].count("\n")
        if gap > 1 or not NOTE.match(lines[number].text):
            break
        notes.append(lines[number])
    return notes


def blanked(text: str, placed: Sequence[Placed]) -> str:
    """The text with line breaks in the place of what was found: offsets stay."""
    for one in placed:
        text = text[: one.start] + "\n" * (one.end - one.start) + text[one.end :]
    return text


def outside(start: int, end: int, placed: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """The parts of a span that no table and no caption takes."""
    for one in placed:
        if one.end <= start or one.start >= end:
            continue
        if start < one.start:
            yield start, one.start
        start = one.end
    if start < end:
        yield start, end

"""The text of a table as a grid of cells with their places. Reads text, writes nothing.

A row is a line; cells stand between '|', tabs or, where there is neither, wide gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.folding import fold

SEPARATORS = (re.compile(r"\|"), re.compile(r"\t"), re.compile(r" {2,}"))
# A footnote mark behind a value: '57^a', 'IVIG*', '12 (3)†'.
FOOTNOTE = re.compile(r"(?:\^[a-z0-9](?:,[a-z0-9])*|[*†‡§¶#]+)$", re.IGNORECASE)
MOST_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell; offsets into the text of the table."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The words as they are compared: folded, in lower case, without a footnote mark."""
        return FOOTNOTE.sub("", fold(self.text).lower()).strip()


Row = tuple[GridCell, ...]


def grid_of(text: str) -> list[Row]:
    """The rows of a table, all as wide as the widest."""
    separator = next((s for s in SEPARATORS if s.search(text)), SEPARATORS[0])
    rows = [list(cells_of(line, separator)) for line in re.finditer(r"[^\n]+", text)]
    width = max(map(len, rows), default=0)
    return [(*row, *[empty_after(row)] * (width - len(row))) for row in rows]


def cells_of(line: re.Match[str], separator: re.Pattern[str]) -> Iterator[GridCell]:
    begin = 0
    for end in [*(found.start() for found in separator.finditer(line.group())), len(line.group())]:
        piece = line.group()[begin:end]
        start = line.start() + begin + len(piece) - len(piece.lstrip(" |\t"))
        stripped = piece.strip(" |\t")
        yield GridCell(stripped, start, start + len(stripped))
        begin = end + 1


def empty_after(row: list[GridCell]) -> GridCell:
    end = row[-1].end if row else 0
    return GridCell("", end, end)


def header_depth(rows: list[Row]) -> int:
    """How many rows are the header: the first, and those below it that leave its first cell
    empty or repeat it, as the rows of a spanning header do; 0 for no rows."""
    depth = min(1, len(rows))
    while depth < min(len(rows), MOST_HEADER_ROWS):
        first = rows[depth][0].plain
        is_spanned = first == rows[0][0].plain and first != ""
        is_below = first == "" and any(cell.text for cell in rows[depth][1:])
        if not (is_spanned or is_below):
            break
        depth += 1
    return depth


def headers_of(rows: list[Row], depth: int) -> list[tuple[str, ...]]:
    """The header of each column: its words from top to bottom, a spanning one over all below."""
    headers: list[list[str]] = [[] for _ in rows[0]] if rows else []
    for number, row in enumerate(rows[:depth]):
        above = ""
        for column, cell in enumerate(row):
            above = cell.text or (above if number < depth - 1 else "")
            if above and above not in headers[column]:
                headers[column].append(above)
    return [tuple(parts) for parts in headers]

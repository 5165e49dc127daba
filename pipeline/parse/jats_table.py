"""A table as text: a row is a line, cells are separated by ' | '.

Reads a table element, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.parse.prose import one_line
from pipeline.parse.safe_xml import Element

MOST_COLUMNS = 200  # a cell that claims to span more is damaged or hostile


def table_text(table: Element) -> str:
    """The rows of a table.

    A cell that spans rows is repeated in each, because a row is often one patient; a cell that
    spans columns is followed by empty ones, so that the columns below keep their places.
    """
    spanning: dict[int, tuple[int, str]] = {}
    lines = []
    for row in table.iter("tr"):
        cells = row_cells(row, spanning)
        if any(cells):
            lines.append(" | ".join(cells).replace("  ", " ").rstrip(" |"))
    return "\n".join(lines)


def row_cells(row: Element, spanning: dict[int, tuple[int, str]]) -> list[str]:
    """The cells of one row; `spanning` (column: rows left and text) is carried from row to row."""
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        cells.extend(from_above(len(cells), spanning))
        text, width, height = one_line(cell), span(cell, "colspan"), span(cell, "rowspan")
        for offset in range(width):
            shown = "" if offset else text
            if height > 1 and len(cells) < MOST_COLUMNS:
                spanning[len(cells)] = (height - 1, shown)
            cells.append(shown)
        if len(cells) >= MOST_COLUMNS:
            return cells
    cells.extend(from_above(len(cells), spanning))
    return cells


def from_above(column: int, spanning: dict[int, tuple[int, str]]) -> Iterator[str]:
    """Yield the cells that reach down from the rows above into `column` and those next to it."""
    while column in spanning:
        left, text = spanning.pop(column)
        if left > 1:
            spanning[column] = (left - 1, text)
        yield text
        column += 1


def span(cell: Element, name: str) -> int:
    number = (cell.get(name) or "1").strip()
    return min(max(int(number), 1), MOST_COLUMNS) if number.isdecimal() and len(number) < 9 else 1

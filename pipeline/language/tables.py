"""Classes a table and finds its patients: by row, by column, cited, aggregate, other.

Reads the text of a table section with rules/table_headers.csv and rules/table_cells.csv, writes
nothing. What the cells say is read by the extractors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.language.folding import fold
from pipeline.language.grids import GridCell, Row, grid_of, header_depth, headers_of
from pipeline.language.table_headings import (
    LEAST_FIELDS,
    PERSON,
    Heading,
    HeadingReader,
    compiled,
    counts_share,
    fields_of,
    has_ages,
    has_names,
    is_of_patients,
    is_person,
    is_unnamed_label,
    label_in,
    matches,
)
from pipeline.records import Section, TableKind
from pipeline.rules import Rules

MOST_ROWS = 400  # more are a data set, not the patients of a report
SUMMED = re.compile(r"(?:total|mean|median|all|sum|overall|average|range|n)\b", re.IGNORECASE)


@dataclass(frozen=True)
class TableCell:
    """A cell of a patient (or of a group, in an aggregate table) with what its header says."""

    cell: GridCell
    header: str
    fields: tuple[str, ...]
    organ: str = ""


@dataclass(frozen=True)
class Entry:
    """One patient of a table; `is_own` is False for one of the literature."""

    label: str
    cells: tuple[TableCell, ...]
    is_own: bool


@dataclass(frozen=True)
class Table:
    """A table with its class and, where it tells of patients or groups, its entries."""

    kind: TableKind
    entries: tuple[Entry, ...] = ()


class TableReader:
    """The rules on tables, compiled once."""

    def __init__(self, rules: Rules) -> None:
        self.headings = HeadingReader(rules)
        cells = [(row, compiled(row)) for row in rules.table("table_cells")]
        self.own = [p for row, p in cells if row.id == "own"]
        self.of_literature = [p for row, p in cells if row.id == "literature"]
        self.of_series = [p for row, p in cells if row.id == "series"]

    def read(self, section: Section) -> Table:
        """The table of a section of kind 'table'; `title` holds its label and caption title."""
        rows = [row for row in grid_of(section.text) if any(cell.text for cell in row)]
        while len(rows) > 1 and is_alone(rows[0]):
            rows = rows[1:]
        if not LEAST_FIELDS <= len(rows) <= MOST_ROWS or len(rows[0]) < LEAST_FIELDS:
            return Table("other")
        return (
            self.by_column(rows, section.title or "")
            or self.by_row(rows, section.title or "")
            or self.aggregate(rows)
            or Table("other")
        )

    def by_row(self, rows: list[Row], title: str) -> Table | None:
        """A table with one patient a row, None where its headers do not say so."""
        depth = header_depth(rows)
        headings = [self.headings.read(*words) for words in headers_of(rows, depth)]
        if is_unnamed_label(rows[depth:], headings[0]):
            headings[0] = replace(headings[0], fields=("label",))
        if not is_of_patients(headings) or not has_ages(rows[depth:], headings):
            return None
        if any(h.is_of_group for h in headings[1:]) and "age" not in fields_of(headings):
            return None
        entries = list(self.entries_of(rows[depth:], headings, title))
        return self.finished("patients_by_row", entries, headings, title) if entries else None

    def entries_of(
        self, rows: Sequence[Row], headings: Sequence[Heading], title: str
    ) -> Iterator[Entry]:
        """The rows as patients; a row that continues a patient is joined to the row above."""
        is_own = not self.is_cited(headings, title)
        entry: Entry | None = None
        for row in rows:
            if is_alone(row) and len(row) > LEAST_FIELDS:
                is_own = self.side_of(row[0].plain, is_own)
                continue
            made = self.entry_of(row, headings, is_own)
            if entry is not None and continues(made, entry):
                entry = replace(entry, cells=entry.cells + made.cells)
                continue
            if entry is not None:
                yield entry
            entry = made if made.cells and not SUMMED.match(row[0].plain) else None
        if entry is not None:
            yield entry

    def entry_of(self, row: Row, headings: Sequence[Heading], is_own: bool) -> Entry:
        cells = tuple(
            TableCell(cell, h.text, h.fields, h.organ)
            for cell, h in zip(row, headings, strict=True)
            if cell.text and "ignored" not in h.fields
        )
        labels = [c.cell for c in cells if "label" in c.fields]
        sources = [c.cell for c in cells if {"label", "reference"} & set(c.fields)]
        is_own = is_own or any(matches(self.own, cell.plain) for cell in sources)
        return Entry(label_in(labels[0].plain) if labels else "", cells, is_own)

    def side_of(self, words: str, is_own: bool) -> bool:
        """A line across the table that says whose cases follow: ours, or the literature's."""
        if matches(self.own, words) or any(p.search(words) for p in self.of_series):
            return True
        return is_own and not any(p.search(words) for p in self.of_literature)

    def is_cited(self, headings: Sequence[Heading], title: str) -> bool:
        """True where a column gives the source of each patient, or the caption names one."""
        plain = fold(title).lower()
        if "reference" in fields_of(headings):
            return True
        is_ours = any(pattern.search(plain) for pattern in self.of_series)
        return not is_ours and any(pattern.search(plain) for pattern in self.of_literature)

    def by_column(self, rows: list[Row], title: str) -> Table | None:
        """A table with one patient a column: the same, turned."""
        turned: list[Row] = [tuple(row[n] for row in rows) for n in range(len(rows[0]))]
        headings = [self.headings.read(cell.text) for cell in turned[0]]
        across = [self.headings.read(cell.text) for cell in rows[0][1:]]
        if any(heading.is_of_group for heading in across) or not is_of_patients(headings[1:]):
            return None
        if not all(is_person(cell.plain) or matches(self.own, cell.plain) or not cell.text
                   or "reference" in fields_of(headings) for cell in rows[0][1:]):  # fmt: skip
            return None
        headings[0] = replace(headings[0], fields=("label",))
        if not has_ages(turned[1:], headings) or counts_share(turned[1:]) > 1 / 2:
            return None
        entries = list(self.entries_of(turned[1:], headings, title))
        return self.finished("patients_by_column", entries, headings, title) if entries else None

    def finished(
        self, kind: TableKind, entries: list[Entry], headings: Sequence[Heading], title: str
    ) -> Table:
        is_cited = self.is_cited(headings, title) or not any(entry.is_own for entry in entries)
        return Table("cited" if is_cited else kind, tuple(entries))

    def aggregate(self, rows: list[Row]) -> Table | None:
        """A table of figures of a group: a header that counts, or cells that are counts."""
        depth = header_depth(rows)
        headings = [self.headings.read(*words) for words in headers_of(rows, depth)]
        is_counted = any(h.is_of_group for h in headings[1:]) or counts_share(rows[depth:]) > 1 / 2
        if not is_counted or not has_names(rows[depth:]):
            return None
        entries = [
            Entry(
                row[0].text,
                tuple(
                    TableCell(cell, heading.text, ("figure",) if number else ("name",))
                    for number, (cell, heading) in enumerate(zip(row, headings, strict=True))
                    if cell.text
                ),
                True,
            )
            for row in rows[depth:]
        ]
        return Table("aggregate", tuple(entries))


def is_alone(row: Row) -> bool:
    """A line across the table: its first cell and nothing else."""
    return bool(row[0].text) and not any(cell.text for cell in row[1:])


def continues(made: Entry, above: Entry) -> bool:
    """The row repeats the label of the row above, or has neither label nor age of its own."""
    if made.label:
        return made.label == above.label and made.cells[0].cell.text == above.cells[0].cell.text
    own = {field for cell in made.cells for field in cell.fields}
    known = {field for cell in above.cells for field in cell.fields}
    return bool(made.cells) and not own & {*PERSON, "reference"} and bool(known & PERSON)

"""The cells of a table as statements, each with its patient or figure. Reads sections, writes none.

Cells of own patients are told by the patient, those of cited patients by the literature, figures
of a group by the series; all of them are judged here and never by the words around them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.tables import Entry, TableCell, TableReader
from pipeline.records import Cell, Section, Statement, TableKind, Teller

# A response is told behind the treatment that it belongs to, whatever the order of the columns.
LAST = ("response", "relapse", "outcome_response", "outcome", "follow_up")


def cells_of(section: Section, tables: TableReader) -> Iterator[Statement]:
    """The cells of a table of patients, cited patients or figures; nothing for another table."""
    table = tables.read(section)
    for number, entry in enumerate(table.entries, start=1):
        name = f"{section.section}/{number}"
        for cell in in_order(entry):
            yield statement_of(section, table.kind, name, entry, cell)


def in_order(entry: Entry) -> list[TableCell]:
    """The cells as they stand; where only one column tells treatments, it goes before results."""
    treated = [cell for cell in entry.cells if "therapy" in cell.fields]
    if len(treated) != 1:
        return list(entry.cells)
    return sorted(entry.cells, key=lambda cell: bool(set(cell.fields) & set(LAST)))


def statement_of(
    section: Section, kind: TableKind, name: str, entry: Entry, cell: TableCell
) -> Statement:
    return Statement(
        section=section.section,
        role="table",
        start=cell.cell.start,
        end=cell.cell.end,
        text=cell.cell.text,
        teller=teller_of(kind, entry),
        why=f"a cell of a table: {kind}",
        cell=Cell(
            kind=kind,
            entry=name,
            label=entry.label,
            plain=cell.cell.plain,
            header=cell.header,
            fields=cell.fields,
            organ=cell.organ,
        ),
    )


def teller_of(kind: TableKind, entry: Entry) -> Teller:
    if kind == "aggregate":
        return "series"
    return "patient" if entry.is_own else "cited"

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
from pipeline.records import Section, TableKind
from pipeline.rules import Row as Rule
from pipeline.rules import Rules

PERSON = frozenset(("label", "age", "sex"))
# What a table tells of a patient; a column of a first author and one of these is a cited patient.
TOLD = PERSON | {
    *("paraprotein", "heavy", "light", "disorder", "organs", "organ", "systemic", "therapy"),
    *("response", "outcome", "outcome_response", "follow_up", "relapse", "text"),
}  # fmt: skip
PARTS = re.compile(r"[/,;&+()\[\]]| and | - ")
AGE_OR_SEX = re.compile(
    r"\D{0,12}\d{1,3}(?:\.\d)?\D{0,14}|\W*(?:[mf♂♀]|(?:fe)?male|(?:wo)?man|n\.?[dras]\.?|-|\?|unknown)\W*",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:our |the )?(?:patients?|cases?|pts?|subjects?|caso|cas|fall|p|c)?[ .#]*(?:no\.?|number)? ?"
    r"(?P<label>\d{1,2}|[a-h]|i{1,3}|iv|vi{0,3}|ix|x)[.)]?(?: ?[(\[].*)?",
    re.IGNORECASE,
)
PERSON_WORD = re.compile(
    r"(?:our |the |present |index )?(?:patient|case|value|findings?|result)", re.I
)
SUMMED = re.compile(r"(?:total|mean|median|all|sum|overall|average|range|n)\b", re.IGNORECASE)
COUNT = re.compile(r"\d+(?:\.\d+)? ?(?:\(|/ ?\d|%|±|\+/-).*|\d+(?:\.\d+)? ?[-–] ?\d+.*")
LEAST_FIELDS = 2


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


@dataclass(frozen=True)
class Heading:
    """What a header means: fields of a patient, an organ, or a figure of a group."""

    text: str
    fields: tuple[str, ...] = ()
    organ: str = ""
    is_of_group: bool = False


class TableReader:
    """The rules on tables, compiled once."""

    def __init__(self, rules: Rules) -> None:
        self.headers = [(row, compiled(row)) for row in rules.table("table_headers")]
        cells = [(row, compiled(row)) for row in rules.table("table_cells")]
        self.own = [p for row, p in cells if row.id == "own"]
        self.of_literature = [p for row, p in cells if row.id == "literature"]
        self.of_series = [p for row, p in cells if row.id == "series"]

    def read(self, section: Section) -> Table:
        """The table of a section of kind 'table'; `title` holds its label and caption title."""
        rows = [row for row in grid_of(section.text) if any(cell.text for cell in row)]
        while len(rows) > 1 and is_alone(rows[0]):
            rows = rows[1:]
        if len(rows) < LEAST_FIELDS or len(rows[0]) < LEAST_FIELDS:
            return Table("other")
        return (
            self.by_row(rows, section.title or "")
            or self.by_column(rows, section.title or "")
            or self.aggregate(rows)
            or Table("other")
        )

    def heading_of(self, *words: str) -> Heading:
        """A header of several rows: what its lowest row means, else all rows together, else the
        row above ('Monoclonal protein' over 'Heavy chain')."""
        whole = " ".join(words)
        known = (self.meaning_of(text) for text in (*words[-1:], whole, *reversed(words[:-1])))
        found = next((heading for heading in known if heading.fields or heading.is_of_group), None)
        return replace(found or Heading(""), text=whole)

    def meaning_of(self, text: str) -> Heading:
        """A header as a whole, else the fields of its parts: 'Age/sex', 'Treatment (response)'."""
        plain = GridCell(text, 0, 0).plain.strip(" .:")
        whole = self.rule_for(plain)
        found = [whole] if whole else [self.rule_for(p.strip(" .:")) for p in PARTS.split(plain)]
        rules = [rule for rule in found if rule is not None]
        named = [rule.id for rule in rules if rule.group == "header"]
        fields = [name for name in named if name != "year" or len(named) == 1]  # a unit, not a date
        if "age_sex" in fields:
            fields += ["age", "sex"]
        is_of_group = bool(rules) and not fields and rules[0].id == "aggregate"
        organ = next((rule.codes for rule in rules if rule.codes), "")
        return Heading(text, tuple(dict.fromkeys(fields)), organ, is_of_group)

    def rule_for(self, plain: str) -> Rule | None:
        return next((row for row, pattern in self.headers if pattern.fullmatch(plain)), None)

    def by_row(self, rows: list[Row], title: str) -> Table | None:
        """A table with one patient a row, None where its headers do not say so."""
        depth = header_depth(rows)
        headings = [self.heading_of(*words) for words in headers_of(rows, depth)]
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
        headings = [self.heading_of(cell.text) for cell in turned[0]]
        across = [self.heading_of(cell.text) for cell in rows[0][1:]]
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
        headings = [self.heading_of(*words) for words in headers_of(rows, depth)]
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


def compiled(row: Rule) -> re.Pattern[str]:
    return re.compile(row.term, re.IGNORECASE)


def matches(patterns: Sequence[re.Pattern[str]], words: str) -> bool:
    return any(pattern.fullmatch(words.strip(" .:")) for pattern in patterns)


def fields_of(headings: Sequence[Heading]) -> set[str]:
    return {field for heading in headings for field in heading.fields}


def is_alone(row: Row) -> bool:
    """A line across the table: its first cell and nothing else."""
    return bool(row[0].text) and not any(cell.text for cell in row[1:])


def is_of_patients(headings: Sequence[Heading]) -> bool:
    """Two things told of each, one of which is who it is or where it was published."""
    fields = fields_of(headings)
    is_person_told = bool(fields & (PERSON | {"reference"})) or "paraprotein" in fields
    return is_person_told and len(fields & TOLD) >= LEAST_FIELDS


def has_ages(rows: Sequence[Row], headings: Sequence[Heading]) -> bool:
    """False where the cells below 'Age' or 'Sex' are mostly no age and no sex of one person."""
    columns = [n for n, heading in enumerate(headings) if {"age", "sex"} & set(heading.fields)]
    cells = [row[n].plain for row in rows for n in columns if row[n].text]
    told = [text for text in cells if AGE_OR_SEX.fullmatch(text) and "%" not in text]
    return not cells or len(told) * 2 > len(cells)


def is_unnamed_label(rows: Sequence[Row], heading: Heading) -> bool:
    """A first column without a header, or with one unknown, whose cells are 'Case 1', '2' …"""
    cells = [row[0].plain for row in rows if row[0].text]
    return not heading.fields and bool(cells) and all(map(is_person, cells))


def is_person(words: str) -> bool:
    return LABEL.fullmatch(words) is not None or PERSON_WORD.fullmatch(words) is not None


def label_in(words: str) -> str:
    """'2' of 'Case 2 (ref. 5)'; empty where the words hold no label."""
    found = LABEL.fullmatch(words)
    return found["label"].upper() if found else ""


def continues(made: Entry, above: Entry) -> bool:
    """The row repeats the label of the row above, or has neither label nor age of its own."""
    if made.label:
        return made.label == above.label and made.cells[0].cell.text == above.cells[0].cell.text
    own = {field for cell in made.cells for field in cell.fields}
    known = {field for cell in above.cells for field in cell.fields}
    return bool(made.cells) and not own & {*PERSON, "reference"} and bool(known & PERSON)


def counts_share(rows: Sequence[Row]) -> float:
    """The share of cells behind the first column that are counts: '17 (57)', '17/30', '59 ± 9'."""
    cells = [cell.plain for row in rows for cell in row[1:] if cell.text]
    return sum(COUNT.fullmatch(text) is not None for text in cells) / len(cells) if cells else 0.0


def has_names(rows: Sequence[Row]) -> bool:
    """True where most rows begin with words or below the words of a row above."""
    named = [row for row in rows if not row[0].text or re.search(r"[a-z]", row[0].plain)]
    return len(named) * 2 > len(rows)

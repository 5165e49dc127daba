"""Tables: the class of each, its patients, what its headers mean, and the notes on its signs."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from parse_cases import jats, parsed

from pipeline.language.grids import grid_of, header_depth, headers_of
from pipeline.language.tables import Table, TableReader
from pipeline.parse import parse_file
from pipeline.records import RawFile, Section
from pipeline.rules import Row, bundled_rules

SHARED = Path(__file__).parents[2] / "shared" / "data" / "entrez"
CLASSES = Path(__file__).parent / "data" / "table_classes.csv"
RULES = bundled_rules()
READER = TableReader(RULES)
EXAMPLE = re.compile(r"e\.g\. (?P<words>.+)")


def table(text: str, title: str = "Table 1") -> Table:
    return READER.read(Section(section="table-1", kind="table", title=title, text=text))


def example_of(row: Row) -> str:
    found = EXAMPLE.match(row.note)
    assert found, row.name
    return found["words"]


def test_every_header_row_decides_its_example() -> None:
    dead = [
        row.name
        for row in RULES.table("table_headers")
        if READER.headings.rule_for(example_of(row)) is not row
    ]
    assert not dead


def test_every_cell_row_matches_its_example() -> None:
    dead = [
        row.name
        for row in RULES.table("table_cells")
        if not re.search(row.term, example_of(row), re.IGNORECASE)
    ]
    assert not dead


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Age (years)/Sex", ("age", "sex")),
        ("Age, y", ("age",)),
        ("Age at onset (y)", ("ignored",)),
        ("Patient no.", ("label",)),
        ("Case (ref.)", ("label", "reference")),
        ("Treatment (response)", ("therapy", "response")),
        ("Response to treatment", ("response",)),
        ("Ig type", ("paraprotein",)),
        ("M-protein, g/L", ("paraprotein",)),
        ("Follow-up (mo)/outcome", ("follow_up", "outcome_response")),
        ("Cardiac involvement*", ("organ",)),
        ("Strain", ()),
    ],
)
def test_what_a_header_means(header: str, fields: tuple[str, ...]) -> None:
    assert READER.headings.read(header).fields == fields


def test_cells_lie_where_they_say() -> None:
    text = "No. | Band | | Out\n1 | IgG | λ | alive\n2 |  |\tκ | "
    for row in grid_of(text):
        for cell in row:
            assert text[cell.start : cell.end] == cell.text
    assert [len(row) for row in grid_of(text)] == [4, 4, 4]


@pytest.mark.parametrize("text", ["a\tb\n1\t2", "a   b\n1   2", "a | b\n1 | 2"])
def test_columns_of_plain_text_are_told_apart(text: str) -> None:
    assert [[cell.text for cell in row] for row in grid_of(text)] == [["a", "b"], ["1", "2"]]


def test_a_header_of_two_rows_is_read_down() -> None:
    rows = grid_of("No. | Band | | Out\nNo. | Heavy | Light | Out\n1 | IgG | λ | alive")
    assert header_depth(rows) == 2
    assert headers_of(rows, 2) == [("No.",), ("Band", "Heavy"), ("Band", "Light"), ("Out",)]


BY_ROW = "Case | Age/sex | Treatment | Response\n1 | 57/F | IVIG | CR\n2 | 61/M | None | -"
BY_COLUMN = "Feature | Case 1 | Case 2\nAge | 57 | 61\nSex | F | M\nTreatment | IVIG | None"


@pytest.mark.parametrize(
    ("text", "title", "kind", "n_entries"),
    [
        (BY_ROW, "Table 1 > Our patients", "patients_by_row", 2),
        (BY_ROW, "Table 2 > Cases reported in the literature", "cited", 2),
        (BY_ROW.replace("Case", "Author"), "Table 1", "cited", 2),
        (BY_COLUMN, "Table 1", "patients_by_column", 2),
        (BY_COLUMN.replace("Case 1", "n (%)"), "Table 1", "aggregate", 3),
        ("Finding | n (%)\nDysphagia | 8 (42)\nMen | 10 (53)", "Table 1", "aggregate", 2),
        ("Sex | N | Positive (%)\nF | 10 | 30\nM | 12 | 20", "Table 1", "aggregate", 2),
        ("Test | Visit 1 | Visit 2\nIgG, g/L | 17 | 14", "Table 1", "other", 0),
        ("Gene | Primer\nA | acgt", "Table 1", "other", 0),
        ("one cell", "Table 1", "other", 0),
        (BY_ROW + "\n1 | 57/F | IVIG | CR" * 1000, "Table 1", "other", 0),
        ("Case " * 500 + "| Age\n1 | 57", "Table 1", "patients_by_row", 1),
        ("", "Table 1", "other", 0),
    ],
)
def test_the_class_of_a_table(text: str, title: str, kind: str, n_entries: int) -> None:
    found = table(text, title)
    assert (found.kind, len(found.entries)) == (kind, n_entries)


def test_rows_that_span_the_table_say_whose_cases_follow() -> None:
    text = (
        "Author | Age/sex | Treatment\nPreviously reported cases\nAlpha | 50/M | Melphalan\n"
        "Present series\nCase 1 | 57/F | IVIG"
    )
    assert [entry.is_own for entry in table(text).entries] == [False, True]


def test_a_row_without_label_and_age_goes_on_with_the_patient_above() -> None:
    text = (
        "No. | Age | Treatment | Response\n1 | 57 | Prednisone | None\n | | IVIG | CR\n2 | 60 | -"
    )
    first, second = table(text).entries
    assert [cell.cell.text for cell in first.cells] == [
        "1",
        "57",
        "Prednisone",
        "None",
        "IVIG",
        "CR",
    ]
    assert second.label == "2"


def test_a_total_is_no_patient() -> None:
    assert len(table(BY_ROW + "\nMean | 59 | |").entries) == 2


def test_a_raised_letter_in_a_cell_is_a_mark(tmp_path: Path) -> None:
    row = "<tr><td>n<sup>a</sup></td><td>57<sup>b</sup></td></tr>"
    wrap = f"<table-wrap><table>{row}</table></table-wrap>"
    articles, _ = parsed(tmp_path, jats(body=f"<body><p>A.</p>{wrap}</body>"))
    assert articles[0].sections[-1].text == "n^a | 57^b"
    assert [cell.plain for cell in grid_of("n^a | 57^b")[0]] == ["n", "57"]


def recorded() -> list[dict[str, str]]:
    with CLASSES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/entrez is not there")
def test_the_tables_of_real_articles_have_the_class_a_person_gave_them() -> None:
    found = []
    for name in sorted({row["file"] for row in recorded()}):
        path = next(SHARED.rglob(name))
        raw = RawFile(path=str(path), name=name, source="import", sha256="")
        for article in parse_file(raw)[0]:
            found += [
                {"file": name, "article_id": article.article_id, "section": s.section,
                 "class": READER.read(s).kind}
                for s in article.sections if s.kind == "table"
            ]  # fmt: skip
    assert found == [{k: row[k] for k in found[0]} for row in recorded()]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/entrez is not there")
def test_every_shared_article_with_a_table_is_recorded() -> None:
    with_tables = {
        path.name
        for path in SHARED.rglob("*")
        if path.suffix in (".xml", ".nxml") and b"<table-wrap" in path.read_bytes()
    }
    assert with_tables == {row["file"] for row in recorded()}

"""The rules reader refuses a broken row with one sentence that names file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rules import COLUMNS, RulesError, bundled_rules, read_disease, read_rules

HEADER = ",".join(COLUMNS)


def rules_with(folder: Path, *rows: str, header: str = HEADER) -> Path:
    (folder / "drugs.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def test_a_row_is_read_with_its_file_and_line(tmp_path: Path) -> None:
    rules = read_rules(rules_with(tmp_path, "ivig,Immunoglobulin,drug,J06BA02,IVIG,exact,,"))
    (row,) = rules.table("drugs")
    assert (row.id, row.term, row.name) == ("ivig", "IVIG", "drugs.csv:2")


@pytest.mark.parametrize(
    ("rows", "header", "complaint"),
    [
        (["a,b,c,d,e,phrase,,,extra"], HEADER, "line 2: 9 cells"),
        (["a,b,c,d,e,phrase,,"], HEADER + ",colour", "line 1: unknown column 'colour'"),
        (["a,b,c,d,e,phrase,"], HEADER.removesuffix(",note"), "line 1: column 'note' is missing"),
        ([",b,c,d,e,phrase,,"], HEADER, "line 2: 'id' is empty"),
        (["a,b,c,d,,phrase,,"], HEADER, "line 2: 'term' is empty"),
        (["a,b,c,d,e,fuzzy,,"], HEADER, "line 2: match 'fuzzy'"),
        (["a,b,c,d,(e,regex,,"], HEADER, "line 2: term is no regular expression"),
        (["a,b,c,d,e,phrase,[,"], HEADER, "line 2: unless is no regular expression"),
        (["a,b,c,d,e,phrase,,", "z,b,c,d,E,phrase,,"], HEADER, "line 3: 'E' stands in line 2"),
        (['a,b,c,d,"e,phrase,,'], HEADER, "line 2"),
    ],
)
def test_a_broken_row_names_file_and_line(
    tmp_path: Path, rows: list[str], header: str, complaint: str
) -> None:
    with pytest.raises(RulesError) as raised:
        read_rules(rules_with(tmp_path, *rows, header=header))
    assert "drugs.csv" in str(raised.value)
    assert complaint in str(raised.value)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="holds no rules"):
        read_rules(tmp_path)


def test_every_byte_of_the_rules_counts_in_their_checksum(tmp_path: Path) -> None:
    first = read_rules(rules_with(tmp_path, "a,,,,e,phrase,,")).sha256
    assert read_rules(rules_with(tmp_path, "a,,,,e,phrase,,why")).sha256 != first


def test_an_unknown_disease_names_the_known_ones() -> None:
    with pytest.raises(RulesError, match="scleromyxedema"):
        read_disease("no-such-disease")


def test_a_broken_disease_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(RulesError, match=r"x\.toml"):
        read_disease("x", tmp_path)


def test_the_bundled_rules_are_sound() -> None:
    assert {"context", "organs", "responses", "statements", "therapies"} <= set(
        bundled_rules().tables
    )

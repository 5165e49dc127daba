"""The rules reader refuses a broken row with one sentence that names file and line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.rules import (
    COLUMNS,
    RULES_FOLDER,
    WORD_LISTS,
    RulesError,
    bundled_rules,
    read_disease,
    read_rules,
)

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


def with_lists(folder: Path, text: str, *rows: str) -> Path:
    (folder / WORD_LISTS).write_text(text, encoding="utf-8")
    return rules_with(folder, *rows)


def test_a_row_holds_the_words_of_the_lists_it_names(tmp_path: Path) -> None:
    row = r"a,,,,\b(?:{limb}){2} pain,regex,{limb}|{other},e.g. arm pain"
    rules = read_rules(with_lists(tmp_path, "limb = 'arm|leg'\nother = 'joke'", row))
    assert rules.table("drugs")[0].term == r"\b(?:arm|leg){2} pain"
    assert rules.table("drugs")[0].unless == "arm|leg|joke"


@pytest.mark.parametrize(
    ("lists", "row", "complaint"),
    [
        ("", "a,,,,{limb},regex,,", "drugs.csv, line 2: word_lists.toml has no list 'limb'"),
        ("limb = '(arm'", "a,,,,b,regex,,", "word_lists.toml: limb is no regular expression"),
        ("Limb = 'arm'", "a,,,,b,regex,,", "word_lists.toml: 'Limb' is no list"),
        ("limb = 3", "a,,,,b,regex,,", "word_lists.toml: 'limb' is no list"),
        ("limb", "a,,,,b,regex,,", "word_lists.toml: "),
    ],
)
def test_a_broken_word_list_is_named(tmp_path: Path, lists: str, row: str, complaint: str) -> None:
    with pytest.raises(RulesError) as raised:
        read_rules(with_lists(tmp_path, lists, row))
    assert str(raised.value).startswith(complaint)


def test_every_bundled_word_list_is_shared_by_several_rows() -> None:
    lists = tomllib.loads((RULES_FOLDER / WORD_LISTS).read_text(encoding="utf-8"))
    rows = "".join(path.read_text(encoding="utf-8") for path in RULES_FOLDER.glob("*.csv"))
    assert not [name for name in lists if rows.count(f"{{{name}}}") < 2]


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="holds no rules"):
        read_rules(tmp_path)


def test_every_byte_of_the_rules_counts_in_their_checksum(tmp_path: Path) -> None:
    first = read_rules(rules_with(tmp_path, "a,,,,e,phrase,,")).sha256
    assert read_rules(rules_with(tmp_path, "a,,,,e,phrase,,why")).sha256 != first
    assert read_rules(with_lists(tmp_path, "limb = 'arm'", "a,,,,e,phrase,,")).sha256 != first


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

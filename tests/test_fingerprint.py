"""The fingerprint: the same for the same rows wherever they were made, another for any change."""

from __future__ import annotations

import tomllib
from pathlib import Path

import duckdb
import pytest
from load_cases import Corpus

from pipeline import __version__
from pipeline.fingerprint import (
    HISTORY,
    Fingerprint,
    FingerprintError,
    fingerprint_of,
    lines_of,
)

ROOT = Path(__file__).parent.parent
NAME = "cases.duckdb"


def fingerprint(corpus: Corpus, folder: Path) -> Fingerprint:
    corpus.load(folder)
    return fingerprint_of(folder / NAME)


def test_order_place_and_time_do_not_count(tmp_path: Path) -> None:
    one, two = Corpus(), Corpus()
    for rows in (two.articles, two.screenings, two.extractions):
        rows.reverse()
    first, second = fingerprint(one, tmp_path / "a"), fingerprint(two, tmp_path / "elsewhere")
    assert first.sha256 == second.sha256
    assert {t.name: t.n_rows for t in first.tables}["patients"] == 2


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("patients", "update patients set age_years = 58 where age_years = 57"),
        ("findings", "delete from findings where field = 'light_chain'"),
        ("therapies", "insert into therapies select * from therapies limit 1"),
        ("patients", "update patients set sex = null where patient_id = 'PMID:1/1'"),
    ],
)
def test_any_change_of_a_value_shows_in_its_table_and_in_the_whole(
    tmp_path: Path, table: str, change: str
) -> None:
    before = fingerprint(Corpus(), tmp_path)
    with duckdb.connect(str(tmp_path / NAME)) as connection:
        connection.execute(change)
    after = fingerprint_of(tmp_path / NAME)
    changed = {old.name for old, new in zip(before.tables, after.tables, strict=True) if old != new}
    assert changed == {table}
    assert before.sha256 != after.sha256


def test_the_history_of_one_machine_is_no_part_of_the_whole(tmp_path: Path) -> None:
    before = fingerprint(Corpus(), tmp_path)
    assert set(HISTORY) <= {table.name for table in before.tables}
    with duckdb.connect(str(tmp_path / NAME)) as connection:
        connection.execute("update runs set mode = 'kept', run_id = 'another'")
    after = fingerprint_of(tmp_path / NAME)
    assert after.sha256 == before.sha256
    assert after.tables != before.tables


def test_it_is_printed_with_what_made_the_file(tmp_path: Path) -> None:
    found = fingerprint(Corpus(), tmp_path)
    text = "\n".join(lines_of(found))
    assert f"whole{found.sha256}" in text.replace(" ", "")
    assert "rules" in text


@pytest.mark.parametrize("content", [None, b"no database at all", b""])
def test_a_missing_or_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / NAME).write_bytes(content)
    with pytest.raises(FingerprintError, match="make run"):
        fingerprint_of(tmp_path / NAME)


def test_the_version_that_runs_record_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__

"""A report takes its models and drawings from the one before where nothing of them changed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from load_cases import QUERIES, Corpus

from pipeline.analyse import figures, models, results, write_report
from pipeline.analyse.results import Results
from pipeline.analyse.statistics import proportions
from pipeline.published import read_published

SERIES = pd.DataFrame(
    {
        "variable": ["organ"] * 3,
        "layer": ["series"] * 3,
        "left_out": [None] * 3,
        "n_present": [3, 8, 1],
        "n_stated": [9, 12, 10],
    }
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("database")
    Corpus(read_published("scleromyxedema")).load(folder)
    return folder / "cases.duckdb"


def add(a: int, b: int) -> int:
    return a + b


class Made:
    """How often something was made."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self) -> float:
        self.n += 1
        return self.n / 3


def test_second_report_makes_no_model_and_no_drawing(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "report.html"
    write_report(database, QUERIES, page)
    first, kept = page.read_bytes(), (tmp_path / "results.jsonl").read_bytes()
    monkeypatch.setattr(figures, "drawing", None)
    monkeypatch.setattr(models, "kaplan_meier", None)
    monkeypatch.setattr(proportions, "wilson", None)
    write_report(database, QUERIES, page)
    assert page.read_bytes() == first
    assert (tmp_path / "results.jsonl").read_bytes() == kept


@pytest.mark.parametrize("damage", [b"", b"{", b"{}\n"])
def test_damaged_file_only_costs_time(
    database: Path, tmp_path: Path, damage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    write_report(database, QUERIES, page)
    first, kept = page.read_bytes(), (tmp_path / "results.jsonl").read_bytes()
    (tmp_path / "results.jsonl").write_bytes(damage)
    write_report(database, QUERIES, page)
    assert page.read_bytes() == first
    assert (tmp_path / "results.jsonl").read_bytes() == kept
    assert "results.jsonl is not as it was written" in capsys.readouterr().err


def test_kept_models_are_those_made_anew() -> None:
    """A value that went through the file is the same to the last digit."""
    first = Results()
    before = models.pooled_layers(SERIES, first)
    again = models.pooled_layers(SERIES, Results(first.used))
    pd.testing.assert_frame_equal(before, again, check_exact=True)


def test_other_counts_are_another_model() -> None:
    first = Results()
    before = models.pooled_layers(SERIES, first)
    other = models.pooled_layers(SERIES.assign(n_present=[3, 8, 2]), Results(first.used))
    assert before["percent"].tolist() != other["percent"].tolist()


def test_only_what_was_used_is_kept() -> None:
    first = Results()
    assert [first.of(add, 1, 2), first.of(add, 3, 4)] == [3, 7]
    second = Results(first.used)
    assert second.of(add, 3, 4) == 7
    assert len(first.used) == 2
    assert list(second.used) == [key for key in first.used if first.used[key].value == 7]


def test_table_is_drawn_again_where_a_cell_or_a_kind_changed() -> None:
    table, make = pd.DataFrame({"n": [1, 2]}), Made()
    found = Results()
    for one in (table, table.copy(), table.assign(n=[1, 3]), table.astype(float)):
        found.drawn(figures.isotypes, one, make)
    assert make.n == 3


def test_other_program_makes_all_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    make, table = Made(), pd.DataFrame({"n": [1]})
    first = Results()
    first.drawn(figures.isotypes, table, make)
    monkeypatch.setattr(results, "made_by", lambda: ["another version"])
    Results(first.used).drawn(figures.isotypes, table, make)
    assert make.n == 2

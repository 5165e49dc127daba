"""The published series as rows: what they pool to under the parent rule, and which are refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from load_cases import QUERIES

from pipeline.analyse.statistics import glmm, proportions
from pipeline.load import schema
from pipeline.load.insert import insert_rows
from pipeline.published import PUBLISHED, READING, read_published
from pipeline.rules import RulesError, bundled_rules, vocabulary_of


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    """The tables of the published series, and the views over them."""
    filled = duckdb.connect()
    schema.create_tables(filled, QUERIES)
    schema.create_views(filled, QUERIES)
    for name, rows in read_published("scleromyxedema").items():
        insert_rows(filled, name, [dict(row) for row in rows])
    return filled


def counts(connection: duckdb.DuckDBPyConnection, variable: str) -> list[tuple[str, int, int]]:
    return connection.execute(
        "select series, n_present, n_stated from published_counts"
        " where variable = ? and left_out is null order by year",
        [variable],
    ).fetchall()


# The table of the reference: what counts, its Wilson interval and the model (percent).
POOLS = [
    ("paraprotein", ["Dinneen 1995", "Rongioletti 2013", "Mecoli 2020"], (64, 71),
     (81.0, 95.1), (90.1, 81.7, 96.0)),
    ("igg_lambda", ["Dinneen 1995", "Mecoli 2020", "Mahevas 2020"], (54, 70),
     (66.0, 85.4), (77.1, 66.2, 87.5)),
    ("extracutaneous", ["Dinneen 1995", "Rongioletti 2013"], (39, 56),
     (56.7, 80.1), (69.6, 51.1, 85.1)),
    ("male", ["Gabriel 1988", "Rongioletti 2013", "Mahevas 2020"], (43, 79),
     (43.5, 65.0), (54.4, 43.1, 65.4)),
]  # fmt: skip


@pytest.mark.parametrize(("variable", "series", "total", "wilson", "model"), POOLS)
def test_the_parent_rule_leaves_the_series_of_the_reference(
    connection: duckdb.DuckDBPyConnection,
    variable: str,
    series: list[str],
    total: tuple[int, int],
    wilson: tuple[float, float],
    model: tuple[float, float, float],
) -> None:
    rows = counts(connection, variable)
    assert sorted(row[0] for row in rows) == sorted(series)
    present, stated = [row[1] for row in rows], [row[2] for row in rows]
    assert (sum(present), sum(stated)) == total
    assert [round(100 * end, 1) for end in proportions.wilson(*total)] == list(wilson)
    pooled = glmm.pool(present, stated)
    assert pooled is not None
    found = (pooled.estimate, pooled.low, pooled.high)
    assert tuple(round(100 * share, 1) for share in found) == model


def test_every_figure_left_out_says_why(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select series, variable, left_out from published_counts where left_out is not null"
    ).fetchall()
    reasons = {(series, variable): reason for series, variable, reason in rows}
    assert reasons["Gabriel 1988", "paraprotein"] == "overlaps Dinneen 1995"
    assert reasons["Mahevas 2020", "paraprotein"] == "an entry criterion"
    assert reasons["Dinneen 1995", "deaths"] == "denominator not stated"


def write(folder: Path, series: str, figures: str = "") -> None:
    for kind, text in (("series", series), ("figures", figures)):
        path = folder / f"x.{kind}.csv"
        path.write_text(",".join(PUBLISHED[kind]) + "\n" + text, encoding="utf-8")


@pytest.mark.parametrize(
    ("series", "figures", "message"),
    [
        ("A,2001,,5,B,,,\n", "", r"x\.series\.csv, line 2: there is no series 'B'"),
        ("A,2001,,5,,,,\n", "C,male,1,2,,\n", r"x\.figures\.csv, line 2: there is no series 'C'"),
        ("A,2001,,5,,,,\n", "A,male,3,2,,\n", r"x\.figures\.csv, line 2: 3 of 2 is no count"),
        ("A,2001,,5,,,,\n", "A,male,,2,,\n", r"x\.figures\.csv, line 2: -1 of 2 is no count"),
        ("A,2001\n", "", r"x\.series\.csv, line 2: 2 cells where 8 are needed"),
    ],
)
def test_a_false_row_names_file_and_line(
    tmp_path: Path, series: str, figures: str, message: str
) -> None:
    write(tmp_path, series, figures)
    with pytest.raises(RulesError, match=message):
        read_published("x", tmp_path)


def test_a_foreign_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.series.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(RulesError, match=r"x\.series\.csv, line 1: columns must be"):
        read_published("x", tmp_path)


def test_a_disease_without_series_has_none(tmp_path: Path) -> None:
    tables: dict[str, list[object]] = {
        "published_series": [],
        "published_figures": [],
        "accuracy_elsewhere": [],
    }
    assert read_published("x", tmp_path) == tables


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("male,5,4,3,3,texts\n", r"x\.accuracy\.csv, line 2: 5 of 4 is no count"),
        ("male,,4,3,3,texts\n", r"x\.accuracy\.csv, line 2: -1 of 4 is no count"),
        ("male,4,4,0,0,texts\n", r"x\.accuracy\.csv, line 2: 0 of 0 is no count"),
        ("male,4,4,3\n", r"x\.accuracy\.csv, line 2: 4 cells where 6 are needed"),
    ],
)
def test_a_false_count_of_readings_names_file_and_line(
    tmp_path: Path, row: str, message: str
) -> None:
    (tmp_path / "x.accuracy.csv").write_text(f"{','.join(READING)}\n{row}", encoding="utf-8")
    with pytest.raises(RulesError, match=message):
        read_published("x", tmp_path)


def test_the_accuracy_of_the_disease_is_of_facts_that_are_pooled(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    facts = {"male", "paraprotein", "extracutaneous", "deaths"}
    organs = {row["group"] for row in vocabulary_of(bundled_rules())["organs"]}
    rows = connection.execute("select variable from accuracy_elsewhere").fetchall()
    assert rows
    assert {variable for (variable,) in rows} <= facts | organs

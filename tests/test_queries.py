"""The questions of queries/reports and the command that prints their answers."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from load_cases import QUERIES, Corpus, ask

from pipeline import query
from pipeline.load import schema

REPORTS = [name for name, _ in query.list_queries(QUERIES)]
FILES = sorted(QUERIES.glob("*/*.sql"))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the loaded small corpus."""
    folder = tmp_path_factory.mktemp("loaded")
    Corpus().load(folder)
    return folder


def printed(folder: Path, name: str, **options: object) -> str:
    output = io.StringIO()
    values = {key: str(value) for key, value in options.items() if key != "most_rows"}
    most_rows = int(str(options.get("most_rows", query.MOST_ROWS)))
    query.run_query(name, folder / "cases.duckdb", QUERIES, values, most_rows, output)
    return output.getvalue()


def test_there_are_at_least_twelve_questions() -> None:
    assert len(REPORTS) >= 12


@pytest.mark.parametrize("name", REPORTS)
def test_question_is_answered(name: str, loaded: Path) -> None:
    """Each file begins with its question and runs."""
    assert query.question_of(QUERIES / "reports" / f"{name}.sql").endswith(("?", ".)"))
    assert re.search(r"^\d+ rows?\.$", printed(loaded, name), re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_sql_style(path: Path) -> None:
    """Lower-case keywords, a comment first, no tabs, no wide lines."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert "\t" not in text
    assert path.parent.name == "tables" or max(map(len, text.splitlines())) <= 110
    assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|WITH)\b", text)


def test_silent_text_is_no_absence(loaded: Path) -> None:
    """One patient has dyspnoea, the other's text says nothing: 1 of 1, not 1 of 2."""
    sql = (QUERIES / "reports" / "organs.sql").read_text(encoding="utf-8")
    rows = {row[0]: row[1:5] for row in ask(loaded, sql)}
    assert rows == {
        "pulmonary": (1, 1, 1, 2),
        "gastrointestinal": (0, 1, 1, 2),
        "ocular": (0, 0, 2, 2),
        "renal": (0, 0, 2, 2),
    }


def test_series_is_listed_apart(loaded: Path) -> None:
    """27 of 30 are no patients of ours, and the series is named as without individuals."""
    sql = (QUERIES / "reports" / "cohort_figures.sql").read_text(encoding="utf-8")
    assert ask(loaded, sql)[0][4:9] == (None, 27, 30, 90.0, "27 had a gammopathy")
    unlisted = (QUERIES / "reports" / "unlisted.sql").read_text(encoding="utf-8")
    assert ask(loaded, unlisted) == [
        ("report without an individual patient", "Report 10", 1, "PMID:10")
    ]


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(64, 71, 81.0, 95.1), (6, 33, 8.6, 34.4), (5, 7, 35.9, 91.8), (0, 10, 0.0, 27.8)],
)
def test_wilson_interval_has_known_answers(k: int, n: int, low: float, high: float) -> None:
    """The intervals of published series, and zero of ten."""
    connection = duckdb.connect()
    schema.create_tables(connection, QUERIES)
    row = connection.execute(
        "select round(100 * wilson_low($k, $n), 1), round(100 * wilson_high($k, $n), 1)",
        {"k": k, "n": n},
    ).fetchone()
    assert row == (low, high)
    assert connection.execute("select wilson_low(0, 0), percent(0, 0)").fetchone() == (None, None)


def test_table_is_aligned_and_numbers_stand_right(loaded: Path) -> None:
    lines = printed(loaded, "corpus").splitlines()
    assert lines[0].startswith("What is this database made of")
    assert lines[2:5] == [
        "step  what                                      n",
        "----  ----------------------------------------  -",
        "   1  reports read                              5",
    ]


def test_left_out_rows_are_counted(loaded: Path) -> None:
    text = printed(loaded, "corpus", most_rows=2)
    assert "7 of 9 rows are left out here; --all prints them." in text
    assert "reports excluded" not in text


def test_long_text_is_wrapped_not_cut() -> None:
    words = "word " * 40
    lines = query.table_lines(["text", "n"], [(words.strip(), 1), (None, None)])
    assert " ".join(" ".join(lines[2:-1]).split()).count("word") == 40
    assert max(map(len, lines)) <= 70
    assert lines[-1] == f"{query.NOTHING:<59}  {query.NOTHING}"


def test_starter_data_are_declared(loaded: Path) -> None:
    assert "5 of 5 reports are from the bundled starter corpus" in printed(loaded, "age")


def test_evidence_of_one_patient(loaded: Path) -> None:
    """A value given on the command line chooses the patient."""
    text = printed(loaded, "evidence_of_patient", patient_id="PMID:2/1")
    assert "PMID:2/1" in text
    assert "PMID:1/1" not in text
    assert "4 rows." in text


@pytest.mark.parametrize(
    ("question", "name", "takes"),
    [
        ("age", "patient_id", "no value"),
        ("age", "a; drop", "no value"),
        ("evidence_of_patient", "patient", "patient_id=VALUE"),
    ],
)
def test_a_value_nobody_asks_for_is_refused(
    question: str, name: str, takes: str, loaded: Path
) -> None:
    """It would seem to choose a patient, and the answer would be of all of them."""
    with pytest.raises(query.QueryError, match=f"does not ask for '{name}'; it takes {takes}"):
        query.run_query(question, loaded / "cases.duckdb", QUERIES, {name: "PMID:1/1"})


def test_unknown_name_offers_close_ones(loaded: Path) -> None:
    with pytest.raises(query.QueryError, match="close ones are isotypes"):
        printed(loaded, "isotype")
    with pytest.raises(query.QueryError, match="`make query` lists them all"):
        printed(loaded, "zzzz")


def test_missing_database_says_make_run(tmp_path: Path) -> None:
    with pytest.raises(query.QueryError, match="`make run` makes it"):
        printed(tmp_path, "age")


def test_foreign_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "cases.duckdb").write_text("no database " * 1000)
    with pytest.raises(query.QueryError, match=r"age\.sql could not be answered") as caught:
        printed(tmp_path, "age")
    assert "\n" not in str(caught.value)


def test_questions_cannot_change_the_database(tmp_path: Path, loaded: Path) -> None:
    """The file is opened read-only."""
    queries = tmp_path / "queries"
    shutil.copytree(QUERIES, queries)
    (queries / "reports" / "harm.sql").write_text("-- x?\ndelete from patients", encoding="utf-8")
    with pytest.raises(query.QueryError, match="read-only"):
        query.run_query("harm", loaded / "cases.duckdb", queries)


def test_every_question_is_listed() -> None:
    output = io.StringIO()
    query.print_queries(QUERIES, output)
    lines = output.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == REPORTS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # A complete response that was lost later is a benefit and a relapse.
        ("response_by_therapy", [("ivig", 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 100.0, 20.7, 100.0)]),
        ("time_on_treatment", [("ivig", 1, 1, 1, 6.0, 6.0, 6.0, 6.0, 6.0, 0, 0)]),
        (
            "reasons_for_stopping",
            [("ivig", 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 100.0, 20.7, 100.0)],
        ),
        ("isotypes", [("IgG-lambda", 1, 1, 0, 100.0, 20.7, 100.0)]),
        ("extracutaneous", [(1, 2, 0, 2, 50.0, 9.5, 90.5, 50.0, 50.0)]),
        ("exclusion_reasons", [("review_only", 1)]),
        ("therapies_by_line", [("ivig", "immunoglobulin", 1, 0, 0, 0, 1, 1)]),
        ("patients_by_sex_and_age", [("40 to 59", 1, 1, 0, 2)]),
        ("dermato_neuro_syndrome", [(0, 0, 2, 2, None, 0.0, 100.0, 0, 0, None)]),
    ],
)
def test_answer_is_right(name: str, expected: list[tuple[object, ...]], loaded: Path) -> None:
    """The answers worked out by hand for the small corpus."""
    sql = (QUERIES / "reports" / f"{name}.sql").read_text(encoding="utf-8")
    assert ask(loaded, sql) == expected

"""The load stage: every table of the contract, built aside, checked, swapped in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from load_cases import QUERIES, Corpus, article, ask, first_extraction, second_extraction

from pipeline import load
from pipeline.load import insert
from pipeline.load.rows import natural_order
from pipeline.records import Screening

# The public names: people's SQL depends on them.
CONTRACT = {
    "articles": "article_id pmid pmcid doi title journal year language publication_types mesh_terms"
    " has_full_text licence is_retracted source text_sha256",
    "screenings": "article_id decision reason design decided_by",
    "patients": "patient_id article_id label age_years age_low age_high age_kind sex"
    " paraprotein_status plasma_cell_disorder has_extracutaneous outcome follow_up_months"
    " text_basis",
    "paraproteins": "patient_id heavy_chain light_chain concentration_g_per_l",
    "organ_involvement": "patient_id organ status",
    "manifestations": "patient_id organ manifestation hpo_id status",
    "therapies": "patient_id episode therapy therapy_class dose_text line response is_relapse",
    "cohorts": "article_id variable value numerator denominator statistic",
    "findings": "finding_id article_id patient_id field value section sentence quote char_start"
    " char_end status subject rule confidence",
    "sections": "article_id section title text",
    "corrections": "reviewer reviewed_on article_id text_sha256 patient_id field value_before"
    " value_after reason is_stale",
    "duplicate_candidates": "patient_id_a patient_id_b points reason decision",
    "runs": "run_id started_at finished_at counts queries",
    "refreshes": "refresh_id started_on finished_on n_duplicates n_requests",
    "searches": "refresh_id name database sent translated n_found warnings",
    "retrieval": "database record_id article_id status is_in_current_search full_text_status"
    " full_text_reason",
    "refresh_changes": "refresh_id database record_id article_id change reason is_since_last_file",
    "figures_before_after": "figure n_before n_stated_before n_after n_stated_after is_changed",
}


def dump(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table with its rows in the order of the file."""
    names = [row[0] for row in ask(folder, "select table_name from duckdb_tables() order by 1")]
    return {name: ask(folder, f"select * from {name}") for name in names}


def test_every_column_of_the_contract_is_there(tmp_path: Path) -> None:
    Corpus().load(tmp_path)
    for table, columns in CONTRACT.items():
        rows = ask(tmp_path, f"select column_name from duckdb_columns() where table_name='{table}'")
        assert set(columns.split()) <= {row[0] for row in rows}, table


def test_rows_are_counted_and_values_kept(tmp_path: Path) -> None:
    """Lists, Greek letters, booleans, nulls and numbers arrive as they were."""
    counts = Corpus().load(tmp_path)
    assert (counts["articles"], counts["patients"], counts["findings"]) == (5, 2, 24)
    assert counts["vocabulary_organs"] == 5
    assert ask(tmp_path, "select authors, pmcid, is_retracted from articles limit 1") == [
        (["Rossi A", "Author1 B"], None, False)
    ]
    assert ask(tmp_path, "select age_years, age_low, has_extracutaneous from patients") == [
        (57.0, None, True),
        (None, 40.0, False),
    ]
    assert ask(tmp_path, "select quote from findings where field = 'light_chain'") == [("λ",)]


def test_checksum_is_that_of_the_record(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.load(tmp_path)
    rows = ask(tmp_path, "select text_sha256 from articles where pmid = '1'")
    assert rows == [(corpus.articles[0].text_sha256,)]


def test_order_of_the_records_does_not_matter(tmp_path: Path) -> None:
    """The same records give the same tables, row for row, however they come and how often."""
    one, two = Corpus(), Corpus()
    for rows in (two.articles, two.screenings, two.extractions):
        rows.reverse()
    one.load(tmp_path / "a")
    two.load(tmp_path / "b")
    two.load(tmp_path / "b")
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


def test_identifiers_sort_by_number() -> None:
    ids = ["PMID:10/1", "PMID:9/10", "PMID:9/2", "DOI:10.1/x"]
    assert sorted(ids, key=natural_order) == ["DOI:10.1/x", "PMID:9/2", "PMID:9/10", "PMID:10/1"]


def test_failed_extraction_is_visible(tmp_path: Path) -> None:
    """A failing extractor never looks like nothing found, and is in no pooled figure."""
    Corpus().load(tmp_path)
    rows = ask(tmp_path, "select article_id, message from extractions where status = 'failed'")
    assert rows == [("PMID:12", "it broke")]
    assert ask(tmp_path, "select count(*) from pooled_articles where pmid = '12'") == [(0,)]


def test_unextracted_included_report_stops_the_load(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.extractions.pop(0)
    with pytest.raises(load.CheckFailed, match="included_reports_were_extracted"):
        corpus.load(tmp_path)
    assert not (tmp_path / "cases.duckdb").exists()


def test_retracted_report_is_in_no_pooled_view(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.articles[0] = msgspec.structs.replace(corpus.articles[0], is_retracted=True)
    corpus.load(tmp_path)
    assert ask(tmp_path, "select patient_id from pooled_patients") == [("PMID:2/1",)]
    assert ask(tmp_path, "select patient_id from retracted_patients") == [("PMID:1/1",)]


def test_unknown_keys_of_a_run_are_kept(tmp_path: Path) -> None:
    Corpus().load(tmp_path)
    sql = "select run_id, mode, counts, details->>'requests', queries from runs"
    assert ask(tmp_path, sql) == [("run-1", "starter", '{"parse":5}', "3", None)]


def test_empty_corpus_loads(tmp_path: Path) -> None:
    """Nothing at all is still a database whose questions can be asked."""
    corpus = Corpus()
    corpus.articles, corpus.screenings, corpus.extractions = [], [], []
    assert corpus.load(tmp_path)["patients"] == 0
    for path in (QUERIES / "reports").glob("*.sql"):
        ask(tmp_path, path.read_text(encoding="utf-8"))


def test_file_is_written_for_duckdb_1_2(tmp_path: Path) -> None:
    """DuckDB 2.0 would else write a format that older versions refuse."""
    Corpus().load(tmp_path)
    rows = ask(tmp_path, "select tags['storage_version'] from duckdb_databases()")
    assert str(rows[0][0]).startswith("v1.2.0")


@pytest.mark.slow
def test_older_duckdb_opens_the_file(tmp_path: Path) -> None:
    """DuckDB 1.2.2, installed aside, reads tables, macros and every view."""
    Corpus().load(tmp_path)
    target = tmp_path / "old"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target)]
    subprocess.run([*install, "duckdb==1.2.2"], check=True)
    program = (
        "import duckdb, sys\n"
        "assert duckdb.__version__ == '1.2.2', duckdb.__version__\n"
        "c = duckdb.connect(sys.argv[1], read_only=True)\n"
        "for (name,) in c.sql('select view_name from duckdb_views() where not internal')"
        ".fetchall():\n"
        "    c.sql(f'select * from {name}').fetchall()\n"
        "print(c.sql('select count(*), wilson_low(1, 2) from pooled_patients').fetchone())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "cases.duckdb")],
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("(2, 0.09")


def test_open_reader_keeps_its_data_and_does_not_block(tmp_path: Path) -> None:
    """An open notebook never blocks a run; it sees the old file until it opens the new one."""
    corpus = Corpus()
    corpus.load(tmp_path)
    with duckdb.connect(str(tmp_path / "cases.duckdb"), read_only=True) as reader:
        corpus.articles.append(article(20, "New."))
        corpus.screenings.append(
            Screening(article_id="PMID:20", decision="excluded", reason="comment", design="other")
        )
        code = (
            "import sys, pathlib; sys.path[:0] = sys.argv[2:]\n"
            "from load_cases import Corpus\n"
            "Corpus().load(pathlib.Path(sys.argv[1]))\n"
        )
        paths = [str(Path(__file__).parent), str(QUERIES.parent)]
        subprocess.run([sys.executable, "-c", code, str(tmp_path), *paths], check=True)
        assert reader.execute("select count(*) from articles").fetchone() == (5,)


def test_leftover_of_a_killed_load_is_removed(tmp_path: Path) -> None:
    """A file of a process that is gone is swept up; one of a running process stays."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / f"cases.duckdb.new-{dead.pid}").write_text("half")
    (tmp_path / f"cases.duckdb.new-{dead.pid}.spill").mkdir()
    (tmp_path / f"cases.duckdb.new-{os.getppid()}").write_text("at work")
    Corpus().load(tmp_path)
    left = sorted(path.name for path in tmp_path.glob("cases.duckdb*"))
    assert left == ["cases.duckdb", f"cases.duckdb.new-{os.getppid()}"]


def test_a_row_longer_than_the_buffer_is_loaded_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insert, "SMALLEST_BUFFER_BYTES", 100)
    corpus = Corpus()
    long = article(4, "x" * 3_000_000)
    corpus.articles.append(long)
    corpus.screenings.append(
        Screening(
            article_id=long.article_id, decision="excluded", reason="no_text", design="other"
        )
    )  # fmt: skip
    corpus.load(tmp_path)
    longest = "select max(length(text)) from sections"
    assert ask(tmp_path, longest) == [(max(len(s.text) for s in long.sections),)]


def test_folder_with_blanks_and_quotes(tmp_path: Path) -> None:
    """A clone may lie anywhere."""
    folder = tmp_path / "it's a [test] folder"
    Corpus().load(folder)
    assert ask(folder, "select count(*) from pooled_patients") == [(2,)]


def test_view_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    shutil.copytree(QUERIES, queries)
    (queries / "views" / "wrong.sql").write_text("-- x\nselect nothing from nowhere")
    with pytest.raises(load.LoadError, match=r"wrong\.sql cannot become a view.*nowhere"):
        Corpus().load(tmp_path, queries_dir=queries)


def test_missing_sql_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(load.LoadError, match=r"tables.*is missing"):
        Corpus().load(tmp_path, queries_dir=tmp_path / "nowhere")


def test_speed(tmp_path: Path) -> None:
    """1,200 reports with about 22,000 findings load in a few seconds."""
    corpus = Corpus()
    text = corpus.articles[0].sections[0].text
    words = corpus.articles[1].sections[0].text
    corpus.articles = [article(n, text if n % 4 else words, authors=()) for n in range(1, 1201)]
    corpus.screenings = [
        Screening(
            article_id=one.article_id, decision="included", reason="own", design="case_report"
        )
        for one in corpus.articles
    ]
    corpus.extractions = [
        first_extraction(one) if "57-year" in one.sections[0].text else second_extraction(one)
        for one in corpus.articles
    ]
    start = time.monotonic()
    corpus.load(tmp_path)
    assert time.monotonic() - start < 10

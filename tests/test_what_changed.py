"""What a refresh changed, as rows of the DuckDB file, and the pooled figures before and after."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fake_entrez import FakeEntrez
from load_cases import QUERIES, RUN, VOCABULARY, Corpus, ask
from retrieve_cases import run

from pipeline import load, retrieve, state
from pipeline.analyse import lines_of_changes


def load_into(
    folder: Path, corpus: Corpus, inputs: str, retrieval: dict[str, list[dict[str, Any]]]
) -> None:
    load.load(
        corpus.articles,
        corpus.problems,
        corpus.screenings,
        {extraction.article_id: extraction for extraction in corpus.extractions},
        folder / "corrections.csv",
        RUN | {"inputs_sha256": inputs, "finished_at": f"day {inputs}", "mode": "live"},
        VOCABULARY,
        folder / "cases.duckdb",
        QUERIES,
        retrieval,
    )


def entrez_corpus() -> Corpus:
    """The small corpus as if PubMed had sent it."""
    corpus = Corpus()
    corpus.articles = [_changed(article, source="entrez") for article in corpus.articles]
    return corpus


def _changed(record: Any, **changes: Any) -> Any:
    return type(record)(
        **{name: getattr(record, name) for name in record.__struct_fields__} | changes
    )


def record(pmid: str, status: str = "current", **more: Any) -> dict[str, Any]:
    return {
        "database": "pubmed",
        "record_id": pmid,
        "status": status,
        "is_in_current_search": status not in ("left", "deleted"),
    } | more


def told(refresh: str, pmid: str, change: str) -> dict[str, Any]:
    return {
        "refresh_id": refresh,
        "changed_on": refresh,
        "database": "pubmed",
        "record_id": pmid,
        "change": change,
        "reason": "",
    }


def refreshes(*names: str, last_is_cut_off: bool = False) -> list[dict[str, Any]]:
    ended = {name: name for name in names} | ({names[-1]: None} if last_is_cut_off else {})
    return [{"refresh_id": n, "started_on": n, "finished_on": ended[n]} for n in names]


FIGURES = "select n_before, n_after, is_changed from figures_before_after where position = 2"


def test_figures_before_and_after(tmp_path: Path) -> None:
    """A report deleted at PubMed leaves the pooled figures and stays in the file, flagged."""
    corpus = entrez_corpus()
    first = {
        "refreshes": refreshes("r1"),
        "retrieval": [record("1"), record("2")],
        "refresh_changes": [told("r1", "1", "new"), told("r1", "2", "new")],
    }
    load_into(tmp_path, corpus, "1", first)
    assert ask(tmp_path, FIGURES) == [(None, 2, None)]
    second = {
        "refreshes": refreshes("r1", "r2"),
        "retrieval": [record("1", "deleted"), record("2", "left")],
        "refresh_changes": [
            *first["refresh_changes"], told("r2", "1", "deleted"), told("r2", "2", "left"),
        ],
    }  # fmt: skip
    load_into(tmp_path, corpus, "2", second)
    assert ask(tmp_path, FIGURES) == [(2, 1, True)]
    assert ask(
        tmp_path,
        "select retrieval_status, is_in_current_search from articles where pmid in ('1', '2')"
        " order by pmid",
    ) == [("deleted", False), ("left", False)]
    assert lines_of_changes(tmp_path / "cases.duckdb")[:6] == [
        "In this file and not in the one before: 1 deleted, 1 left.",
        "  deleted: PMID 1",
        "Pooled figures, compared with the file of day 1 (live):",
        "  reports: 3 -> 2",
        "  patients: 2 -> 1",
        "  women: 1 of 2 (50 %) -> 1 of 1 (100 %)",
    ]


def test_the_same_inputs_again_tell_the_same(tmp_path: Path) -> None:
    """A run killed between the swap and its last line is repeated, not compared with itself."""
    corpus, changes = entrez_corpus(), [told("r1", "1", "new")]
    tables = {"refreshes": refreshes("r1"), "retrieval": [record("1")]}
    load_into(tmp_path, corpus, "1", tables | {"refresh_changes": changes})
    later = {
        "refreshes": refreshes("r1", "r2"),
        "refresh_changes": [*changes, told("r2", "2", "new")],
    }
    corpus.extractions = [e for e in corpus.extractions if e.article_id != "PMID:2"]
    corpus.screenings = [s for s in corpus.screenings if s.article_id != "PMID:2"]
    corpus.articles = [a for a in corpus.articles if a.article_id != "PMID:2"]
    for _ in range(3):
        load_into(tmp_path, corpus, "2", tables | later)
        assert ask(tmp_path, FIGURES) == [(2, 1, True)]
        assert ask(tmp_path, "select record_id from refresh_changes where is_since_last_file") == [
            ("2",)
        ]
    load_into(tmp_path, corpus, "3", tables | later)
    assert ask(tmp_path, FIGURES) == [(1, 1, False)]
    assert ask(tmp_path, "select * from refresh_changes where is_since_last_file") == []


def test_starter_figures_are_no_before_of_live_ones(tmp_path: Path) -> None:
    load_into(tmp_path, Corpus(), "1", {})
    load_into(tmp_path, entrez_corpus(), "2", {"refreshes": refreshes("r1")})
    assert ask(tmp_path, FIGURES) == [(None, 2, None)]
    (line,) = lines_of_changes(tmp_path / "cases.duckdb")
    assert line.endswith("the file of before was made from the starter corpus.")


@pytest.mark.parametrize("harm", ["garbage", "older layout", "open elsewhere"])
def test_a_file_of_before_that_cannot_be_read_stops_nothing(tmp_path: Path, harm: str) -> None:
    corpus = entrez_corpus()
    tables = {
        "refreshes": refreshes("r1", last_is_cut_off=True),
        "refresh_changes": [told("r1", "1", "new")],
    }
    load_into(tmp_path, corpus, "1", tables)
    path = tmp_path / "cases.duckdb"
    if harm == "garbage":
        path.write_bytes(b"no database")
    writer = duckdb.connect(str(path)) if harm != "garbage" else None
    if writer and harm == "older layout":
        writer.execute("alter table runs drop column inputs_sha256")
        writer.close()
    load_into(tmp_path, corpus, "2", tables)
    if writer and harm == "open elsewhere":
        writer.close()
    assert ask(tmp_path, FIGURES) == [(None, 2, None)]
    assert ask(tmp_path, "select is_since_last_file from refresh_changes") == [(None,)]
    lines = lines_of_changes(path)
    assert "cut off" in lines[0]
    assert "could not be read" in lines[-1]


def test_a_changed_state_of_a_record_alone_asks_for_a_new_file(tmp_path: Path) -> None:
    """A record deleted at PubMed changes no given file; a later date of a look changes nothing."""

    def key(**more: Any) -> str:
        rows = [record("1", **more)]
        return state.inputs_sha256([], tmp_path / "none.csv", tmp_path, rows)

    assert key() != key(status="deleted")
    assert key() == key(message="asked again", fetched_on="later")


def rows_of(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return retrieve.retrieval_tables(folder / "extracted")


def test_every_fate_of_a_record_is_a_row(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    """Obtained, forbidden, not in PMC; left, deleted, not sent; each with its reason."""
    fake_entrez.add(8, 3)
    records = list(fake_entrez.records.values())
    records[1].is_blocked = True
    records[2].has_pmc_article = False
    run(fake_entrez, tmp_path)
    records[3].is_found = False
    records[4].is_found, records[4].is_deleted = False, True
    fake_entrez.revise(records[5].pmid, links=[("ExpressionOfConcernIn", "9"), ("ErratumIn", "8")])
    run(fake_entrez, tmp_path)
    tables = rows_of(tmp_path)
    fates = {
        row["record_id"]: (row["status"], row["full_text_status"], row["full_text_reason"])
        for row in tables["retrieval"]
        if row["database"] == "pubmed"
    }
    assert [fates[one.pmid] for one in records[:5]] == [
        ("current", "obtained", None),
        ("current", "blocked", "the publisher forbids the full text in XML"),
        ("current", "absent", "PMC does not have it"),
        ("left", "not_in_pmc", "PubMed names no PMC article for it"),
        ("deleted", "not_in_pmc", "PubMed names no PMC article for it"),
    ]
    last = tables["refreshes"][-1]["refresh_id"]
    changes = {
        (row["change"], row["record_id"], row["reason"])
        for row in tables["refresh_changes"]
        if row["refresh_id"] == last and row["database"] == "pubmed"
    }
    concerned = records[5].pmid
    assert {change for change in changes if change[1] == concerned} == {
        ("revised", concerned, "PubMed sent another text than before"),
        ("expression of concern", concerned, "ExpressionOfConcernIn 9"),
        ("erratum", concerned, "ErratumIn 8"),
    }
    assert {change[:2] for change in changes if change[1] != concerned} == {
        ("left", records[3].pmid),
        ("deleted", records[4].pmid),
    }
    purposes = [(row["name"], row["purpose"]) for row in tables["searches"]]
    assert purposes[2:] == [
        ("pubmed", "identification"), ("pmc", "identification"), ("revised", "revisions"),
    ]  # fmt: skip


def test_a_refresh_cut_off_has_no_end_and_its_changes_come_with_the_next(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(4)
    fake_entrez.fail_from(3, "500")
    with pytest.raises(retrieve.RetrieveError, match="run again"):
        run(fake_entrez, tmp_path, batch_size=2)
    tables = rows_of(tmp_path)
    assert [row["finished_on"] for row in tables["refreshes"]] == [None]
    assert tables["refresh_changes"] == []
    statuses = [row["status"] for row in tables["retrieval"]]
    assert statuses == ["current", "current", "failed", "failed"]
    fake_entrez.recover()
    run(fake_entrez, tmp_path, batch_size=2)
    tables = rows_of(tmp_path)
    assert [row["change"] for row in tables["refresh_changes"]] == ["new"] * 4
    assert [row["finished_on"] is None for row in tables["refreshes"]] == [False]


def test_a_damaged_log_loses_its_history_and_nothing_else(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(2)
    run(fake_entrez, tmp_path)
    (path,) = (tmp_path / "extracted" / "raw" / "runs").glob("*.json")
    log = json.loads(path.read_text(encoding="utf-8"))
    log["summary"]["new"] = "no list"
    path.write_text(json.dumps(log), encoding="utf-8")
    tables = rows_of(tmp_path)
    assert (len(tables["retrieval"]), len(tables["refresh_changes"])) == (2, 0)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be: one sentence, and what to do."""
    (tmp_path / "raw").write_text("", encoding="utf-8")
    with (
        pytest.raises(retrieve.RetrieveError, match=r"raw cannot be written .*run again"),
        retrieve.run_lock(tmp_path / "raw"),
    ):
        raise AssertionError("the lock was given")


def test_the_lock_is_refused_while_it_is_held_and_free_afterwards(tmp_path: Path) -> None:
    with (
        retrieve.run_lock(tmp_path),
        pytest.raises(retrieve.RetrieveError, match=rf"process {os.getpid()} .*wait"),
        retrieve.run_lock(tmp_path),
    ):
        raise AssertionError("the lock was given twice")
    with retrieve.run_lock(tmp_path):
        assert (tmp_path / "run.lock").exists()

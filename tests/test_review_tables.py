"""What the tables of the review page show, and how many patients are left after merging."""

from __future__ import annotations

from pathlib import Path

import msgspec
from load_cases import Corpus as Cases
from review_cases import decision, reviewed, with_twin

from pipeline import review
from pipeline.review import page, sources, tables
from pipeline.review.merging import persons


def twin_corpus(folder: Path, *lines: str) -> review.Corpus:
    with_twin().load(folder, lines)
    return review.read_corpus(folder / "cases.duckdb")


def test_pairs_show_what_was_decided_since_the_run(tmp_path: Path) -> None:
    """Also a pair that only a person saw, whichever side was written first."""
    corpus = twin_corpus(tmp_path)
    assert [row["decision"] for row in tables.pair_rows(corpus, [])] == [None]
    said = [
        decision(patient_id="PMID:3/1", field="duplicate[PMID:1/1]", value_after="same"),
        decision(patient_id="PMID:2/1", field="duplicate[PMID:1/1]", value_after="different"),
    ]
    rows = tables.pair_rows(corpus, said)
    assert [(r["patient_id_a"], r["patient_id_b"], r["decision"]) for r in rows] == [
        ("PMID:1/1", "PMID:3/1", "same"),
        ("PMID:1/1", "PMID:2/1", "different"),
    ]


def test_merged_patients_are_counted_before_after_and_as_expected(tmp_path: Path) -> None:
    corpus = twin_corpus(tmp_path)
    database = tmp_path / "cases.duckdb"
    same = decision(patient_id="PMID:1/1", field="duplicate[PMID:3/1]", value_after="same")
    counts = review.merged_counts(database, tables.pair_rows(corpus, [same]))
    assert (counts.n_before, counts.n_after, counts.n_expected) == (3, 3, 2)
    corpus = twin_corpus(tmp_path, Cases().correct(1, 1, "duplicate[PMID:3/1]", "", "same"))
    counts = review.merged_counts(database, tables.pair_rows(corpus, []))
    assert (counts.n_before, counts.n_after, counts.n_expected) == (3, 2, 2)
    effect = {
        row["figure"]: (row["before"], row["after"]) for row in review.merging_effect(database)
    }
    assert effect["patients"] == ("3 of 3", "2 of 2")
    assert effect["deaths"] == ("2 of 2", "1 of 1")


def test_a_chain_of_pairs_is_one_person() -> None:
    assert persons([("a", "b"), ("c", "d"), ("b", "c"), ("x", "y")]) == [
        {"a", "b", "c", "d"},
        {"x", "y"},
    ]


def test_decisions_show_what_the_last_run_made_of_them(tmp_path: Path) -> None:
    cases = Cases()
    corpus, path = reviewed(
        tmp_path,
        cases.correct(1, 1, "age_years", "57", "58"),
        cases.correct(1, 1, "age_years", "57", "59"),
        cases.correct(1, 1, "sex", "female", "female"),
    )
    review.Pen(corpus, path, "bob").screen("PMID:2", "excluded:comment", "")
    rows = tables.decision_rows(corpus, review.read_decisions(path)[0])
    assert [row["state"] for row in rows] == [
        "waits for the next run",
        "stale: the extracted value is now 'male'",
        "holds",
        "superseded by a later row",
    ]
    path.write_text(
        "\n".join(path.read_text().splitlines()[:1] + path.read_text().splitlines()[2:])
    )
    rows = tables.decision_rows(corpus, review.read_decisions(path)[0])
    assert {row["state"] for row in rows} == {"waits for the next run"}, "lines have moved"


def test_queue_and_reports_show_words_and_counts(tmp_path: Path) -> None:
    corpus, _ = reviewed(tmp_path)
    (age,) = [value for value in corpus.values if value.place == ("PMID:1/1", "age_years")]
    quotes = review.quotes_of(tmp_path / "cases.duckdb", [age.finding_id, None])
    (row,) = tables.queue_rows([age], quotes)
    assert (row["value"], row["words"]) == ("57", "57-year-old")
    reports = {row["report"]: row for row in tables.report_rows(corpus, ["PMID:1"])}
    assert (reports["PMID:1"]["patients"], reports["PMID:1"]["to read in full"]) == (1, "yes")
    assert reports["PMID:2"]["to read in full"] == ""


def test_words_that_a_newer_file_lacks_are_not_said_to_be_missing_in_the_report(
    tmp_path: Path,
) -> None:
    """A run swapped the file under an open page: the page says so, and still shows the rest."""
    corpus, _ = reviewed(tmp_path)
    (age,) = [value for value in corpus.values if value.place == ("PMID:1/1", "age_years")]
    assert "load the newer data" in page.sentence_html(age, None)
    without = msgspec.structs.replace(age, finding_id=None)
    assert "No words of their own" in page.sentence_html(without, None)


def test_screening_shows_the_decision_that_waits(tmp_path: Path) -> None:
    corpus, _ = reviewed(tmp_path)
    row = corpus.articles["PMID:1"]
    pending = decision(field="screening", value_after="excluded:comment", reason="a <b>reply</b>")
    html = sources.screening_html(row, pending)
    assert "excluded:comment" in html
    assert "a &lt;b&gt;reply&lt;/b&gt;; a run applies it" in html
    assert "a run applies it" not in sources.screening_html(row, None)

"""A DuckDB file made from the one of before is the file that loading all anew gives."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from load_cases import HEADER, QUERIES, RUN

from pipeline import load
from pipeline.answers import bundled_extractor, starter_articles
from pipeline.fingerprint import fingerprint_of
from pipeline.load import database as building
from pipeline.load import kept
from pipeline.load.rows import OF_PATIENTS, OF_REPORTS, make_tables
from pipeline.records import Article, Extraction, ParseProblem, Screening
from pipeline.rules import bundled_rules, vocabulary_of

N_REPORTS, N_STEPS, MOST_CHANGES = 24, 5, 4
MADE_BY = {
    "code_sha256": "code",
    "rules_sha256": "rules",
    "pipeline_version": "1",
    "versions": {"duckdb": "2"},
}


@pytest.fixture(scope="module")
def read() -> list[tuple[Article, Extraction]]:
    """Some starter reports and what is read from each."""
    articles = list(starter_articles().values())[:N_REPORTS]
    extract = bundled_extractor()
    return [(article, extract(article)) for article in articles]


class History:
    """A corpus that changes at random, and the decisions on it."""

    def __init__(self, read: list[tuple[Article, Extraction]], chance: random.Random) -> None:
        self.all, self.chance = read, chance
        self.articles = {article.article_id: article for article, _ in read[: N_REPORTS // 2]}
        self.extractions = {extraction.article_id: extraction for _, extraction in read}
        self.excluded: set[str] = set()
        self.decisions: list[str] = []
        self.deleted: set[str] = set()

    def step(self) -> None:
        """Some reports added, changed, left out or gone; a decision more or fewer; a retrieval."""
        for _ in range(self.chance.randint(0, MOST_CHANGES)):
            article, extraction = self.chance.choice(self.all)
            self.chance.choice((self.add, self.change, self.remove, self.turn))(article)
            if self.chance.random() < 0.2 and article.article_id in self.articles:
                self.extractions[article.article_id] = msgspec.structs.replace(
                    extraction, input_sha256=str(self.chance.random())
                )
        for _ in range(self.chance.randint(0, min(2, len(self.decisions)))):
            self.decisions.remove(self.chance.choice(self.decisions))
        for _ in range(self.chance.randint(0, 4)):
            self.decide()
        self.deleted = {one for one in self.articles if self.chance.random() < 0.1}

    def add(self, article: Article) -> None:
        self.articles[article.article_id] = article

    def remove(self, article: Article) -> None:
        self.articles.pop(article.article_id, None)

    def change(self, article: Article) -> None:
        """Another year, name of file or author: nothing that was read changes, but its rows do."""
        changed = msgspec.structs.replace(
            article,
            year=self.chance.randint(1990, 2020),
            raw_file=f"{self.chance.randint(1, 9)}.xml",
            authors=self.chance.choice(((), ("Rossi A",), ("Rossi A", "Verdi B"))),
        )
        self.articles[article.article_id] = changed

    def turn(self, article: Article) -> None:
        self.excluded ^= {article.article_id}

    def decide(self) -> None:
        """A decision on a patient, or on whether two are one."""
        patients = [
            (article, patient)
            for article in self.articles.values()
            for patient in self.extractions[article.article_id].patients
        ]
        if len(patients) < 2:
            return
        (article, one), (_, other) = self.chance.sample(patients, 2)
        fields = [
            ("sex", one.sex or "", "male" if one.sex == "female" else "female"),
            (f"duplicate[{other.patient_id}]", "", self.chance.choice(("same", "different"))),
            ("organ[renal]", "", "present"),
            ("patient", "described", ""),
        ]
        cells = ["anna", "2026-01-31", article.article_id, article.text_sha256, one.patient_id]
        self.decisions.append(",".join([*cells, *self.chance.choice(fields), "read again"]))

    def records(self) -> dict[str, Any]:
        """What load is given."""
        left_out = {one for one in self.articles if one in self.excluded}
        screenings = [
            Screening(
                article_id=one,
                decision="excluded" if one in left_out else "included",
                reason="review_only" if one in left_out else "own_patient",
                design="case_report",
            )
            for one in self.articles
        ]
        extractions = {
            one: Extraction(article_id=one, status="not_attempted")
            if one in left_out
            else self.extractions[one]
            for one in self.articles
        }
        rows = [
            {
                "database": "pubmed",
                "record_id": article.pmid or article.article_id,
                "status": "deleted" if article.article_id in self.deleted else "current",
                "is_in_current_search": article.article_id not in self.deleted,
            }
            for article in self.articles.values()
        ]
        return {
            "articles": self.chance.sample(list(self.articles.values()), len(self.articles)),
            "problems": [ParseProblem(raw_file="x", record=None, reason=str(self.chance.random()))],
            "screenings": screenings,
            "extractions": extractions,
            "retrieval": {"retrieval": rows} if self.chance.random() < 0.7 else {},
        }


def load_into(folder: Path, records: dict[str, Any], decisions: list[str], **more: Any) -> str:
    """Load the records; what was said of it."""
    folder.mkdir(exist_ok=True)
    path = folder / "corrections.csv"
    path.write_text("\n".join([HEADER, *decisions]) + "\n", encoding="utf-8")
    said: list[str] = []
    run = RUN | MADE_BY | more.pop("run", {})
    load.load(
        **records,
        corrections_file=path,
        run=run,
        vocabulary=vocabulary_of(bundled_rules()),
        database=folder / "cases.duckdb",
        queries_dir=QUERIES,
        tell=said.append,
        **{"doubt": None, **more},
    )
    return " ".join(said)


def answers_of(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What every report query answers, in its order, and every table of history."""
    found = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for path in sorted((QUERIES / "reports").glob("*.sql")):
            found[path.stem] = connection.execute(path.read_text(encoding="utf-8")).fetchall()
        for table in ("parse_problems", "retrieval", "corrections"):
            found[table] = connection.execute(f"from {table} order by all").fetchall()
    return found


def break_off(*_: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("seed", range(3))
def test_any_history_gives_the_file_that_loading_all_gives(
    read: list[tuple[Article, Extraction]],
    seed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history = History(read, random.Random(seed))
    kept_folder, database = tmp_path / "kept", tmp_path / "kept" / "cases.duckdb"
    said = []
    for step in range(N_STEPS):
        records = history.records()
        if step and history.chance.random() < 0.4:
            before = database.read_bytes()
            part = history.chance.choice(("derive_tables", "run_checks", "insert_tables", "detach"))
            with monkeypatch.context() as patch:
                patch.setattr(building, part, break_off)
                with pytest.raises(KeyboardInterrupt):
                    load_into(kept_folder, records, history.decisions)
            assert database.read_bytes() == before
        said.append(load_into(kept_folder, records, history.decisions))
        shutil.rmtree(tmp_path / "anew", ignore_errors=True)
        load_into(tmp_path / "anew", records, history.decisions)
        anew = tmp_path / "anew" / "cases.duckdb"
        assert fingerprint_of(database).sha256 == fingerprint_of(anew).sha256
        expected = answers_of(anew)
        compared_with_before = ("changed_figures", "provenance")
        for name, rows in answers_of(database).items():
            assert name in compared_with_before or rows == expected[name], name
        history.step()
    assert any("the others are as they were" in line for line in said), said


def records_of(read: list[tuple[Article, Extraction]], count: int) -> dict[str, Any]:
    return History(read[:count], random.Random(0)).records() | {"retrieval": {}}


def test_only_what_changed_is_loaded_and_it_is_said(
    read: list[tuple[Article, Extraction]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = records_of(read, 8)
    assert load_into(tmp_path, records, []) == ""
    loaded: list[str] = []

    def noting(articles: list[Article], *others: Any) -> Any:
        loaded.extend(article.article_id for article in articles)
        return make_tables(articles, *others)

    monkeypatch.setattr(load.chunks, "make_tables", noting)
    changed = msgspec.structs.replace(records["articles"][3], title="Another title")
    records["articles"][3] = changed
    said = load_into(tmp_path, records, [])
    assert said.startswith("DuckDB file: 1 of 8 reports loaded")
    assert loaded == [changed.article_id]


def test_a_decision_withdrawn_brings_back_what_was_read(
    read: list[tuple[Article, Extraction]], tmp_path: Path
) -> None:
    records = records_of(read, 8)
    article, patient = next(
        (article, one)
        for article in records["articles"]
        for one in records["extractions"][article.article_id].patients
    )
    place = [article.article_id, article.text_sha256, patient.patient_id]
    cells = ["anna", "2026-01-31", *place, "organ[ocular]", "", "present", "read again"]
    database = tmp_path / "cases.duckdb"
    load_into(tmp_path, records, [])
    before = fingerprint_of(database).sha256
    load_into(tmp_path, records, [",".join(cells)])
    assert fingerprint_of(database).sha256 != before
    said = load_into(tmp_path, records, [])
    assert said.startswith("DuckDB file: 1 of 8 reports loaded")
    assert fingerprint_of(database).sha256 == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"doubt": "the file of before was changed"}, "the file of before was changed"),
        ({"run": {"code_sha256": "other"}}, "the program, its rules or its queries changed"),
        ({"run": {"rules_sha256": "other"}}, "the rules changed"),
        ({"run": {"versions": {"duckdb": "3"}}}, "Python or a library changed"),
    ],
)
def test_where_more_may_have_changed_all_is_loaded_and_it_is_said_why(
    read: list[tuple[Article, Extraction]], change: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    records = records_of(read, 4)
    load_into(tmp_path, records, [])
    said = load_into(tmp_path, records, [], **change)
    assert said == f"DuckDB file: all 4 reports are loaded, because {reason}."


def test_an_empty_or_a_foreign_file_of_before_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "cases.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table other (a integer)")
    found = kept.what_stays(path, None, RUN | MADE_BY, {"PMID:1": "x"}, [])
    assert not found.staying
    assert found.reason
    assert "cannot be read" in found.reason


def test_every_table_of_reports_is_known_as_such(read: list[tuple[Article, Extraction]]) -> None:
    """A new table with rows of reports must also lose them when the report goes."""
    article, extraction = read[0]
    assert set(make_tables([article], [], [extraction])) == {*OF_REPORTS, *OF_PATIENTS}

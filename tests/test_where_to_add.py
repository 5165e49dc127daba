"""Every row of the table "Where do I add …?", tried as a person would: edit the file, look for the
value.

Rows of vocabulary go into a copy of pipeline/rules, SQL into a copy of queries.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import test_diseases
from load_cases import QUERIES, Corpus, ask

from pipeline import query
from pipeline.analyse import page, write_report
from pipeline.analyse import sections as report
from pipeline.extract import extractor_of
from pipeline.language.tables import TableReader
from pipeline.load import CheckFailed
from pipeline.published import read_published
from pipeline.read import read_text
from pipeline.records import Draft, Report, Section
from pipeline.rules import (
    DISEASES_FOLDER,
    RULES_FOLDER,
    WORD_LISTS,
    Rules,
    bundled_rules,
    read_rules,
)

ROOT = Path(__file__).parent.parent
Read = Callable[[str], dict[str, Any]]
FIGURE = "Nobody 2031,paraprotein,5,12,,"
ADDED = {
    "therapies": "examplimab,Examplimab,monoclonal antibody,,examplimab,phrase,,",
    "organs": "gut_wobble,Gut wobble,gastrointestinal,,gut wobble,phrase,,",
    "context": "negation,,forward,,bereft of all,phrase,,",
    "statements": "cited_strong_cue,,cited_strong,,elsewhere in print,phrase,,",
    "table_headers": "sex,,header,,wife or husband,regex,,e.g. wife or husband",
}


def edited_rules(folder: Path) -> Rules:
    """A row more in five files, an `unless` in a row and a word in a list that were there."""
    shutil.copytree(RULES_FOLDER, folder)
    for name, row in ADDED.items():
        with (folder / f"{name}.csv").open("a", encoding="utf-8") as handle:
            handle.write(row + "\n")
    organs = folder / "organs.csv"
    row = "dysphagia,Dysphagia,gastrointestinal,HP:0002015,dysphagia,phrase,"
    text = organs.read_text(encoding="utf-8")
    assert text.count(f"\n{row},") == 1
    organs.write_text(text.replace(f"\n{row},", f"\n{row}lusoria,"), encoding="utf-8")
    lists = folder / WORD_LISTS
    text = lists.read_text(encoding="utf-8")
    assert text.count("his_as_a_name = '") == 1
    text = text.replace("his_as_a_name = '", "his_as_a_name = 'his wobble|")
    lists.write_text(text, encoding="utf-8")
    return read_rules(folder)


def reader_of(rules: Rules) -> Read:
    extract = extractor_of(rules)
    return lambda text: read_text(extract, text, "case", "A case of scleromyxedema")


@pytest.fixture(scope="module")
def before() -> Read:
    return reader_of(bundled_rules())


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return edited_rules(tmp_path_factory.mktemp("rules") / "rules")


@pytest.fixture(scope="module")
def after(edited: Rules) -> Read:
    return reader_of(edited)


def only_patient(result: dict[str, Any]) -> dict[str, Any]:
    (patient,) = result["patients"]
    assert isinstance(patient, dict)
    return patient


def test_a_drug(before: Read, after: Read) -> None:
    text = "A 50-year-old woman with scleromyxedema received examplimab and improved."
    assert only_patient(before(text))["therapies"] == []
    (episode,) = only_patient(after(text))["therapies"]
    assert (episode["therapy"], episode["response"]) == ("examplimab", "improved")


def test_a_finding(before: Read, after: Read) -> None:
    text = "A 50-year-old woman with scleromyxedema presented with gut wobble."
    assert only_patient(before(text))["organs_present"] == []
    assert only_patient(after(text))["organs_present"] == ["gastrointestinal"]


def test_a_word_that_denies(before: Read, after: Read) -> None:
    text = "The 50-year-old woman with scleromyxedema was bereft of all dysphagia."
    assert only_patient(before(text))["organs_present"] == ["gastrointestinal"]
    patient = only_patient(after(text))
    assert (patient["organs_present"], patient["organs_absent"]) == ([], ["gastrointestinal"])


def test_a_phrase_that_marks_a_cited_case(before: Read, after: Read) -> None:
    text = (
        "A 50-year-old woman had scleromyxedema. "
        "Elsewhere in print a patient was treated with thalidomide."
    )
    assert [e["therapy"] for e in only_patient(before(text))["therapies"]] == ["thalidomide"]
    assert only_patient(after(text))["therapies"] == []


def test_a_false_value_to_silence(before: Read, after: Read) -> None:
    text = "A 50-year-old woman with scleromyxedema had dysphagia lusoria."
    assert only_patient(before(text))["organs_present"] == ["gastrointestinal"]
    assert only_patient(after(text))["organs_present"] == []


def test_words_that_many_rows_share(before: Read, after: Read) -> None:
    text = "A 50-year-old patient with scleromyxedema had his wobble."
    assert only_patient(before(text))["sex"] == "male"
    assert only_patient(after(text))["sex"] is None


def test_a_header_of_tables(edited: Rules) -> None:
    text = "Patient\tAge (years)\tWife or husband\n1\t50\tF\n2\t61\tM"
    table = Section(section="table-1", kind="table", title="Our patients", text=text)
    for rules, fields in ((bundled_rules(), ()), (edited, ("sex",))):
        assert TableReader(rules).headings.read("Wife or husband").fields == fields
        assert TableReader(rules).read(table).kind == "patients_by_row"


def test_a_published_series(tmp_path: Path) -> None:
    folder = tmp_path / "diseases"
    shutil.copytree(DISEASES_FOLDER, folder)
    for kind, row in (("series", "Nobody 2031,2031,Nowhere,12,,,,"), ("figures", FIGURE)):
        with (folder / f"scleromyxedema.{kind}.csv").open("a", encoding="utf-8") as handle:
            handle.write(row + "\n")
    tables = read_published("scleromyxedema", folder)
    assert tables["published_series"][-1]["series"] == "Nobody 2031"
    assert tables["published_figures"][-1]["n_present"] == "5"


def test_how_well_a_fact_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "diseases"
    shutil.copytree(DISEASES_FOLDER, folder)
    with (folder / "scleromyxedema.accuracy.csv").open("a", encoding="utf-8") as handle:
        handle.write("hepatic,1,2,3,4,four texts\n")
    row = read_published("scleromyxedema", folder)["accuracy_elsewhere"][-1]
    assert (row["variable"], row["n_left_out"]) == ("hepatic", "3")


def test_a_section_of_the_report(
    queries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Corpus().load(tmp_path)
    sql = "-- Which patients are men?\nselect patient_id from patients where sex = 'male';\n"
    (queries / "reports" / "men.sql").write_text(sql, encoding="utf-8")
    more = report.Part("Of my own", (report.Section("men", "The men"),))
    monkeypatch.setattr(page, "PARTS", (*report.PARTS, more))
    write_report(tmp_path / "cases.duckdb", queries, tmp_path / "report.html")
    shown = (tmp_path / "report.html").read_text(encoding="utf-8").partition("The men</h3>")[2]
    assert "PMID:1/1" in shown


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    shutil.copytree(QUERIES, tmp_path / "queries")
    return tmp_path / "queries"


def test_a_question(queries: Path, tmp_path: Path) -> None:
    Corpus().load(tmp_path)
    sql = "-- Which patients are men?\nselect patient_id from patients where sex = 'male';\n"
    (queries / "reports" / "men.sql").write_text(sql, encoding="utf-8")
    assert ("men", "Which patients are men?") in query.list_queries(queries)
    path = queries / "reports" / "men.sql"
    assert query.answer(path, tmp_path / "cases.duckdb", {})[1] == [("PMID:1/1",)]


def test_a_view(queries: Path, tmp_path: Path) -> None:
    sql = "-- One row is a man.\nselect patient_id from patients where sex = 'male'\n"
    (queries / "views" / "men.sql").write_text(sql, encoding="utf-8")
    Corpus().load(tmp_path, queries_dir=queries)
    assert ask(tmp_path, "select * from men") == [("PMID:1/1",)]
    comment = "select comment from duckdb_views() where view_name = 'men'"
    assert ask(tmp_path, comment) == [("One row is a man.",)]


def test_a_rule_the_data_must_obey(queries: Path, tmp_path: Path) -> None:
    sql = "-- No patient is a man.\nselect patient_id from patients where sex = 'male';\n"
    (queries / "checks" / "no_men.sql").write_text(sql, encoding="utf-8")
    with pytest.raises(CheckFailed, match="no_men"):
        Corpus().load(tmp_path, queries_dir=queries)


def test_a_correction(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(1, 1, "age_years", "57", "58")])
    assert ask(tmp_path, "select age_years from patients where patient_id = 'PMID:1/1'") == [(58,)]
    assert ask(tmp_path, "select is_stale from corrections") == [(False,)]


def itch(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:  # noqa: ARG001
    """What a module of its own in pipeline/extractors would hold."""
    return [
        Draft(patient=s.patients[0], field="itch", value="present", statement=s,
              start=s.start + m.start(), end=s.start + m.end(), rule="itch:word", confidence=0.9)
        for s in report.statements if s.teller == "patient" and s.patients
        for m in re.finditer(r"\bitch\w*", s.text)
    ]  # fmt: skip


def test_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its finding arrives with its words; a column of its own is one more step (see the guide)."""
    from pipeline import extractors

    monkeypatch.setattr(extractors, "EXTRACTORS", (*extractors.EXTRACTORS, ("itch", itch)))
    result = reader_of(bundled_rules())("A 50-year-old woman had an itching eruption.")
    (finding,) = (f for f in result["findings"] if f["field"] == "itch")
    assert (finding["value"], finding["quote"]) == ("present", "itching")


TRIED: dict[str, Callable[..., None]] = {
    "a drug, or another spelling of one": test_a_drug,
    "a finding or an organ": test_a_finding,
    "a word that denies, a relative, a doubt": test_a_word_that_denies,
    "a phrase that marks background or a cited case": test_a_phrase_that_marks_a_cited_case,
    "a false value to silence": test_a_false_value_to_silence,
    "words that many rows share": test_words_that_many_rows_share,
    "a header of tables, or a word of their cells": test_a_header_of_tables,
    "a published series to compare with": test_a_published_series,
    "how well a fact is read": test_how_well_a_fact_is_read,
    "a section of the report": test_a_section_of_the_report,
    "a question": test_a_question,
    "a view": test_a_view,
    "a rule the data must obey": test_a_rule_the_data_must_obey,
    "a correction of one value": test_a_correction,
    "a field": test_a_field,
    "a disease": test_diseases.test_a_third_disease_is_one_file_anywhere,
}


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "README.md"])
def test_every_row_of_the_table_is_tried_here(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    table = text.partition("| I want to add |")[2].partition("\n\n")[0]
    rows = {line.split("|")[1].strip() for line in table.splitlines()[2:]}
    assert rows
    if document == "CONTRIBUTING.md":
        assert rows == set(TRIED)
    assert rows <= set(TRIED)

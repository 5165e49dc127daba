"""Every file of queries/checks passes on a sound database and fails on a broken one."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from load_cases import QUERIES, Corpus, ask

from pipeline.load import CheckFailed, schema

CHECKS = sorted(path.stem for path in (QUERIES / "checks").glob("*.sql"))
# What to do to a sound database so that the check must find it; one or more ways for each.
BREAKS = {
    "quotes_are_the_text": [
        "update findings set char_end = char_end - 1 where field = 'sex'",
        "update findings set char_start = char_start + 1, char_end = char_end + 1",
        "update findings set section = 'elsewhere' where field = 'outcome'",
        "update sections set text = 'x' || text",
    ],
    "unlisted_quotes_are_the_text": [
        "update unlisted_mentions set char_end = char_end - 1",
        "update unlisted_mentions set section = 'elsewhere'",
    ],
    "screening_quotes_are_the_text": [
        "update screenings set quote = 'never said', section = 'abstract', char_start = 0,"
        " char_end = 10",
    ],
    "patient_values_have_findings": [
        "delete from findings where field = 'sex'",
        "delete from findings where field = 'age_low'",
        "update patients set age_years = 58 where age_years = 57",
        "update patients set paraprotein_status = 'absent' where sex = 'male'",
        "update patients set plasma_cell_disorder = 'MGUS'",
        "update findings set subject = 'family' where field = 'outcome'",
        "update patients set follow_up_months = 12 where sex = 'male'",
        "update findings set patient_id = null where field = 'sex'",
    ],
    "extracutaneous_has_findings": [
        "update patients set has_extracutaneous = null where sex = 'male'",
        "delete from findings where field = 'has_extracutaneous'",
        "update patients set has_extracutaneous = true where sex = 'female'",
    ],
    "paraproteins_have_findings": [
        "delete from findings where field = 'light_chain'",
        "update findings set item = 2 where field = 'heavy_chain'",
        "update paraproteins set concentration_g_per_l = 120",
    ],
    "organs_have_findings": [
        "update organ_involvement set status = 'present'",
        "delete from findings where field = 'organ'",
    ],
    "manifestations_have_findings": ["update manifestations set status = 'absent'"],
    "therapies_have_findings": [
        "update therapies set response = 'none'",
        "update therapies set therapy = 'thalidomide'",
        "delete from findings where field = 'is_relapse'",
        "delete from findings where field = 'dose_text'",
        "update therapies set duration_text = 'a year'",
        "update therapies set duration_months = 12",
        "update therapies set is_stopped = false",
        "delete from findings where field = 'stop_reason'",
        "update findings set item = 2 where field = 'therapy'",
    ],
    "cohorts_have_findings": ["update cohorts set variable = 'male'"],
    "included_reports_were_extracted": [
        "update screenings set decision = 'included'",
        "delete from extractions where status = 'failed'",
    ],
    "reports_were_screened": [
        "delete from screenings where article_id = 'PMID:1'",
        "insert into screenings select * from screenings limit 1",
    ],
    "keys_are_unique": [
        f"insert into {table} select * from {table} limit 1"
        for table in (
            "articles",
            "sections",
            "extractions",
            "patients",
            "paraproteins",
            "organ_involvement",
            "manifestations",
            "therapies",
            "findings",
        )
    ],
    "keys_exist": [
        "update patients set article_id = 'PMID:99'",
        "update organ_involvement set patient_id = 'PMID:99/1'",
        "delete from articles where article_id = 'PMID:12'",
    ],
    "values_are_of_the_vocabulary": [
        "update screenings set decision = 'maybe'",
        "update screenings set design = null",
        "update articles set source = 'web'",
        "update patients set sex = 'f'",
        "update patients set age_low = 60 where age_high = 49",
        "update patients set age_kind = null",
        "update patients set paraprotein_status = null",
        "update patients set plasma_cell_disorder = 'myeloma'",
        "update patients set outcome = 'died'",
        "update organ_involvement set status = 'not_reported'",
        "update manifestations set status = 'uncertain'",
        "update paraproteins set heavy_chain = 'IGG'",
        "update paraproteins set light_chain = 'λ'",
        "update therapies set response = 'good'",
        "update therapies set stop_reason = 'toxicity'",
        "update therapies set is_stopped = null",
        "update therapies set duration_months = 0",
        "update cohorts set numerator = 31",
    ],
    "withdrawn_reports_are_not_pooled": [
        "create or replace view pooled_articles as select * from articles;"
        " update articles set is_retracted = true where article_id = 'PMID:1'",
        "create or replace view pooled_articles as select * from articles;"
        " update articles set retrieval_status = 'deleted' where article_id = 'PMID:1'",
        "insert into retrieval (database, record_id, article_id, status)"
        " values ('pubmed', '1', 'PMID:1', 'deleted')",
    ],
    "retrieval_is_consistent": [
        *(
            "insert into retrieval (database, record_id, article_id, status)"
            f" values ('pubmed', '1', {article_id}, '{status}')"
            for article_id, status in (("'PMID:99'", "current"), ("null", "obtained"))
        ),
        "insert into retrieval (database, record_id, status)"
        " values ('pmc', 'PMC1', 'obtained'), ('pmc', 'PMC1', 'obtained')",
        "insert into refresh_changes (refresh_id, change) values ('never', 'new')",
        "insert into searches (refresh_id, name) values ('never', 'pubmed')",
        "update figures_before_after set n_after = n_after + 1",
        "delete from patients where patient_id = 'PMID:1/1'",
    ],
    "everything_has_a_comment": [
        "comment on table patients is null",
        "comment on column therapies.line is null",
        "comment on view pooled_patients is null",
        "create table forgotten (a integer)",
    ],
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that passed all checks."""
    folder = tmp_path_factory.mktemp("sound")
    Corpus().load(folder)
    return folder


def test_every_check_has_a_way_to_fail() -> None:
    """A check that was never seen to fail may check nothing."""
    assert sorted(BREAKS) == CHECKS


@pytest.mark.parametrize("check", CHECKS)
def test_check_passes_on_a_sound_database(check: str, sound: Path) -> None:
    sql = (QUERIES / "checks" / f"{check}.sql").read_text(encoding="utf-8")
    assert ask(sound, sql) == []


@pytest.mark.parametrize(
    ("check", "harm"), [(check, harm) for check, harms in BREAKS.items() for harm in harms]
)
def test_check_fails_on_a_broken_database(
    check: str, harm: str, sound: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "cases.duckdb"
    shutil.copy(sound / "cases.duckdb", copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(harm)
    sql = (QUERIES / "checks" / f"{check}.sql").read_text(encoding="utf-8")
    assert ask(tmp_path, sql) != []


def only_checks(folder: Path, sql: str) -> Path:
    """The SQL of the project with one check more that finds something."""
    queries = folder / "queries"
    shutil.copytree(QUERIES, queries)
    (queries / "checks" / "a_new_rule.sql").write_text(sql, encoding="utf-8")
    return queries


def test_a_failing_check_is_named_and_the_old_database_stays(tmp_path: Path) -> None:
    """Nothing already built is lost, and no half-built file is left behind."""
    Corpus().load(tmp_path)
    before = (tmp_path / "cases.duckdb").read_bytes()
    queries = only_checks(tmp_path, "select patient_id from patients order by 1")
    with pytest.raises(CheckFailed, match=r"a_new_rule.*2 rows.*PMID:1/1"):
        Corpus().load(tmp_path, queries_dir=queries)
    assert (tmp_path / "cases.duckdb").read_bytes() == before
    assert [path.name for path in tmp_path.glob("cases.duckdb*")] == ["cases.duckdb"]


@pytest.mark.parametrize("break_it", ["select from", "select * from no_such_table"])
def test_a_check_that_is_no_sql_is_named(tmp_path: Path, break_it: str) -> None:
    queries = only_checks(tmp_path, break_it)
    with pytest.raises(schema.LoadError, match=r"a_new_rule\.sql cannot be run"):
        Corpus().load(tmp_path, queries_dir=queries)

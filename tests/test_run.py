"""The whole line on the starter corpus: what it makes, that it makes it once, and that it survives.

The runs are processes of their own, as a user starts them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parent.parent
SUMMARY = Path(__file__).parent / "data" / "starter_summary.json"


def pipeline(
    *arguments: str, extracted: Path, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "EXTRACTED_DIR": str(extracted), "NCBI_EMAIL": ""}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, input=stdin, timeout=280,
    )  # fmt: skip


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder that holds a run on the starter corpus, and what the run printed."""
    folder = tmp_path_factory.mktemp("extracted with blank")
    result = pipeline("run", extracted=folder)
    assert result.returncode == 0, result.stderr
    return folder, result.stdout


def ask(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "scleromyxedema.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def count(folder: Path, sql: str) -> int:
    ((number,),) = ask(folder, sql)
    assert isinstance(number, int)
    return number


def test_first_and_last_line_say_starter_and_how_to_go_live(built: tuple[Path, str]) -> None:
    lines = built[1].strip().splitlines()
    assert "Starter corpus" in lines[0]
    assert "NCBI_EMAIL" in lines[0]
    assert "Starter corpus" in lines[-1]
    assert "NCBI_EMAIL" in lines[-1]
    assert "make query" in lines[-1]


def test_every_row_says_that_it_is_starter(built: tuple[Path, str]) -> None:
    assert ask(built[0], "select distinct source from articles") == [("starter",)]


def test_patients_come_from_at_least_fifty_reports(built: tuple[Path, str]) -> None:
    """Series told only as a whole have no patient of their own; they speak by cohort figures."""
    sql = """
        select count(distinct patients.article_id)
        from patients join screenings using (article_id)
        where decision = 'included'
    """
    assert count(built[0], sql) >= 50


def test_nothing_failed(built: tuple[Path, str]) -> None:
    assert count(built[0], "select count(*) from extractions where status = 'failed'") == 0


def summary_of(folder: Path) -> dict[str, dict[str, int]]:
    """Counts of every kind of value, as a person would check them."""
    questions = {
        "screenings": "select decision || ': ' || reason, count(*) from screenings group by all",
        "designs": "select design, count(*) from screenings group by all",
        "sex": "select coalesce(sex, 'not reported'), count(*) from patients group by all",
        "age": "select coalesce(age_kind, 'not reported'), count(*) from patients group by all",
        "paraprotein": "select paraprotein_status, count(*) from patients group by all",
        "organs": "select organ || ' ' || status, count(*) from organ_involvement group by all",
        "therapies": "select therapy || ' ' || response, count(*) from therapies group by all",
        "time_on_treatment": (
            "select therapy || ' ' || duration_text || coalesce(' = ' || duration_months"
            " || ' months', ''), count(*) from therapies where duration_text is not null"
            " group by all"
        ),
        "stops": (
            "select therapy || ' ' || case when is_stopped then 'ended: ' || coalesce(stop_reason,"
            " 'not stated') else 'goes on' end, count(*) from therapies"
            " where is_stopped is not null group by all"
        ),
        "outcome": "select outcome, count(*) from patients group by all",
        "cohorts": "select variable, count(*) from cohorts group by all",
    }
    return {
        name: {str(what): int(str(n)) for what, n in sorted(ask(folder, sql))}
        for name, sql in questions.items()
    }


def test_the_summary_is_the_stored_one(built: tuple[Path, str]) -> None:
    """A change of rules shows here as a readable difference; store it on purpose:
    UPDATE_SUMMARY=1 python -m pytest tests/test_run.py
    """
    found = summary_of(built[0])
    if os.environ.get("UPDATE_SUMMARY"):
        text = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True)
        SUMMARY.write_text(text + "\n", encoding="utf-8")
    assert found == json.loads(SUMMARY.read_text(encoding="utf-8"))


def test_no_starter_value_is_anybody_elses(built: tuple[Path, str]) -> None:
    """Every value has a finding of the patient; what is cited or background has no patient."""
    sql = "select count(*) from findings where subject <> 'patient' and patient_id is not null"
    assert count(built[0], sql) == 0


def test_a_second_run_changes_nothing_and_takes_seconds(built: tuple[Path, str]) -> None:
    folder = built[0]
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.is_file()}
    started = time.monotonic()
    result = pipeline("run", extracted=folder)
    seconds = time.monotonic() - started
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.is_file()}
    assert result.returncode == 0
    assert "Nothing new" in result.stdout
    assert after == before
    assert seconds < 5


def test_a_killed_run_leaves_the_old_file_and_the_next_one_ends(
    built: tuple[Path, str], tmp_path: Path
) -> None:
    """Kill the run at several moments; afterwards the database is the old one or the new one."""
    folder = tmp_path / "extracted"
    folder.mkdir()
    old = (built[0] / "scleromyxedema.duckdb").read_bytes()
    environment = {**os.environ, "EXTRACTED_DIR": str(folder), "NCBI_EMAIL": ""}
    for seconds in (0.4, 1.5, 3.0):
        (folder / "scleromyxedema.duckdb").write_bytes(old)
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "run"], cwd=ROOT, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert count(folder, "select count(*) from patients") > 0
    assert pipeline("run", extracted=folder).returncode == 0
    assert summary_of(folder) == summary_of(built[0])


def test_import_of_a_folder_says_what_it_did_with_each_file(tmp_path: Path) -> None:
    folder, records = tmp_path / "extracted", tmp_path / "records"
    records.mkdir()
    good = (ROOT / "pipeline" / "starter" / "D004.xml").read_text(encoding="utf-8")
    (records / "good.xml").write_text(good, encoding="utf-8")
    (records / "twice.xml").write_text(good.replace("</PubmedArticle>", "\n</PubmedArticle>"))
    (records / "broken.xml").write_text(good[: len(good) // 2], encoding="utf-8")
    (records / "empty.xml").write_text("", encoding="utf-8")
    (records / "paper.pdf").write_bytes(b"%PDF-1.7\nbinary")
    (records / "pack.zip").write_bytes(b"PK\x03\x04rest")
    result = pipeline("import", str(records), str(tmp_path / "nowhere.xml"), extracted=folder)
    assert result.returncode == 3
    assert f"{records / 'good.xml'}: 1 record" in result.stdout
    for name in ("broken.xml", "empty.xml", "paper.pdf", "pack.zip", "nowhere.xml"):
        assert sum(name in line for line in result.stderr.splitlines()) >= 1, name
    assert "duplicate of PMID:20110069" in result.stderr
    assert "Traceback" not in result.stderr
    assert ask(folder, "select distinct source from articles order by all") == [
        ("import",), ("starter",),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["nowhere.xml", "empty"])
def test_an_import_of_nothing_changes_nothing(tmp_path: Path, name: str) -> None:
    """It does not fall back on the starter corpus, either."""
    (tmp_path / "empty").mkdir()
    result = pipeline("import", str(tmp_path / name), extracted=tmp_path / "extracted")
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("Nothing was imported: there is no file")
    assert not (tmp_path / "extracted" / "scleromyxedema.duckdb").exists()


def test_a_corrections_file_that_is_broken_names_its_line(
    built: tuple[Path, str], tmp_path: Path
) -> None:
    folder = tmp_path / "extracted"
    folder.mkdir()
    (folder / "scleromyxedema.duckdb").write_bytes(
        (built[0] / "scleromyxedema.duckdb").read_bytes()
    )
    header = (ROOT / "extracted" / "corrections.csv").read_text(encoding="utf-8")
    (folder / "corrections.csv").write_text(header + "only,three,cells\n", encoding="utf-8")
    result = pipeline("run", extracted=folder)
    assert result.returncode == 1
    assert "corrections.csv" in result.stderr
    assert "line 2" in result.stderr
    assert "Traceback" not in result.stderr
    assert count(folder, "select count(*) from patients") > 0
    (folder / "corrections.csv").unlink()
    (folder / "corrections.csv").mkdir()
    result = pipeline("run", extracted=folder)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1), result.stderr
    assert "corrections.csv cannot be read" in result.stderr


def test_shared_entrez_files_go_through_import(tmp_path: Path) -> None:
    """Real answers of PubMed and PMC: each becomes reports or a named reason why not."""
    shared = ROOT.parent / "shared" / "data" / "entrez"
    if not shared.exists():
        pytest.skip("the real Entrez answers beside the project are absent")
    folder = tmp_path / "extracted"
    result = pipeline("import", str(shared), extracted=folder)
    assert "Traceback" not in result.stderr
    assert result.returncode == 3  # some are no records, and it says so
    told = result.stdout + result.stderr
    files = [path for path in shared.rglob("*") if path.is_file()]
    assert [path for path in files if str(path) not in told] == []
    assert count(folder, "select count(*) from articles where source = 'import'") >= 50

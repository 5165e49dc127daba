"""Whole runs of the program against the stand-in Entrez: from nothing to the DuckDB file, then what
is new, with faults and kills on the way.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from fake_entrez import FakeEntrez, Seen
from live_cases import EMAIL, KEY, Built, World, built

N_RECORDS, N_FULL_TEXTS = 6, 2


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The first run of a fresh folder, shared by the tests below, which work on copies."""
    with FakeEntrez(N_RECORDS, N_FULL_TEXTS) as fake:
        yield built(fake, tmp_path_factory.mktemp("live"))


@pytest.fixture
def world(first: Built, tmp_path: Path) -> World:
    return first.copied_to(tmp_path)


def test_from_nothing_to_the_database(first: Built) -> None:
    """Two variables are enough; every record ends as a pooled report with a patient."""
    status, printed, errors = first.outcome
    assert (status, errors) == (0, "")
    assert f"Records: {N_RECORDS} new." in printed
    assert f"Included reports: {N_RECORDS} read anew, 0 unchanged since." in printed
    assert "compared with nothing: there was no file before this one" in printed
    world = first.world
    assert world.ask("select count(*), count(distinct source) from pooled_articles") == [
        (N_RECORDS, 1)
    ]
    assert world.ask("select count(*) from pooled_patients") == [(N_RECORDS,)]
    assert world.ask("select count(*) from articles where has_full_text") == [(N_FULL_TEXTS,)]


def test_what_was_asked_is_in_the_database(first: Built) -> None:
    """Searches as sent and as translated, and what became of every record and full text."""
    ask = first.world.ask
    searches = ask("select name, purpose, n_found, sent = translated from searches order by name")
    assert searches == [
        ("pmc", "identification", N_FULL_TEXTS, True),
        ("pubmed", "identification", N_RECORDS, True),
    ]
    assert ask(
        "select database, status, full_text_status, count(*), count(article_id), count(fetched_on)"
        " from retrieval group by all order by all"
    ) == [
        ("pmc", "obtained", None, 2, 2, 2),
        ("pubmed", "current", "not_in_pmc", 4, 4, 4),
        ("pubmed", "current", "obtained", 2, 2, 2),
    ]
    assert ask(
        "select change, count(*), bool_and(is_since_last_file) from refresh_changes"
        " group by all order by all"
    ) == [("full text obtained", 2, True), ("new", 6, True)]


def test_requests_are_few_named_and_slow(first: Built) -> None:
    """One a search, one a batch, one a full text; never more than 3 in any second of the run."""
    utilities = [(utility, db) for utility, db, _ in first.asked]
    assert utilities == [
        ("esearch", "pubmed"), ("esearch", "pmc"), ("efetch", "pubmed"),
        ("efetch", "pmc"), ("efetch", "pmc"),
    ]  # fmt: skip
    assert first.identities == {("scleromyxedema-pipeline", EMAIL)}
    assert first.most_in_a_second <= 3


def test_nothing_new_is_one_request_a_search_and_changes_nothing(world: World) -> None:
    before = {path: path.read_bytes() for path in world.extracted.glob("*.*")}
    started = time.monotonic()
    status, printed, _ = world.run(is_hasty=False)
    assert time.monotonic() - started < 5
    assert status == 0
    assert "Nothing new" in printed
    assert [(utility, db) for utility, db, _ in world.asked()] == [
        ("esearch", "pubmed"), ("esearch", "pmc"), ("esearch", "pubmed"),
    ]  # fmt: skip
    assert {path: path.read_bytes() for path in world.extracted.glob("*.*")} == before


def mark_extractions(world: World) -> None:
    """Give every patient a label that no new extraction would give."""
    path = world.extracted / "extractions.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        for patient in row["patients"]:
            patient["label"] = "as before"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_one_new_one_revised_one_retracted(world: World) -> None:
    """Exactly those are fetched, read and reported; the pooled figures say before and after."""
    mark_extractions(world)
    revised, retracted = list(world.fake.records)[2:4]
    (new,) = (record.pmid for record in world.fake.add(1))
    world.fake.revise(revised)
    world.fake.revise(retracted, is_retracted=True, links=[("RetractionIn", "99")])
    status, printed, errors = world.run(key=KEY)
    assert (status, errors) == (0, "")

    fetched = [ids for utility, _, ids in world.asked() if utility == "efetch"]
    assert fetched == [sorted([new, revised, retracted])]
    assert "Included reports: 3 read anew, 4 unchanged since." in printed
    read = world.ask("select article_id from patients where label <> 'as before' order by 1")
    assert read == [(f"PMID:{pmid}",) for pmid in sorted([new, revised, retracted])]

    changes = world.ask(
        "select change, record_id, reason from refresh_changes where is_since_last_file"
        " order by change, record_id"
    )
    assert [(change, pmid) for change, pmid, _ in changes] == [
        ("new", new), ("retracted", retracted), *(("revised", p) for p in (revised, retracted)),
    ]  # fmt: skip
    assert changes[1][2] == "Retracted Publication; RetractionIn 99"
    assert "In this file and not in the one before: 1 new, 2 revised, 1 retracted." in printed
    assert f"  retracted: PMID {retracted}" in printed
    # one more report, one less: the numbers stay, and the women among them are others
    assert world.ask(
        "select figure, n_before, n_stated_before, n_after, n_stated_after"
        " from figures_before_after where position <= 4 order by position"
    ) == [
        ("reports", 6, None, 6, None), ("patients", 6, None, 6, None),
        ("women", 3, 6, 4, 6), ("monoclonal protein", 6, 6, 6, 6),
    ]  # fmt: skip
    assert "  women: 3 of 6 (50 %) -> 4 of 6 (67 %)" in printed
    assert_no_secret(world)


def test_the_key_and_the_address_are_nowhere(world: World) -> None:
    """Not even where the service repeats them, or a request that holds them fails."""
    world.fake.warnings = [("OutputMessage", f"asked by {EMAIL} with {KEY}")]
    world.retract(next(iter(world.fake.records)))
    world.fake.fail_from(3, "reset connection")
    assert world.run(key=KEY)[0] == 1
    world.fake.recover()
    assert world.run(key=KEY)[0] == 0
    assert ("***" in str(world.ask("select warnings from searches"))) is True
    assert_no_secret(world)


def assert_no_secret(world: World) -> None:
    """No file below the folder, no line printed, and no value of any table holds a secret."""
    tables = [name for (name,) in world.ask("select table_name from duckdb_tables()")]
    values = "\n".join(str(world.ask(f"select * from {name}")) for name in tables)
    files = [path for path in world.folder.rglob("*") if path.is_file()]
    assert len(files) > 10
    places = {str(path): path.read_bytes().decode("latin-1") for path in files}
    places |= {"output": "\n".join(world.told), "values": values}
    for secret in (KEY, EMAIL, EMAIL.replace("@", "%40"), EMAIL.split("@")[0]):
        assert [name for name, text in places.items() if secret in text] == []


def test_a_record_that_left_is_kept_and_a_deleted_one_is_not_pooled(world: World) -> None:
    left, deleted = list(world.fake.records)[2:4]
    for pmid in (left, deleted):
        world.fake.records[pmid].is_found = False
    world.fake.records[deleted].is_deleted = True
    status, printed, _ = world.run()
    assert status == 0
    assert f"  deleted: PMID {deleted}" in printed
    assert "  reports: 6 -> 5" in printed
    rows = world.ask(
        "select pmid, retrieval_status, is_in_current_search,"
        " article_id in (select article_id from pooled_articles)"
        " from articles where retrieval_status <> 'current' order by pmid"
    )
    assert rows == [(left, "left", False, True), (deleted, "deleted", False, False)]
    # and back again, without a word of what was there before being lost
    world.fake.records[deleted].is_deleted = False
    world.fake.records[deleted].is_found = True
    status, printed, _ = world.run()
    assert status == 0
    assert "1 returned" in printed
    assert "  reports: 5 -> 6" in printed


@pytest.mark.parametrize(
    ("position", "fault"),
    [(0, "refused connection"), (1, "html with status 200"), (2, "429"), (3, "truncated")],
)
def test_a_fault_leaves_the_database_and_the_next_run_completes(
    world: World, position: int, fault: str
) -> None:
    """Nothing listens, a web page, too many requests, a cut-off body: each at another request."""
    world.retract(next(iter(world.fake.records)))
    before = world.database.read_bytes()
    world.fake.fail_from(position, fault)
    status, _, errors = world.run()
    assert status == 1
    assert errors.count("\n") == 1, errors
    assert "run again" in errors
    assert world.database.read_bytes() == before
    world.fake.recover()
    assert world.run()[0] == 0
    assert world.ask("select count(*) from articles where is_retracted") == [(1,)]


def test_what_was_fetched_before_a_kill_is_built_by_the_next_run(world: World) -> None:
    """Killed after the last request: Entrez has nothing new to tell then, the run has."""
    world.retract(next(iter(world.fake.records)))
    before = world.database.read_bytes()
    kill_when(world, lambda line: line.endswith(" requests.\n"))
    assert world.database.read_bytes() == before
    world.fake.hang_up()
    status, _, errors = world.run()
    assert status == 1
    assert "cannot be reached" in errors
    assert world.database.read_bytes() == before
    world.fake.recover()
    status, printed, _ = world.run()
    assert status == 0
    assert "Records: nothing new." in printed
    assert "In this file and not in the one before: 1 revised, 1 retracted." in printed
    assert "  reports: 6 -> 5" in printed


def kill_when(world: World, is_time: object) -> None:
    """Kill a run as soon as it has printed a line."""
    assert callable(is_time)
    process = world.start()
    assert process.stdout is not None
    for line in process.stdout:
        if is_time(line):
            process.kill()
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_killed_after_the_swap_the_next_run_tells_the_same(world: World) -> None:
    """The new file was there, its report and its closing line were not: nothing told is lost."""
    world.retract(next(iter(world.fake.records)))
    assert world.run()[0] == 0
    told = "select * from figures_before_after order by all"
    before = world.ask(told)
    changes = world.ask("select * from refresh_changes order by all")
    (world.extracted / "state.json").unlink()
    (world.extracted / "report.html").unlink()
    status, printed, _ = world.run()
    assert status == 0
    assert "  reports: 6 -> 5" in printed
    assert world.ask(told) == before
    assert world.ask("select * from refresh_changes order by all") == changes
    assert (world.extracted / "report.html").exists()


def kill_at_random(world: World, chance: random.Random, longest_seconds: float) -> None:
    process = world.start()
    time.sleep(chance.uniform(0.1, longest_seconds))
    process.kill()
    process.communicate()


def n_pooled(world: World) -> int:
    """How many reports are pooled; fails where the file cannot be opened."""
    ((number,),) = world.ask("select count(*) from pooled_articles")
    return int(number)


def test_killed_at_five_random_moments(world: World) -> None:
    """From the first request to the last file: the file is the old one or the new one."""
    chance = random.Random(5)
    world.retract(next(iter(world.fake.records)))
    for _ in range(5):
        kill_at_random(world, chance, 2.5)
        assert n_pooled(world) in (N_RECORDS - 1, N_RECORDS)
    status, _, errors = world.run()
    assert (status, errors) == (0, "")
    assert n_pooled(world) == N_RECORDS - 1
    assert list(world.extracted.glob("*.new-*")) == []


@pytest.mark.slow
def test_killed_at_fifty_random_moments(first: Built, tmp_path: Path) -> None:
    """The same with new reports to read, from an empty folder and from a full one."""
    chance = random.Random(50)
    for number in range(10):
        world = first.copied_to(tmp_path / str(number))
        if number % 2:
            world.extracted.rename(tmp_path / f"{number}-aside")
        world.fake.add(2, 1)
        n_expected = len(world.fake.records)
        for _ in range(5):
            kill_at_random(world, chance, 12.0)
            if world.database.exists():
                assert n_pooled(world) in (N_RECORDS, n_expected)
        status, _, errors = world.run()
        assert (status, errors) == (0, "")
        assert n_pooled(world) == n_expected
        fetched = world.ask("select count(distinct raw_file) from retrieval")
        assert fetched[0][0] >= 4


def test_the_second_of_two_runs_says_who_is_at_work_and_leaves(world: World) -> None:
    """Also an import and a run on the starter corpus: they would build the same file."""
    is_waiting, may_go_on = threading.Event(), threading.Event()

    def hold(_seen: Seen) -> None:
        is_waiting.set()
        may_go_on.wait(60)

    world.fake.before_answer = hold
    one = world.start()
    assert is_waiting.wait(30)
    before = world.database.read_bytes()
    given = world.folder / "given.xml"
    given.write_text("<PubmedArticleSet/>", encoding="utf-8")
    others: list[subprocess.Popen[str]] = [
        world.start("run"), world.start("import", str(given)), world.start("run", "--starter"),
    ]  # fmt: skip
    for other in others:
        _, errors = other.communicate(timeout=60)
        assert other.returncode == 1
        assert f"process {one.pid} on" in errors
        assert "wait until it has ended" in errors
    assert world.database.read_bytes() == before
    assert not (world.extracted / "raw" / "import").exists()
    world.fake.before_answer = None
    may_go_on.set()
    one.communicate(timeout=60)
    assert one.returncode == 0


def test_without_an_address_the_fetched_records_are_used(world: World) -> None:
    """They are no starter corpus, and the run must not say so."""
    environment_file = world.environment()
    environment_file["NCBI_EMAIL"] = ""
    (world.extracted / "state.json").unlink()
    world.environment = lambda _key="": environment_file  # type: ignore[method-assign, assignment]
    status, printed, _ = world.run()
    assert status == 0
    assert "The records fetched before are used" in printed.splitlines()[0]
    assert "Starter" not in printed
    assert not world.fake.requests
    with duckdb.connect(str(world.database), read_only=True) as connection:
        assert connection.execute("select mode from runs").fetchall() == [("kept",)]

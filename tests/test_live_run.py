"""Whole runs of the program against the stand-in Entrez: from nothing to the DuckDB file, then what
is new, with faults and kills on the way.
"""

from __future__ import annotations

import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_entrez import FakeEntrez, Seen
from live_cases import EMAIL, KEY, ROOT, Built, World, built
from msgspec.structs import replace

from pipeline.files import read_rows, write_rows
from pipeline.given import files_at_hand
from pipeline.records import Extraction, Patient
from pipeline.settings import Settings

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
    rows = read_rows(path, Extraction)
    write_rows(path, [replace(row, patients=tuple(map(marked, row.patients))) for row in rows])


def marked(patient: Patient) -> Patient:
    return replace(patient, label="as before")


def test_one_new_one_revised_one_retracted(world: World) -> None:
    """Exactly those are fetched, read and reported; the pooled figures say before and after."""
    mark_extractions(world)
    revised, retracted = list(world.fake.records)[2:4]
    (new,) = (record.pmid for record in world.fake.add(1))
    world.fake.revise(revised)
    world.fake.revise(retracted, is_retracted=True, links=[("RetractionIn", "99")])
    world.fake.warnings = [("OutputMessage", f"asked by {EMAIL} with {KEY}")]
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
    page = (world.extracted / "report.html").read_text(encoding="utf-8")
    assert 'id="prisma"' in page
    assert 'id="changed_figures"' in page
    # the service repeated the key and the address: kept and shown without them
    kept = world.ask("select warnings from searches order by refresh_id desc limit 1")
    assert kept == [(["OutputMessage: asked by *** with ***"],)]
    assert "asked by *** with ***" in printed
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


def test_faults_and_a_kill_cost_nothing_but_another_run(world: World) -> None:
    """Faults at one request after the other, a kill after the last: the old file stays as it is
    byte for byte, the run says what to do, and the next good run completes what was fetched.
    """
    retracted, left, deleted = list(world.fake.records)[1:4]
    world.retract(retracted)
    for pmid in (left, deleted):
        world.fake.records[pmid].is_found = False
    world.fake.records[deleted].is_deleted = True
    before = world.database.read_bytes()

    faults = ("html with status 200", "429", "truncated", "refused connection")
    for position, fault in enumerate(faults):
        world.fake.recover()
        # what a run has received stays received, so the next one begins later
        world.fake.fail_from(min(position, 1), fault)
        assert_leaves_all_as_it_was(world, before)
    world.fake.recover()
    kill_when(world, lambda line: line.endswith(" requests.\n"))
    assert world.database.read_bytes() == before
    world.fake.hang_up()
    assert "cannot be reached" in assert_leaves_all_as_it_was(world, before)

    world.fake.recover()
    status, printed, errors = world.run()
    assert (status, errors) == (0, "")
    assert "Records: nothing new." in printed
    told = "In this file and not in the one before: 1 revised, 1 left, 1 deleted, 1 retracted."
    assert told in printed
    assert_flagged(world, retracted, left, deleted)
    assert "  reports: 6 -> 4" in printed
    assert_told_again_after_the_swap(world, told)


def assert_leaves_all_as_it_was(world: World, before: bytes) -> str:
    """A run that fails ends with 1 and one line; its message."""
    status, _, errors = world.run()
    assert status == 1
    assert errors.count("\n") == 1, errors
    assert "run again" in errors
    assert world.database.read_bytes() == before
    return errors


def assert_flagged(world: World, retracted: str, left: str, deleted: str) -> None:
    """All are kept; the retracted and the deleted one are in no pooled figure."""
    assert world.ask(
        "select pmid, retrieval_status, is_in_current_search, is_retracted,"
        " article_id in (select article_id from pooled_articles)"
        " from articles where retrieval_status <> 'current' or is_retracted order by pmid"
    ) == [
        (retracted, "current", True, True, False),
        (left, "left", False, False, True),
        (deleted, "deleted", False, False, False),
    ]


def assert_told_again_after_the_swap(world: World, told: str) -> None:
    """A run killed when the new file was there, but not yet its report, loses nothing told."""
    figures, changes = "from figures_before_after order by all", "from refresh_changes order by all"
    before = [world.ask(f"select * {table}") for table in (figures, changes)]
    (world.extracted / "state.json").unlink()
    (world.extracted / "report.html").unlink()
    status, printed, _ = world.run()
    assert status == 0
    assert told in printed
    assert "  reports: 6 -> 4" in printed
    assert [world.ask(f"select * {table}") for table in (figures, changes)] == before
    assert (world.extracted / "report.html").exists()


def kill_when(world: World, is_time: Callable[[str], bool]) -> None:
    """Kill a run as soon as it has printed a line."""
    process = world.start()
    assert process.stdout is not None
    for line in process.stdout:
        if is_time(line):
            process.kill()
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def kill_at_random(world: World, chance: random.Random, longest_seconds: float) -> None:
    process = world.start()
    time.sleep(chance.uniform(0.1, longest_seconds))
    process.kill()
    process.communicate()


def kill_in_load(world: World) -> None:
    """Kill a run while the new file stands beside the old one."""
    process = world.start()
    while process.poll() is None and not list(world.extracted.glob("*.new-*")):
        time.sleep(0.001)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert list(world.extracted.glob("*.new-*"))


def n_pooled(world: World) -> int:
    """How many reports are pooled; fails where the file cannot be opened."""
    ((number,),) = world.ask("select count(*) from pooled_articles")
    return int(number)


def test_killed_at_five_moments(world: World) -> None:
    """From the first request to the last file: the file is the old one or the new one."""
    chance = random.Random(5)
    world.retract(next(iter(world.fake.records)))
    kill_in_load(world)
    assert n_pooled(world) == N_RECORDS
    for _ in range(4):
        kill_at_random(world, chance, 2.0)
        assert n_pooled(world) in (N_RECORDS - 1, N_RECORDS)
    status, _, errors = world.run()
    assert (status, errors) == (0, "")
    assert n_pooled(world) == N_RECORDS - 1
    assert list(world.extracted.glob("*.new-*")) == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
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
    """Also an import: it would build the same file."""
    is_waiting, may_go_on = threading.Event(), threading.Event()

    def hold(_seen: Seen) -> None:
        is_waiting.set()
        may_go_on.wait(60)

    world.fake.before_answer = hold
    one = world.start(is_hasty=False)  # which waits for an answer as long as a person would
    assert is_waiting.wait(30)
    before = world.database.read_bytes()
    given = world.folder / "given.xml"
    given.write_text("<PubmedArticleSet/>", encoding="utf-8")
    others: list[subprocess.Popen[str]] = [
        world.start("run"), world.start("import", str(given)),
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


def test_without_an_address_the_fetched_records_are_used(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are no starter corpus, and the run must not say so."""
    raws, facts = files_at_hand(Settings(extracted_dir=world.extracted), is_starter=False)
    assert {raw.source for raw in raws} == {"entrez"}
    assert facts == {"mode": "kept"}
    assert "Starter" not in capsys.readouterr().out


def test_a_lost_raw_file_is_named_and_the_status_says_so(world: World) -> None:
    """Until a live run has fetched it anew, also where nothing else is new."""
    (world.extracted / "raw" / "pmc" / "PMC2000000.xml").unlink()
    record = ROOT / "pipeline" / "starter" / "D001.xml"
    for _ in range(2):
        status, _, errors = world.run("import", str(record))
        assert status == 3
        assert "PMC2000000.xml is missing and is not used" in errors
    status, _, errors = world.run()
    assert (status, errors) == (0, "")

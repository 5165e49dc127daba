"""Whatever fails, at whichever request: the corpus is complete, or the run says what to do,
touches nothing derived, and the next run completes it.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from fake_entrez import FAULTS, HARD_FAULTS, FakeEntrez
from retrieve_cases import (
    EMAIL,
    SEARCH,
    assert_complete,
    fast_pace,
    full_texts,
    run,
    settings_for,
    stored_pmids,
)

from pipeline import retrieve
from pipeline.retrieve.errors import Trouble
from pipeline.retrieve.pace import Pace
from pipeline.retrieve.runs import read_logs
from pipeline.settings import Settings

N_RECORDS, N_FULL_TEXTS, BATCH = 20, 3, 10
N_REQUESTS = 2 + N_RECORDS // BATCH + N_FULL_TEXTS  # two searches, two batches, three full texts
SLOW = ("silence", "stall in body")
FAST: dict[str, Any] = {"batch_size": BATCH, "failures_in_row": 7, "timeout_seconds": 2.0}


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of runs here fail in the network; what a power loss keeps is not their subject."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def pace_for(fault: str) -> dict[str, Any]:
    return {**FAST, "timeout_seconds": 0.1} if fault in SLOW else dict(FAST)


def run_with_database(fake: FakeEntrez, folder: Path, fault: str) -> str | None:
    """One run beside a database; the message where it failed. The database must stay as it is."""
    database = folder / "extracted" / "scleromyxedema.duckdb"
    database.parent.mkdir(exist_ok=True)
    database.write_bytes(b"the old database")
    message = None
    try:
        run(fake, folder, **pace_for(fault))
    except retrieve.RetrieveError as error:
        message = str(error)
    assert database.read_bytes() == b"the old database"
    return message


def assert_says_what_to_do(message: str) -> None:
    assert re.search(r"run again|check|wait|correct|write to", message), message
    assert message.endswith(".")
    assert "\n" not in message


def test_the_loop_below_covers_every_request(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(N_RECORDS, N_FULL_TEXTS)
    run(fake_entrez, tmp_path, **FAST)
    assert len(fake_entrez.requests) == N_REQUESTS


@pytest.mark.parametrize("fault", [f for f in FAULTS if f != "refused connection"])
@pytest.mark.parametrize("position", range(N_REQUESTS))
def test_a_fault_that_passes_is_overcome(
    fake_entrez: FakeEntrez, tmp_path: Path, position: int, fault: str
) -> None:
    fake_entrez.add(N_RECORDS, N_FULL_TEXTS)
    fake_entrez.fail_once(position, fault)
    message = run_with_database(fake_entrez, tmp_path, fault)
    assert len(fake_entrez.requests) > N_REQUESTS or message, "the fault was not noticed"
    if fault == "dropped ids" and position < 2:  # a search that does not add up is not believed
        assert message is not None
        assert_says_what_to_do(message)
        fake_entrez.recover()
        run(fake_entrez, tmp_path, **FAST)
    else:
        assert message is None
    assert_complete(fake_entrez, tmp_path)
    assert len(stored_pmids(tmp_path)) == N_RECORDS


@pytest.mark.parametrize("fault", [*FAULTS, *HARD_FAULTS])
@pytest.mark.parametrize("position", range(N_REQUESTS))
def test_a_fault_that_stays_ends_in_a_message_and_the_next_run_completes(
    fake_entrez: FakeEntrez, tmp_path: Path, position: int, fault: str
) -> None:
    fake_entrez.add(N_RECORDS, N_FULL_TEXTS)
    fake_entrez.fail_from(position, fault)
    message = run_with_database(fake_entrez, tmp_path, fault)
    if message is None:  # only a PMC that lacks articles is no reason to hold up the reports
        assert fault == "dropped ids"
        assert position >= 2 + N_RECORDS // BATCH
        assert len(stored_pmids(tmp_path)) == N_RECORDS
    else:
        assert_says_what_to_do(message)
    arrived = set(stored_pmids(tmp_path)) | set(full_texts(tmp_path))
    fake_entrez.recover()
    run(fake_entrez, tmp_path, **FAST)
    assert_complete(fake_entrez, tmp_path)
    asked = {i for seen in fake_entrez.asked("efetch") for i in seen.ids}
    assert not asked & arrived, "the next run asked again for what it had"


@pytest.mark.parametrize("fault", ["500", "truncated", "429 json with status 200", "dropped ids"])
@pytest.mark.parametrize("position", range(5))
def test_a_failed_update_is_not_forgotten(
    fake_entrez: FakeEntrez, tmp_path: Path, position: int, fault: str
) -> None:
    """New, revised, retracted and departed records of a failed run are all in the next one."""
    fake_entrez.add(N_RECORDS, 1)
    run(fake_entrez, tmp_path, **FAST)
    pmids = list(fake_entrez.records)
    new = fake_entrez.add(1, 1)[0]
    fake_entrez.revise(pmids[4])
    fake_entrez.revise(pmids[6], is_retracted=True)
    fake_entrez.records[pmids[8]].is_found = False
    fake_entrez.requests = []
    fake_entrez.fail_from(position, fault)
    message = run_with_database(fake_entrez, tmp_path, fault)
    fake_entrez.recover()
    run(fake_entrez, tmp_path, **FAST)
    states = retrieve.record_states(tmp_path / "extracted")
    today = fake_entrez.records[pmids[4]].modified.isoformat()
    assert states["pmc", str(new.pmcid)].status == "fetched"
    assert states["pubmed", new.pmid].file
    assert {states["pubmed", pmids[n]].revised_on for n in (4, 6)} == {today}
    assert states["pubmed", pmids[8]].status == "left"
    assert message is not None or fault == "dropped ids"


def test_one_record_that_spoils_its_batch_does_not_hold_up_the_others(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(200)
    fake_entrez.spoiled = {"10000000"}
    with pytest.raises(retrieve.RetrieveError, match="PMID 10000000"):
        run(fake_entrez, tmp_path)
    assert len(stored_pmids(tmp_path)) == 199
    fake_entrez.recover()
    fake_entrez.spoiled = set()
    run(fake_entrez, tmp_path)
    assert [seen.ids for seen in fake_entrez.asked("efetch")] == [["10000000"]]
    assert_complete(fake_entrez, tmp_path)


def test_a_record_never_sent_is_named_and_after_two_runs_no_longer_in_the_way(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(30)
    fake_entrez.records["10000007"].is_deleted = True
    with pytest.raises(retrieve.RetrieveError, match="PMID 10000007"):
        run(fake_entrez, tmp_path)
    assert run(fake_entrez, tmp_path).absent == ("10000007",)
    fake_entrez.records["10000007"].is_deleted = False
    assert run(fake_entrez, tmp_path).new == ("10000007",)


def test_a_service_that_sends_no_records_is_never_taken_for_an_empty_corpus(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(30)
    for record in fake_entrez.records.values():
        record.is_deleted = True
    for _ in range(3):
        with pytest.raises(retrieve.RetrieveError, match="did not send 30"):
            run(fake_entrez, tmp_path)


def test_waits_double_up_to_a_limit_and_keep_to_retry_after() -> None:
    pace = Pace(jitter=lambda: 0.0)
    assert [pace.wait_seconds(n, None) for n in range(1, 7)] == [2, 4, 8, 16, 32, 32]
    assert pace.wait_seconds(1, 45.0) == 45
    assert Pace(jitter=lambda: 1.0).wait_seconds(1, None) == 2.5


def test_a_retry_after_beyond_all_numbers_is_none(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(3)
    fake_entrez.retry_after = "9" * 400
    fake_entrez.fail_once(1, "429 retry-after")
    run(fake_entrez, tmp_path)
    assert_complete(fake_entrez, tmp_path)


@pytest.mark.parametrize("given", ["7", "date"])
def test_retry_after_is_kept_in_seconds_or_as_a_date(
    fake_entrez: FakeEntrez, tmp_path: Path, given: str
) -> None:
    fake_entrez.add(3)
    moment = datetime.now(UTC) + timedelta(seconds=8)
    fake_entrez.retry_after = format_datetime(moment, usegmt=True) if given == "date" else given
    fake_entrez.fail_once(1, "429 retry-after")
    waits: list[float] = []
    run(fake_entrez, tmp_path, sleep=waits.append)
    assert len(waits) == 1
    assert 5 <= waits[0] <= 8


def test_a_very_long_retry_after_is_handed_to_the_person(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(3)
    fake_entrez.retry_after = "3600"
    fake_entrez.fail_from(0, "429 retry-after")
    with pytest.raises(retrieve.EntrezUnavailable, match="60 minutes"):
        run(fake_entrez, tmp_path)
    assert len(fake_entrez.requests) == 1


def test_failures_in_a_row_stop_the_run(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(200)
    fake_entrez.fail_from(2, "500")
    with pytest.raises(retrieve.EntrezUnavailable):
        run(fake_entrez, tmp_path)
    assert len(fake_entrez.requests) == 2 + 20


def test_the_cap_on_requests_holds_and_the_next_run_goes_on(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(50)
    with pytest.raises(retrieve.RetrieveError, match="cap of 4 requests"):
        run(fake_entrez, tmp_path, batch_size=10, request_cap=4)
    run(fake_entrez, tmp_path, batch_size=10)
    assert len(fake_entrez.requests) == 2 + 5
    assert_complete(fake_entrez, tmp_path)


def test_an_unreachable_service_is_named_plainly(tmp_path: Path) -> None:
    with FakeEntrez(1) as fake:
        fake.hang_up()
        with pytest.raises(retrieve.EntrezUnavailable, match=r"cannot be reached.*network"):
            run(fake, tmp_path)


@pytest.mark.parametrize(
    "address", ["http://[::1/", "http://a:99999/", "http://a/\u00e4/", "http://a b/", "file:///x/"]
)
def test_an_address_that_is_none_is_one_sentence(tmp_path: Path, address: str) -> None:
    settings = Settings(ncbi_email=EMAIL, entrez_base_url=address, extracted_dir=tmp_path)
    with pytest.raises(retrieve.RetrieveError, match="ENTREZ_BASE_URL must be"):
        retrieve.refresh(SEARCH, settings, lambda _line: None, pace=fast_pace(tmp_path))


def test_only_loopback_or_the_given_host_is_ever_asked(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    """Bio.Entrez is put back as it was, and a base address that is none is refused."""
    from Bio import Entrez

    fake_entrez.add(2)
    before = (Entrez.urlopen, Entrez.max_tries, Entrez.email, Entrez.api_key, Entrez.tool)
    run(fake_entrez, tmp_path)
    assert (Entrez.urlopen, Entrez.max_tries, Entrez.email, Entrez.api_key, Entrez.tool) == before
    for base in ("file:///etc/", "eutils", "http://"):
        settings = settings_for(fake_entrez, tmp_path)
        settings = type(settings)(settings.ncbi_email, None, base, settings.extracted_dir)
        with pytest.raises(retrieve.RetrieveError, match="ENTREZ_BASE_URL"):
            retrieve.refresh(
                {"pubmed": [{"name": "a", "term": "b[tiab]"}]},
                settings,
                print,
                pace=fast_pace(tmp_path),
            )


def test_a_full_text_of_another_article_is_refused(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_entrez.add(5, n_full_texts=2)
    real = fake_entrez._pmc_answer
    monkeypatch.setattr(fake_entrez, "_pmc_answer", lambda _ids: real(["2000001"]))
    with pytest.raises(retrieve.RetrieveError, match="PMC2000000"):
        run(fake_entrez, tmp_path)
    assert full_texts(tmp_path) == ["2000001"]


def test_an_article_that_pmc_denies_with_status_400_is_absent_not_failed(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_entrez.add(2, 1)
    real = fake_entrez.answer
    denial = b"<eFetchResult><ERROR>The following PMCID is not available: 1</ERROR></eFetchResult>"

    def answer(seen: Any, drops_ids: bool) -> tuple[int, bytes]:
        is_text = seen.utility == "efetch" and seen.parameters["db"] == "pmc"
        return (400, denial) if is_text else real(seen, drops_ids)

    monkeypatch.setattr(fake_entrez, "answer", answer)
    result = run(fake_entrez, tmp_path)
    assert (result.full_text_absent, result.full_text_failed) == (("2000000",), ())


@pytest.mark.parametrize("count", ["²", "9" * 5_000, "2"])
def test_a_count_that_is_none_is_asked_for_again(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: str
) -> None:
    fake_entrez.add(3)
    real = fake_entrez.answer

    def answer(seen: Any, drops_ids: bool) -> tuple[int, bytes]:
        status, body = real(seen, drops_ids)
        wrong = f"<Count>{count}</Count>".encode()
        return status, body if seen.position else body.replace(b"<Count>3</Count>", wrong)

    monkeypatch.setattr(fake_entrez, "answer", answer)
    run(fake_entrez, tmp_path)
    assert_complete(fake_entrez, tmp_path)
    assert len(fake_entrez.asked("esearch", "pubmed")) == 2


def test_an_article_among_others_is_found_by_its_id() -> None:
    from fake_entrez import jats_xml

    from pipeline.retrieve.received import pmc_article

    fake = FakeEntrez(2, 2)
    first, second = (jats_xml(record) for record in fake.records.values())
    body = f"<pmc-articleset>{second}{first}</pmc-articleset>".encode()
    article = pmc_article(body, "2000000")
    assert article is not None
    assert article.pmid == "10000000"
    with pytest.raises(Trouble):
        pmc_article(f"<pmc-articleset>{second}</pmc-articleset>".encode(), "2000000")


def test_a_body_in_a_reviewers_report_is_no_full_text() -> None:
    from pipeline.retrieve.received import pmc_article

    body = (
        b"<article><front><article-meta/></front>"
        b"<sub-article><body><p>A reply.</p></body></sub-article></article>"
    )
    article = pmc_article(body, "1")
    assert article is not None
    assert not article.has_body


@pytest.mark.parametrize("is_cut", [True, False], ids=["cut", "invalid UTF-8"])
def test_a_damaged_run_log_resumes_nothing_and_breaks_nothing(
    fake_entrez: FakeEntrez, tmp_path: Path, is_cut: bool
) -> None:
    fake_entrez.add(3)
    result = run(fake_entrez, tmp_path)
    path = tmp_path / "extracted" / "raw" / "runs" / f"{result.run}.json"
    data = path.read_bytes()
    path.write_bytes(data[:50] if is_cut else data.replace(b"scleromyxedema", b"\xa0cleromyxedema"))
    assert read_logs(tmp_path / "extracted") == []
    fake_entrez.recover()
    assert not run(fake_entrez, tmp_path).is_changed


@pytest.mark.parametrize("line", [b"{broken\n", b'{"id": "\xa0"}\n'])
def test_a_damaged_manifest_line_is_named(
    fake_entrez: FakeEntrez, tmp_path: Path, line: bytes
) -> None:
    fake_entrez.add(3)
    run(fake_entrez, tmp_path)
    path = tmp_path / "extracted" / "raw" / "manifest.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + line + lines[2])
    with pytest.raises(retrieve.RetrieveError, match=r"manifest\.jsonl, line 2 is damaged"):
        run(fake_entrez, tmp_path)

"""A refresh brings the whole corpus, then exactly what changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fake_entrez import FakeEntrez
from retrieve_cases import (
    EMAIL,
    KEY,
    SEARCH,
    assert_complete,
    fast_pace,
    full_texts,
    run,
    settings_for,
    stored_pmids,
)

from pipeline import retrieve


def test_1200_records_arrive_in_at_most_12_requests_plus_full_texts(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(1_200, n_full_texts=5)
    result = run(fake_entrez, tmp_path)
    assert_complete(fake_entrez, tmp_path)
    assert len(fake_entrez.requests) - len(fake_entrez.asked("efetch", "pmc")) <= 12
    assert len(fake_entrez.asked("efetch", "pmc")) == 5
    assert (len(result.new), result.n_stored, result.n_full_text) == (1_200, 1_200, 5)
    assert result.n_duplicates == 5
    assert result.is_changed


def test_every_request_says_who_asks(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(30, n_full_texts=1)
    run(fake_entrez, tmp_path, key=KEY)
    for seen in fake_entrez.requests:
        assert seen.parameters["tool"] == "scleromyxedema-pipeline"
        assert seen.parameters["email"] == EMAIL
        assert seen.parameters["api_key"] == KEY


def test_long_id_lists_go_by_post_and_short_requests_by_get(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(200, n_full_texts=1)
    run(fake_entrez, tmp_path)
    methods = {(s.utility, s.parameters["db"]): s.method for s in fake_entrez.requests}
    assert methods[("efetch", "pubmed")] == "POST"
    assert methods[("efetch", "pmc")] == "GET"


def test_with_nothing_new_one_request_per_search_and_no_fetch(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(40, n_full_texts=3)
    run(fake_entrez, tmp_path)
    fake_entrez.recover()
    result = run(fake_entrez, tmp_path)
    assert [seen.utility for seen in fake_entrez.requests] == ["esearch"] * 3
    assert [query.name for query in result.queries] == ["pubmed", "pmc", "revised"]
    assert not result.is_changed
    assert not result.new


def test_new_revised_and_retracted_are_fetched_and_nothing_else(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(40, n_full_texts=3)
    run(fake_entrez, tmp_path)
    fake_entrez.recover()
    pmids = list(fake_entrez.records)
    new = fake_entrez.add(1)[0].pmid
    fake_entrez.revise(pmids[5])
    fake_entrez.revise(pmids[7], is_retracted=True, links=[("RetractionIn", "39999999")])
    result = run(fake_entrez, tmp_path)
    fetched = [i for seen in fake_entrez.asked("efetch") for i in seen.ids]
    assert sorted(fetched) == sorted([new, pmids[5], pmids[7]])
    assert result.new == (new,)
    assert result.revised == (pmids[5], pmids[7])
    assert result.retracted == (pmids[7],)
    assert_complete(fake_entrez, tmp_path)


def test_a_revision_is_fetched_once_although_its_day_stays_in_the_window(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(10)
    run(fake_entrez, tmp_path)
    fake_entrez.revise(next(iter(fake_entrez.records)))
    run(fake_entrez, tmp_path)
    fake_entrez.recover()
    result = run(fake_entrez, tmp_path)
    assert not fake_entrez.asked("efetch")
    assert not result.is_changed


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("ExpressionOfConcernIn", "concerns"),
        ("ErratumIn", "errata"),
        ("UpdateIn", "updates"),
        ("CorrectedandRepublishedIn", "updates"),
        ("RetractionIn", "retracted"),
    ],
)
def test_notices_are_named_when_they_are_new(
    fake_entrez: FakeEntrez, tmp_path: Path, kind: str, field: str
) -> None:
    fake_entrez.add(5)
    run(fake_entrez, tmp_path)
    pmid = list(fake_entrez.records)[2]
    fake_entrez.revise(pmid, links=[(kind, "39999999"), ("CommentIn", "39999998")])
    assert getattr(run(fake_entrez, tmp_path), field) == (pmid,)
    assert getattr(run(fake_entrez, tmp_path), field) == ()


def test_what_left_the_search_or_was_deleted_is_named_once_and_kept(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(10)
    run(fake_entrez, tmp_path)
    left, deleted = list(fake_entrez.records)[1:3]
    fake_entrez.records[left].is_found = False
    fake_entrez.records[deleted].is_found = False
    fake_entrez.records[deleted].is_deleted = True
    result = run(fake_entrez, tmp_path)
    assert (result.left, result.deleted) == ((left,), (deleted,))
    assert {left, deleted} <= set(stored_pmids(tmp_path))
    fake_entrez.recover()
    assert not run(fake_entrez, tmp_path).is_changed
    assert not fake_entrez.asked("efetch")
    states = retrieve.record_states(tmp_path / "extracted")
    assert states["pubmed", left].status == "left"
    assert states["pubmed", deleted].status == "deleted"


def test_a_record_outside_the_search_is_still_watched_for_retraction(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(10)
    run(fake_entrez, tmp_path)
    pmid = list(fake_entrez.records)[3]
    fake_entrez.records[pmid].is_found = False
    run(fake_entrez, tmp_path)
    fake_entrez.revise(pmid, is_retracted=True)
    result = run(fake_entrez, tmp_path)
    assert result.retracted == (pmid,)


def test_a_record_that_returns_to_the_search_is_named(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(10)
    run(fake_entrez, tmp_path)
    pmid = list(fake_entrez.records)[3]
    fake_entrez.records[pmid].is_found = False
    run(fake_entrez, tmp_path)
    fake_entrez.records[pmid].is_found = True
    assert run(fake_entrez, tmp_path).returned == (pmid,)


def test_book_records_are_records_too(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(4)
    next(iter(fake_entrez.records.values())).is_book = True
    run(fake_entrez, tmp_path)
    assert_complete(fake_entrez, tmp_path)


def test_full_text_comes_by_the_own_pmcid_never_by_one_of_the_references(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(6, n_full_texts=2)
    run(fake_entrez, tmp_path)
    asked = [i for seen in fake_entrez.asked("efetch", "pmc") for i in seen.ids]
    assert asked == ["2000000", "2000001"]  # every record of the stand-in cites PMC999999


def test_a_full_text_that_the_publisher_forbids_is_marked_and_not_asked_again(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    record = fake_entrez.add(3, n_full_texts=2)[0]
    record.is_blocked = True
    result = run(fake_entrez, tmp_path)
    assert result.full_text_blocked == (record.pmcid,)
    assert len(result.full_text_obtained) == 1
    states = retrieve.record_states(tmp_path / "extracted")
    assert states["pmc", str(record.pmcid)].status == "blocked"
    assert states["pmc", "2000001"].licence == "https://creativecommons.org/licenses/by/4.0/"
    fake_entrez.recover()
    run(fake_entrez, tmp_path)
    assert not fake_entrez.asked("efetch")


def test_a_full_text_that_pmc_does_not_have_is_named(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    record = fake_entrez.add(3, n_full_texts=1)[0]
    record.has_pmc_article = False
    assert run(fake_entrez, tmp_path).full_text_absent == (record.pmcid,)


def test_a_report_found_only_in_pmc_brings_its_pubmed_record(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_entrez.add(5, n_full_texts=2)
    only = fake_entrez.records["10000001"]
    real = fake_entrez.find

    def find(term: str, db: str) -> list[str]:
        return [i for i in real(term, db) if i != only.pmid or "[uid]" in term]

    monkeypatch.setattr(fake_entrez, "find", find)
    result = run(fake_entrez, tmp_path)
    assert only.pmid in result.new
    assert result.n_duplicates == 1
    assert not run(fake_entrez, tmp_path).left


def test_more_than_9999_records_are_all_found(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(10_450)
    result = run(fake_entrez, tmp_path, batch_size=5_000)
    assert result.n_stored == 10_450
    assert len(fake_entrez.asked("esearch")) <= 8


def test_an_answer_that_gives_fewer_ids_than_it_counts_is_paged(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_entrez.add(50)
    real = fake_entrez.answer

    def answer(seen: object, drops_ids: bool) -> tuple[int, bytes]:
        if (p := seen.parameters).get("retmax"):  # type: ignore[attr-defined]
            p["retmax"] = "20"  # the service's default, whatever was asked
        return real(seen, drops_ids)  # type: ignore[arg-type]

    monkeypatch.setattr(fake_entrez, "answer", answer)
    run(fake_entrez, tmp_path)
    assert_complete(fake_entrez, tmp_path)


def test_no_hits_stop_the_run_and_lose_nothing(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(5)
    run(fake_entrez, tmp_path)
    for record in fake_entrez.records.values():
        record.is_found = False
    with pytest.raises(retrieve.RetrieveError, match="found nothing"):
        run(fake_entrez, tmp_path)
    assert len(stored_pmids(tmp_path)) == 5
    for record in fake_entrez.records.values():
        record.is_found = True
    fake_entrez.add(1)
    assert run(fake_entrez, tmp_path).n_stored == 6  # the empty answer is asked for again


def test_a_search_that_shrinks_between_its_pages_ends_soon(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_entrez.add(5)
    real = fake_entrez.answer

    def answer(seen: Any, drops_ids: bool) -> tuple[int, bytes]:
        status, body = real(seen, drops_ids)
        return status, body if seen.position else body.replace(b"<Count>5<", b"<Count>9<")

    monkeypatch.setattr(fake_entrez, "answer", answer)
    with pytest.raises(retrieve.RetrieveError, match="counts 9 records but gave 5 ids"):
        run(fake_entrez, tmp_path)
    assert len(fake_entrez.requests) == 2
    run(fake_entrez, tmp_path)
    assert_complete(fake_entrez, tmp_path)


def test_a_revision_on_a_day_that_is_none_stops_no_later_run(
    fake_entrez: FakeEntrez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_entrez.add(2)
    real = fake_entrez.answer

    def answer(seen: Any, drops_ids: bool) -> tuple[int, bytes]:
        status, body = real(seen, drops_ids)
        return status, re.sub(rb"(<DateRevised>.*?<Day>)\d+", rb"\g<1>32", body)

    monkeypatch.setattr(fake_entrez, "answer", answer)
    run(fake_entrez, tmp_path)
    run(fake_entrez, tmp_path)
    assert_complete(fake_entrez, tmp_path)


def test_warnings_and_translations_are_shown_and_stored(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(5)
    fake_entrez.warnings = [
        ("PhraseNotFound", "skleromyxq"),
        ("QuotedPhraseNotFound", '"lichen myxq"'),
    ]
    lines: list[str] = []
    result = run(fake_entrez, tmp_path, lines.append)
    query = result.queries[0]
    assert query.sent == '("Scleromyxedema"[Mesh]) OR (' + SEARCH["pubmed"][1]["term"] + ")"
    assert query.translated == query.sent
    assert query.warnings == ("PhraseNotFound: skleromyxq", 'QuotedPhraseNotFound: "lichen myxq"')
    assert any("skleromyxq" in line for line in lines)


def test_an_unknown_field_stops_the_run(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(5)
    fake_entrez.field_not_found = "NoSuchField"
    with pytest.raises(retrieve.RetrieveError, match=r"does not know .* NoSuchField"):
        run(fake_entrez, tmp_path)


def test_a_dry_run_counts_and_writes_nothing(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(450)
    lines: list[str] = []
    result = run(fake_entrez, tmp_path, lines.append, dry_run=True)
    assert result.is_dry_run
    assert result.n_new_expected == 450
    assert any("part heading: 450" in line for line in lines)
    assert not fake_entrez.asked("efetch")
    assert not (tmp_path / "extracted").exists()


def test_raw_bytes_are_kept_as_they_came_with_their_checksum(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(3, n_full_texts=1)
    run(fake_entrez, tmp_path)
    states = retrieve.record_states(tmp_path / "extracted")
    batch = tmp_path / "extracted" / str(states["pubmed", "10000000"].file)
    seen = fake_entrez.asked("efetch", "pubmed")[0]
    assert batch.read_bytes() == fake_entrez.answer(seen, drops_ids=False)[1]
    assert (tmp_path / "extracted/raw/pmc/PMC2000000.xml").exists()


def test_a_damaged_raw_file_is_named_not_used_and_fetched_anew(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(5, n_full_texts=2)
    run(fake_entrez, tmp_path)
    folder = tmp_path / "extracted" / "raw"
    batch = next((folder / "pubmed").glob("*.xml"))
    batch.write_bytes(batch.read_bytes().replace(b"lambda", b"kappa."))
    (folder / "pmc" / "PMC2000001.xml").unlink()
    named: list[str] = []
    files = retrieve.raw_files(tmp_path / "extracted", tmp_path / "no-starter", named.append)
    assert [Path(file.path).name for file in files] == ["PMC2000000.xml"]
    assert len(named) == 2
    assert batch.name in named[0]
    result = run(fake_entrez, tmp_path)
    assert len(result.repaired) == 5
    assert_complete(fake_entrez, tmp_path)


def test_no_secret_reaches_a_file_or_a_line(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(12, n_full_texts=1)
    fake_entrez.faults = {0: "429 retry-after", 1: "500", 3: "429 json with status 200"}
    fake_entrez.warnings = [("OutputMessage", f"asked by {EMAIL} with {KEY} from 203.0.113.7")]
    lines: list[str] = []
    run(fake_entrez, tmp_path, lines.append, key=KEY)
    fake_entrez.recover()
    fake_entrez.fail_from(0, "400 bad key")
    with pytest.raises(retrieve.RetrieveError, match="NCBI_API_KEY") as error:
        run(fake_entrez, tmp_path, lines.append, key=KEY)
    files = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    for text in (*lines, *files, str(error.value), repr(error.value.__context__)):
        for secret in (KEY, EMAIL, "203.0.113.7", "reader%2Bmine"):
            assert secret not in text
    assert error.value.__cause__ is None


def test_an_address_is_needed_to_ask(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    settings = settings_for(fake_entrez, tmp_path)
    for email in (None, "nobody"):
        changed = type(settings)(email, None, settings.entrez_base_url, settings.extracted_dir)
        with pytest.raises(retrieve.RetrieveError, match="NCBI_EMAIL"):
            retrieve.refresh(SEARCH, changed, print, pace=fast_pace(tmp_path))


@pytest.mark.parametrize("search", [{}, {"pubmed": []}, {"pubmed": [{"name": "x"}]}, {"pubmde": 1}])
def test_an_unusable_search_table_is_named(
    fake_entrez: FakeEntrez, tmp_path: Path, search: dict[str, object]
) -> None:
    settings = settings_for(fake_entrez, tmp_path)
    with pytest.raises(retrieve.RetrieveError, match="disease file"):
        retrieve.refresh(search, settings, print, pace=fast_pace(tmp_path))


def test_a_run_leaves_its_log(fake_entrez: FakeEntrez, tmp_path: Path) -> None:
    fake_entrez.add(3)
    result = run(fake_entrez, tmp_path)
    log = json.loads((tmp_path / f"extracted/raw/runs/{result.run}.json").read_text())
    assert log["searches"]["pubmed"]["ids"] == ["10000000", "10000001", "10000002"]
    assert log["summary"]["new"] == ["10000000", "10000001", "10000002"]
    assert log["finished_on"]


def test_bundled_searches_are_usable_and_found_by_the_stand_in(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    import tomllib

    fake_entrez.add(3, n_full_texts=1)
    path = Path(__file__).parents[1] / "pipeline" / "diseases" / "scleromyxedema.toml"
    search = tomllib.loads(path.read_text())["search"]
    for part in (*search["pubmed"], *search["pmc"]):
        assert fake_entrez.find(part["term"], "pubmed"), part["name"]
        assert "case reports" not in part["term"].lower()
    settings = settings_for(fake_entrez, tmp_path)
    retrieve.refresh(search, settings, print, pace=fast_pace(tmp_path))
    assert full_texts(tmp_path) == ["2000000"]

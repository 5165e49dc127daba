"""The queue, what buttons write, two reviewers, and the accuracy measured from an audit."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import duckdb
import msgspec
import pytest
from load_cases import Corpus as Cases
from load_cases import ask
from review_cases import LargeCases, decision, reviewed, with_twin

from pipeline import review
from pipeline.intervals import wilson
from pipeline.review import choices, page, sources
from pipeline.review.audit import shared_out
from pipeline.review.queue import doubt_times_weight


def test_every_value_of_a_patient_is_in_the_corpus_with_its_words(tmp_path: Path) -> None:
    """As corrections.csv names and writes it; what is not stated is no value."""
    corpus, _ = reviewed(tmp_path)
    own = {field for place, field in [v.place for v in corpus.values] if place == "PMID:2/1"}
    assert own == {"age_low", "age_high", "sex", "has_extracutaneous"}
    values = [value for value in corpus.values if value.patient_id == "PMID:1/1"]
    quotes = review.quotes_of(tmp_path / "cases.duckdb", [v.finding_id for v in values])
    first = {v.field: (v.value, quotes.get(v.finding_id or "")) for v in values}
    assert first == {
        "age_years": ("57", "57-year-old"),
        "sex": ("male", "man"),
        "paraprotein_status": ("present", "paraprotein"),
        "outcome": ("dead", "died"),
        "follow_up_months": ("24", "24 months"),
        "heavy_chain[1]": ("IgG", "IgG"),
        "light_chain[1]": ("lambda", "λ"),
        "concentration_g_per_l[1]": ("12", "12 g/L"),
        "organ[pulmonary]": ("present", "dyspnoea"),
        "organ[gastrointestinal]": ("absent", "dysphagia"),
        "manifestation[Dyspnoea]": ("present", "dyspnoea"),
        "therapy[1]": ("ivig", "IVIG"),
        "response[1]": ("complete", "cleared"),
        "is_relapse[1]": ("true", "relapsed"),
        "dose_text[1]": ("2 g/kg", "2 g/kg"),
        "duration_text[1]": ("six months", "six months"),
        "duration_months[1]": ("6", "six months"),
        "is_stopped[1]": ("true", "was stopped"),
        "stop_reason[1]": ("adverse_effect", "headaches"),
        "line[1]": ("1", None),
    }


def test_doubtful_and_influential_values_come_first(tmp_path: Path) -> None:
    """Less confidence first; at the same confidence the value of the smaller figure."""
    cases = Cases()
    extraction = cases.extractions[0]
    doubtful = [
        type(one)(**{name: getattr(one, name) for name in one.__struct_fields__})
        if one.field != "outcome"
        else type(one)(
            **{name: getattr(one, name) for name in one.__struct_fields__} | {"confidence": 0.2}
        )
        for one in extraction.findings
    ]
    cases.extractions[0] = type(extraction)(
        article_id=extraction.article_id,
        status="ran",
        patients=extraction.patients,
        findings=tuple(doubtful),
    )
    cases.load(tmp_path)
    corpus = review.read_corpus(tmp_path / "cases.duckdb")
    queue = review.make_queue(corpus, [], review.Filters())
    assert [value.field for value in queue[:2]] == ["line[1]", "outcome"]
    order = [value.field for value in queue if value.patient_id == "PMID:1/1"]
    assert order.index("therapy[1]") < order.index("sex")


def test_values_in_no_pooled_figure_come_last(tmp_path: Path) -> None:
    cases = Cases()
    corpus, _ = reviewed(
        tmp_path, cases.correct(1, None, "screening", "included", "excluded:comment")
    )
    queue = review.make_queue(corpus, [], review.Filters())
    assert [v.patient_id for v in queue[:4]] == ["PMID:2/1"] * 4
    assert {doubt_times_weight(v) for v in queue[4:]} == {0.0}


def test_filters_show_what_they_say(tmp_path: Path) -> None:
    corpus, path = reviewed(tmp_path)
    anna, bob = (review.Pen(corpus, path, name) for name in ("anna", "bob"))
    by_field = {v.field: v for v in corpus.values if v.patient_id == "PMID:1/1"}
    anna.decide(by_field["sex"], "male")
    bob.decide(by_field["outcome"], "alive")
    decisions, _ = review.read_decisions(path)

    def fields(**filters: object) -> set[str]:
        chosen = review.Filters(reviewer="anna", **filters)  # type: ignore[arg-type]
        return {v.field for v in review.make_queue(corpus, decisions, chosen)}

    assert {"sex", "outcome"} & fields(text="pmid:1/1") == set()
    assert fields(show="decided by me") == {"sex"}
    assert fields(show="decided by anyone") == {"sex", "outcome"}
    assert "outcome" in fields(is_blind=True)
    assert fields(fields=("sex",), show="all") == {"sex"}
    assert fields(only_untouched=True) == {"age_low", "age_high", "sex", "has_extracutaneous"}
    corpus.articles["PMID:2"]["is_new"] = True
    assert fields(only_new=True) == {"age_low", "age_high", "sex", "has_extracutaneous"}
    assert fields(report="2", show="all") == fields(report="PMID:2", show="all")
    assert fields(report="2") == {"age_low", "age_high", "sex", "has_extracutaneous"}
    said = review.findings_saying(tmp_path / "cases.duckdb", "LIMITED to the skin")
    by_words = fields(text="limited to the skin", said=said)
    assert by_words == {"age_low", "age_high", "sex", "has_extracutaneous"}
    assert fields(text="limited to the skin") == set()


def test_decided_values_stay_to_be_seen_after_the_run(tmp_path: Path) -> None:
    """With who decided and what was extracted, also where a reviewer took the value away."""
    corpus, path = reviewed(tmp_path)
    pen = review.Pen(corpus, path, "anna")
    by_place = {value.place: value for value in corpus.values}
    pen.decide(by_place["PMID:1/1", "organ[pulmonary]"], "")
    pen.decide(by_place["PMID:1/1", "age_years"], "58")
    pen.add("PMID:1/1", "organ", "renal", "present", "")
    Cases().load(tmp_path, path.read_text().splitlines()[1:])
    later = review.read_corpus(tmp_path / "cases.duckdb")
    shown = {v.place: (v.value, v.value_extracted, v.decided_by) for v in later.values}
    assert shown["PMID:1/1", "organ[pulmonary]"] == ("", "present", "anna")
    assert shown["PMID:1/1", "age_years"] == ("58", "57", "anna")
    assert shown["PMID:1/1", "organ[renal]"] == ("present", None, "anna")
    assert shown["PMID:1/1", "sex"] == ("male", None, "rule")
    independent = {v.place: v.value for v in review.as_extracted(later, "bob").values}
    assert independent == {value.place: value.value for value in corpus.values}
    assert review.as_extracted(later, "anna") == later
    drawn = review.draw_values(later, 7, 99)
    assert {v.place for v in drawn} == {v.place for v in review.draw_values(corpus, 7, 99)}


def test_walking_the_queue_stays_in_it(tmp_path: Path) -> None:
    corpus, _ = reviewed(tmp_path)
    queue = review.make_queue(corpus, [], review.Filters())
    places = [value.place for value in queue]
    assert review.next_of(queue, places[0], -1) == places[0]
    assert review.next_of(queue, places[0]) == places[1]
    assert review.next_of(queue, ("gone", "sex")) == places[0]
    assert review.place_after(queue, places[-1]) == places[0]
    assert review.place_after(queue[:1], places[0]) is None
    assert review.next_of([], None) is None


def test_what_buttons_write_holds_after_the_next_run(tmp_path: Path) -> None:
    """Correct, reject, add an organ, a therapy and a patient, exclude: none is stale."""
    corpus, path = reviewed(tmp_path)
    pen = review.Pen(corpus, path, " anna ")
    by_field = {v.field: v for v in corpus.values if v.patient_id == "PMID:1/1"}
    pen.decide(by_field["age_years"], "58", "read\nagain")
    pen.decide(by_field["organ[pulmonary]"], "")
    pen.decide(by_field["sex"], "male")
    pen.add("PMID:1/1", "organ", "renal", "present", "kidney")
    pen.add_therapy("PMID:1/1", "ivig", "partial", "second course")
    pen.add_patient("PMID:2", "a brother")
    pen.screen("PMID:10", "excluded:other_disease", "")
    Cases().load(tmp_path, path.read_text().splitlines()[1:])
    assert ask(tmp_path, "select stale_reason from corrections where is_stale") == []
    assert ask(tmp_path, "select count(*) from corrections") == [(8,)]
    assert ask(tmp_path, "select age_years from patients where patient_id = 'PMID:1/1'") == [(58,)]
    organs = "select organ, status from organ_involvement where patient_id = 'PMID:1/1' order by 1"
    assert ask(tmp_path, organs) == [("gastrointestinal", "absent"), ("renal", "present")]
    episodes = "select episode, response from therapies order by 1"
    assert ask(tmp_path, episodes) == [(1, "complete"), (2, "partial")]
    assert ask(tmp_path, "select count(*) from patients where patient_id = 'PMID:2/2'") == [(1,)]
    excluded = "select reason from screenings where article_id = 'PMID:10'"
    assert ask(tmp_path, excluded) == [("other_disease",)]
    assert review.read_decisions(path)[0][0].reason == "read again"


def test_new_numbers_were_never_used_before(tmp_path: Path) -> None:
    """A second addition before the next run gets a number of its own."""
    corpus, path = reviewed(tmp_path)
    pen = review.Pen(corpus, path, "anna")
    added = [pen.add_therapy("PMID:1/1", "ivig", "", "")[0].field for _ in range(2)]
    assert added == ["therapy[2]", "therapy[3]"]
    assert [pen.add_patient("PMID:1", "").patient_id for _ in range(2)] == ["PMID:1/2", "PMID:1/3"]


def test_adjudicated_value_wins(tmp_path: Path) -> None:
    """It settles the conflict, load applies it, and a single reviewer cannot change it any more."""
    corpus, path = reviewed(tmp_path)
    sex = next(v for v in corpus.values if v.place == ("PMID:1/1", "sex"))
    review.Pen(corpus, path, "anna").decide(sex, "female")
    review.Pen(corpus, path, "bob").decide(sex, "male")
    (conflict,) = review.conflicts(review.read_decisions(path)[0])
    assert conflict.adjudicated is None
    review.Pen(corpus, path, "carla").adjudicate(conflict.decisions[0], "female", "he is she")
    decisions, _ = review.read_decisions(path)
    (conflict,) = review.conflicts(decisions)
    assert conflict.adjudicated is not None
    assert [one.reviewer for one in conflict.decisions] == ["anna", "bob"]
    late = decision(reviewer="bob", value_after="male")
    assert review.latest([*decisions, late])["PMID:1/1", "sex"].reviewer == "carla"
    with pytest.raises(review.LedgerError, match="carla adjudicated"):
        review.Pen(corpus, path, "bob").decide(sex, "male")
    Cases().load(tmp_path, path.read_text().splitlines()[1:])
    assert ask(tmp_path, "select sex from patients where patient_id = 'PMID:1/1'") == [("female",)]


def test_pair_decided_to_be_one_person_is_counted_once(tmp_path: Path) -> None:
    """Found in two reports, decided by a person, kept by the next run; 'different' undoes it."""
    cases = with_twin()
    cases.load(tmp_path)
    corpus, path = review.read_corpus(tmp_path / "cases.duckdb"), tmp_path / "corrections.csv"
    ((a, b),) = [(row["patient_id_a"], row["patient_id_b"]) for row in corpus.duplicates]
    counts = []
    for said in ("same", "different"):
        review.Pen(corpus, path, "anna").pair(a, b, said, "")
        cases.load(tmp_path, path.read_text().splitlines()[1:])
        counts += ask(tmp_path, "select count(*) from pooled_patients")
    assert counts == [(2,), (3,)]
    assert review.latest(rows(path))[a, f"duplicate[{b}]"].value_after == "different"


def pairs(*given: tuple[str, str]) -> list[review.Decision]:
    return [
        decision(reviewer=name, patient_id=f"PMID:{n}/1", value_after=value)
        for n, both in enumerate(given)
        for name, value in zip(("anna", "bob"), both, strict=True)
    ]


def test_agreement_is_that_of_the_textbook() -> None:
    """20, 5, 10 and 15 of 50: 70 percent alike, kappa 0.40, worked by hand."""
    yes_no = [("male", "male")] * 20 + [("male", "female")] * 5
    yes_no += [("female", "male")] * 10 + [("female", "female")] * 15
    sex, everything = review.agreements(pairs(*yes_no))
    assert (sex.field, everything.field) == ("sex", "all fields")
    assert (sex.n_both, sex.n_alike, sex.percent) == (50, 35, 70.0)
    assert sex.kappa == pytest.approx(0.40)


def test_agreement_counts_last_words_of_both_and_no_adjudication() -> None:
    rows = pairs(("male", "female"), ("male", "male"))
    rows += [decision(patient_id="PMID:0/1", value_after="female")]
    rows += [
        decision(reviewer="bob", patient_id="PMID:1/1", reason="adjudicated: x", value_after="")
    ]
    rows += [decision(patient_id="PMID:7/1")]
    sex, _ = review.agreements(rows)
    assert (sex.n_both, sex.n_alike) == (2, 2)


def test_kappa_of_one_value_alone_is_undefined() -> None:
    assert review.cohens_kappa([("male", "male")] * 9) is None
    assert review.cohens_kappa([]) is None


def test_sample_is_drawn_again_by_its_seed_and_grows_stably(tmp_path: Path) -> None:
    """Same seed, same sample; another seed, another; more reports displace few of the drawn."""
    LargeCases(120).load(tmp_path)
    small = review.read_corpus(tmp_path / "cases.duckdb")
    LargeCases(132).load(tmp_path)
    large = review.read_corpus(tmp_path / "cases.duckdb")
    drawn = {v.place for v in review.draw_values(small, 7, 10)}
    assert drawn == {v.place for v in review.draw_values(small, 7, 10)}
    assert drawn != {v.place for v in review.draw_values(small, 8, 10)}
    assert len(drawn) == 10 * len({v.name for v in small.values} - {"line"})
    kept = drawn & {v.place for v in review.draw_values(large, 7, 10)}
    assert len(kept) > 0.75 * len(drawn)


def test_shares_follow_the_sizes_and_fill_the_sample() -> None:
    assert shared_out(20, {"abstract": 75, "full_text": 25}) == {"abstract": 15, "full_text": 5}
    assert shared_out(10, {"abstract": 2, "full_text": 1}) == {"abstract": 2, "full_text": 1}
    assert sum(shared_out(7, {"a": 10, "b": 10, "c": 10}).values()) == 7


def test_accuracy_is_measured_from_the_audit_alone(tmp_path: Path) -> None:
    """Precision from audited values, recall from reports read in full, nothing from the rest."""
    corpus, path = reviewed(tmp_path)
    pen = review.Pen(corpus, path, "anna")
    by_place = {v.place: v for v in corpus.values}
    mark = review.audit_mark(7)
    pen.decide(by_place["PMID:2/1", "sex"], "male", mark)
    pen.decide(by_place["PMID:1/1", "outcome"], "alive", "no audit: leaves the measure alone")
    assert {(a.field, a.n_right, a.n_audited) for a in review.measure(corpus, rows(path))} == {
        ("sex", 0, 1)
    }
    pen.screen("PMID:1", "included", f"{mark}: {review.READ_IN_FULL}")
    pen.add("PMID:1/1", "organ", "renal", "present", mark)
    pen.decide(by_place["PMID:1/1", "organ[pulmonary]"], "", mark)
    measured = {a.field: a for a in review.measure(corpus, rows(path)) if a.text_basis == "all"}
    assert (measured["organ"].n_right, measured["organ"].n_audited) == (1, 2)
    assert (measured["organ"].n_found, measured["organ"].n_stated) == (1, 2)
    assert (measured["sex"].n_right, measured["sex"].n_audited) == (1, 2)
    assert (measured["sex"].n_found, measured["sex"].n_stated) == (1, 1)
    assert measured["outcome"].n_right == 0
    assert measured["sex"].precision == 0.5


def test_accuracy_is_the_same_after_the_decisions_were_applied(tmp_path: Path) -> None:
    """The corrected value must not be taken for what the program had extracted."""
    corpus, path = reviewed(tmp_path)
    pen = review.Pen(corpus, path, "anna")
    mark = review.audit_mark(7)
    by_place = {v.place: v for v in corpus.values}
    pen.decide(by_place["PMID:1/1", "sex"], "female", mark)
    pen.decide(by_place["PMID:1/1", "organ[pulmonary]"], "", mark)
    pen.add_therapy("PMID:1/1", "ivig", "partial", mark)
    pen.screen("PMID:1", "included", f"{mark}: {review.READ_IN_FULL}")
    before = review.measure(corpus, rows(path))
    Cases().load(tmp_path, path.read_text().splitlines()[1:])
    assert review.measure(review.read_corpus(tmp_path / "cases.duckdb"), rows(path)) == before
    asked = ask(tmp_path, "select * from measured_accuracy order by field, text_basis")
    assert [(row[0], row[1], row[2], row[3], row[7], row[8]) for row in asked] == [
        (a.field, a.text_basis, a.n_right, a.n_audited, a.n_found, a.n_stated) for a in before
    ]
    sex = next(row for row in asked if row[:2] == ("sex", "all"))
    assert sex[4:7] == (0.0, 0.0, 79.3)


def rows(path: Path) -> list[review.Decision]:
    return review.read_decisions(path)[0]


def test_wilson_interval_is_that_of_the_reference() -> None:
    """81 of 263 gives 0.255 to 0.366 (Newcombe, Stat Med 1998;17:857, table I, method 3)."""
    low, high = wilson(81, 263) or (0.0, 0.0)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) is None
    assert (wilson(0, 10) or (1, 1))[0] == 0.0


def test_report_is_shown_character_for_character_and_escaped() -> None:
    """Overlapping marks, the value looked at outlined, nothing of the report run as HTML."""
    section = {"section": "abstract", "title": None, "text": "A <b>57-year-old</b> man & IgG-λ 🫁."}
    text = str(section["text"])

    def mark(field: str, quote: str, patient: str | None = "PMID:1/1") -> dict[str, object]:
        start = text.index(quote)
        return {
            "section": "abstract",
            "field": field,
            "value": "<x>",
            "status": "present",
            "subject": "patient",
            "patient_id": patient,
            "rule": "r",
            "confidence": 0.9,
            "char_start": start,
            "char_end": start + len(quote),
        }

    findings = [
        mark("age_years", "57-year-old</b> man"),
        mark("sex", "man"),
        mark("organ", "🫁", None),
    ]
    html = page.report_html([section], findings, None)
    assert "<b>" not in html.replace("&lt;b&gt;", "")
    assert "&lt;x&gt;" in html
    shown = unescape(re.sub(r"<[^>]+>", "", html.partition('tabindex="0">')[2]))
    assert text in shown
    assert html.count("<mark") == 3 + len(page.COLOURS)


def test_words_of_a_report_are_nowhere_run_as_html(tmp_path: Path) -> None:
    """A value can be words of a report: in its head, its card and the message after a click."""
    corpus, _ = reviewed(tmp_path)
    hostile = "<img src=x onerror=alert(1)>"
    value = next(value for value in corpus.values if value.name == "age_years")
    value = msgspec.structs.replace(value, field="dose_text[1]", value=hostile)
    corpus = msgspec.structs.replace(corpus, values=(value,))
    about = review.about_value(tmp_path / "cases.duckdb", corpus, value, {})
    for html in (about.head, about.report_and_patient, page.message_html(f"{hostile} stored")):
        assert "&lt;img" in html
        assert "<img" not in html


def test_a_value_is_shown_with_its_words_its_report_and_its_patient(tmp_path: Path) -> None:
    corpus, _ = reviewed(tmp_path)
    value = next(value for value in corpus.values if value.name == "age_years")
    about = review.about_value(tmp_path / "cases.duckdb", corpus, value, {})
    assert f"age_years = <b>{value.value}</b>" in about.head
    assert f"patient {value.patient_id} · confidence 0.90 · test · one of" in about.head
    assert about.sentence == review.words_html(tmp_path / "cases.duckdb", value)
    fields = re.findall(r"<tr[^>]*><td>([^<]+)</td>", about.report_and_patient)
    order = [name for name in choices.FIELDS if name in {field.split("[")[0] for field in fields}]
    assert list(dict.fromkeys(field.split("[")[0] for field in fields)) == order
    assert len(fields) == sum(one.patient_id == value.patient_id for one in corpus.values)


def test_links_are_made_of_checked_identifiers_only() -> None:
    row = {"pmid": "123", "pmcid": "PMC9", "doi": '10.1/x"onclick="'}
    html = sources.links_html(row)
    assert "https://pubmed.ncbi.nlm.nih.gov/123/" in html
    assert 'x"onclick' not in html
    assert sources.links_html({"pmid": "javascript:1", "pmcid": None, "doi": "javascript:"}) == ""


def test_missing_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(review.ReviewError, match="`make run` makes it"):
        review.read_corpus(tmp_path / "none.duckdb")


def test_database_of_another_version_is_said_in_a_sentence(tmp_path: Path) -> None:
    """An old file must not end the page with an error of the database."""
    old = tmp_path / "old.duckdb"
    duckdb.connect(str(old)).close()
    with pytest.raises(review.ReviewError, match="another version; `make run` makes it anew"):
        review.read_corpus(old)


def test_open_page_keeps_nothing_locked(tmp_path: Path) -> None:
    """After a look the next run swaps the file in, and the page can tell that it is newer."""
    corpus, _ = reviewed(tmp_path)
    Cases().load(tmp_path)
    assert review.generation_of(tmp_path / "cases.duckdb") != corpus.generation
    assert review.read_corpus(tmp_path / "cases.duckdb").values == corpus.values


@pytest.mark.slow
def test_two_thousand_patients_are_ready_within_a_second_or_two(tmp_path: Path) -> None:
    """2,000 patients, 20,000 findings: look, queue and decision within the limits of the page."""
    import time

    LargeCases(2000).load(tmp_path)
    started = time.perf_counter()
    corpus = review.read_corpus(tmp_path / "cases.duckdb")
    queue = review.make_queue(corpus, [], review.Filters())
    assert time.perf_counter() - started < 3
    assert sum(map(len, corpus.patients.values())) == 2000
    pen = review.Pen(corpus, tmp_path / "corrections.csv", "anna")
    started = time.perf_counter()
    for value in queue[:20]:
        pen.decide(value, value.value)
    assert (time.perf_counter() - started) / 20 < 0.2

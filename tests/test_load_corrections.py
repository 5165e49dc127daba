"""Reviewers' decisions: applied last, extracted value kept, stale ones listed, bad ones named."""

from __future__ import annotations

from pathlib import Path

import pytest
from load_cases import HEADER, Corpus, article, ask, first_extraction

from pipeline import load
from pipeline.fingerprint import fingerprint_of
from pipeline.load import chunks
from pipeline.records import Extraction, Screening
from pipeline.review.decisions import read_decisions


def patient(folder: Path, columns: str, number: int = 1) -> tuple[object, ...]:
    return ask(folder, f"select {columns} from patients where patient_id = 'PMID:{number}/1'")[0]


def states(folder: Path) -> list[tuple[object, ...]]:
    return ask(folder, "select is_stale, stale_reason from corrections order by line")


@pytest.mark.parametrize(
    ("field", "before", "after", "column", "expected"),
    [
        ("age_years", "57", "58", "age_years", 58.0),
        ("age_years", "57.0", "", "age_kind", None),
        ("sex", "male", "female", "sex", "female"),
        ("sex", "male", "", "sex", None),
        ("paraprotein_status", "present", "absent", "paraprotein_status", "absent"),
        ("paraprotein_status", "present", "", "paraprotein_status", "not_reported"),
        ("plasma_cell_disorder", "", "MGUS", "plasma_cell_disorder", "MGUS"),
        ("outcome", "dead", "alive", "outcome", "alive"),
        ("follow_up_months", "24", "36.5", "follow_up_months", 36.5),
    ],
)
def test_scalar_value_is_corrected(
    tmp_path: Path, field: str, before: str, after: str, column: str, expected: object
) -> None:
    """The value changes, the row says who decided, and what was extracted stays beside it."""
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(1, 1, field, before, after)])
    assert patient(tmp_path, f"{column}, decided_by") == (expected, "reviewer")
    kept = ask(tmp_path, "select value_extracted, is_stale from corrections")
    assert kept == [(before.removesuffix(".0") or None, False)]


def test_range_becomes_an_exact_age(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(2, 1, "age_years", "", "44")])
    row = patient(tmp_path, "age_years, age_low, age_high, age_kind", 2)
    assert row == (44.0, None, None, "exact")


def test_organ_is_rejected_and_involvement_follows(tmp_path: Path) -> None:
    """With the only organ gone, nothing says any more whether there is involvement."""
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(1, 1, "organ[pulmonary]", "present", "")])
    rows = ask(tmp_path, "select organ, status from organ_involvement")
    assert rows == [("gastrointestinal", "absent")]
    assert patient(tmp_path, "has_extracutaneous") == (None,)
    marked = ask(tmp_path, "select field, value from findings where has_correction")
    assert marked == [("organ", "pulmonary")]


def test_missed_organ_is_added(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(2, 1, "organ[renal]", "", "present")])
    rows = ask(tmp_path, "select * from organ_involvement where patient_id = 'PMID:2/1'")
    assert rows == [("PMID:2/1", "renal", "present", "reviewer")]
    assert patient(tmp_path, "has_extracutaneous", 2) == (True,)


def test_therapy_is_added_with_its_response_and_another_rejected(tmp_path: Path) -> None:
    corpus = Corpus()
    lines = [
        corpus.correct(1, 1, "therapy[1]", "ivig", ""),
        corpus.correct(1, 1, "therapy[2]", "", "ivig"),
        corpus.correct(1, 1, "response[2]", "not_reported", "partial"),
        corpus.correct(1, 1, "is_relapse[2]", "false", "true"),
        corpus.correct(1, 1, "line[2]", "", "2"),
    ]
    corpus.load(tmp_path, lines)
    rows = ask(
        tmp_path,
        "select episode, therapy, therapy_class, line, response, is_relapse, decided_by"
        " from therapies",
    )
    assert rows == [(2, "ivig", "immunoglobulin", 2, "partial", True, "reviewer")]
    assert states(tmp_path) == [(False, None)] * 5


def test_isotype_and_manifestation_are_corrected(tmp_path: Path) -> None:
    corpus = Corpus()
    lines = [
        corpus.correct(1, 1, "light_chain[1]", "lambda", "kappa"),
        corpus.correct(1, 1, "heavy_chain[2]", "", "IgA"),
        corpus.correct(1, 1, "manifestation[Dyspnoea]", "present", ""),
        corpus.correct(1, 1, "manifestation[Dysphagia]", "", "absent"),
    ]
    corpus.load(tmp_path, lines)
    rows = ask(tmp_path, "select item, heavy_chain, light_chain from paraproteins")
    assert rows == [(1, "IgG", "kappa"), (2, "IgA", None)]
    rows = ask(tmp_path, "select organ, manifestation, hpo_id, status from manifestations")
    assert rows == [("gastrointestinal", "Dysphagia", "HP:2015", "absent")]


def test_patient_is_rejected_and_another_added(tmp_path: Path) -> None:
    """A rejected patient takes all its rows along; an added one starts with nothing stated."""
    corpus = Corpus()
    lines = [
        corpus.correct(1, 1, "patient", "described", "rejected"),
        corpus.correct(2, 2, "patient", "", "described"),
        corpus.correct(2, 2, "sex", "", "male"),
    ]
    corpus.load(tmp_path, lines)
    rows = ask(tmp_path, "select patient_id, sex, outcome, decided_by from patients")
    assert rows == [
        ("PMID:2/1", "female", "not_reported", "rule"),
        ("PMID:2/2", "male", "not_reported", "reviewer"),
    ]
    assert ask(tmp_path, "select count(*) from therapies") == [(0,)]


def test_report_is_excluded_and_leaves_the_pool(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(1, None, "screening", "included", "excluded:comment")])
    rows = ask(tmp_path, "select decision, reason, decided_by from screenings limit 1")
    assert rows == [("excluded", "comment", "reviewer")]
    assert ask(tmp_path, "select patient_id from pooled_patients") == [("PMID:2/1",)]


def test_included_report_that_was_not_extracted_is_listed_as_failed(tmp_path: Path) -> None:
    """It must not look as if nothing had been found in it."""
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(11, None, "screening", "excluded", "included")])
    rows = ask(tmp_path, "select status, message from extractions where article_id = 'PMID:11'")
    assert rows[0][0] == "failed"
    assert "run the pipeline again" in str(rows[0][1])


def test_reviewed_screenings_let_the_report_be_extracted(tmp_path: Path) -> None:
    """Asked before extraction, and applied again by load without becoming stale."""
    corpus = Corpus()
    line = corpus.correct(11, None, "screening", "excluded:review_only", "included")
    corpus.load(tmp_path, [line])
    reviewed = load.reviewed_screenings(
        corpus.screenings, corpus.articles, tmp_path / "corrections.csv"
    )
    changed = [one for one in reviewed if one not in corpus.screenings]
    assert changed == [
        Screening(
            article_id="PMID:11",
            decision="included",
            reason="reviewer",
            design="review",
            decided_by="reviewer",
        )
    ]
    corpus.screenings = reviewed
    corpus.extractions[3] = ran("PMID:11")
    corpus.load(tmp_path, [line])
    assert states(tmp_path) == [(False, None)]
    assert ask(tmp_path, "select status from extractions where article_id = 'PMID:11'") == [
        ("ran",)
    ]


def ran(article_id: str) -> Extraction:
    return Extraction(article_id=article_id, status="ran")


@pytest.mark.parametrize(
    ("field", "before", "after", "reason"),
    [
        ("age_years", "56", "58", "the extracted value is now '57'"),
        ("age_years", "56", "57", "the extracted value is now the same"),
        ("sex", "", "female", "the extracted value is now 'male'"),
        ("organ[renal]", "present", "", "the extracted value is now the same"),
        ("response[7]", "none", "partial", "there is no such row"),
        ("organ[renall]", "", "present", "no such name in the vocabulary"),
        ("therapy[1]", "ivig", "ivgi", "no such name in the vocabulary"),
        ("manifestation[Unheard of]", "", "present", "no such name in the vocabulary"),
        ("duplicate[PMID:1/1]", "", "same", "paired with itself"),
    ],
)
def test_decision_that_no_longer_fits_is_stale(
    tmp_path: Path, field: str, before: str, after: str, reason: str
) -> None:
    """It is listed with the reason, not dropped and not applied."""
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(1, 1, field, before, after)])
    ((is_stale, why),) = states(tmp_path)
    assert is_stale
    assert reason in str(why)
    assert patient(tmp_path, "age_years, sex, decided_by") == (57.0, "male", "rule")


def test_decision_on_a_changed_text_is_stale(tmp_path: Path) -> None:
    corpus = Corpus()
    line = corpus.correct(1, 1, "sex", "male", "female")
    digest = corpus.articles[0].text_sha256
    told: list[str] = []
    changed = [line.replace(digest, "0" * 64), line.replace("PMID:1", "PMID:77")]
    corpus.load(tmp_path, changed, tell=told.append)
    assert states(tmp_path) == [
        (True, "the text of the report has changed"),
        (True, "the report is not in the corpus"),
    ]
    assert patient(tmp_path, "sex") == ("male",)
    (line,) = told
    assert line.startswith("corrections.csv: 2 of 2 decisions no longer hold")


def test_a_decision_that_holds_or_is_read_so_by_now_is_not_told_as_lost(tmp_path: Path) -> None:
    corpus = Corpus()
    lines = [corpus.correct(1, 1, "age_years", "57", "58"), corpus.correct(1, 1, "sex", "", "male")]
    told: list[str] = []
    corpus.load(tmp_path, lines, tell=told.append)
    assert [is_stale for is_stale, _ in states(tmp_path)] == [False, True]
    assert told == []


def test_decision_on_a_patient_of_another_report_is_stale(tmp_path: Path) -> None:
    corpus = Corpus()
    line = corpus.correct(1, 1, "sex", "female", "male").replace(",PMID:1/1,", ",PMID:2/1,")
    corpus.load(tmp_path, [line])
    assert states(tmp_path) == [(True, "the patient is not in the report")]


def test_a_patient_added_under_the_name_of_another_report_is_stale(tmp_path: Path) -> None:
    corpus = Corpus()
    line = corpus.correct(1, 7, "patient", "", "described").replace(",PMID:1/7,", ",PMID:2/7,")
    corpus.load(tmp_path, [line])
    assert [is_stale for is_stale, _ in states(tmp_path)] == [True]
    assert ask(tmp_path, "select count(*) from patients where patient_id = 'PMID:2/7'") == [(0,)]


def test_later_decision_wins_and_the_earlier_is_superseded(tmp_path: Path) -> None:
    """The second reviewer may have seen the extracted value or the corrected one."""
    corpus = Corpus()
    lines = [
        corpus.correct(1, 1, "age_years", "57", "58"),
        corpus.correct(1, 1, "age_years", "57", "59"),
        corpus.correct(1, 1, "age_years", "59", "60"),
    ]
    corpus.load(tmp_path, lines)
    assert patient(tmp_path, "age_years") == (60.0,)
    rows = ask(tmp_path, "select is_stale, is_superseded, value_extracted from corrections")
    assert rows == [(False, True, "57"), (False, True, "57"), (False, False, "57")]


def test_adjudication_wins_over_a_single_reviewer_wherever_it_stands(tmp_path: Path) -> None:
    """Two copies of the file were put together, so that a single decision came after it."""
    corpus = Corpus()
    lines = [
        corpus.correct(1, 1, "sex", "male", "female"),
        corpus.correct(1, 1, "sex", "male", "female").replace("read again", "adjudicated: seen"),
        corpus.correct(1, 1, "sex", "male", "male"),
    ]
    corpus.load(tmp_path, lines)
    assert patient(tmp_path, "sex") == ("female",)
    rows = ask(tmp_path, "select line, is_stale, is_superseded from corrections order by line")
    assert rows == [(2, False, True), (3, False, False), (4, False, True)]


def test_confirmation_holds_while_the_value_stays(tmp_path: Path) -> None:
    corpus = Corpus()
    lines = [
        corpus.correct(1, 1, "sex", "male", "male"),
        corpus.correct(2, 1, "sex", "male", "male"),
    ]
    corpus.load(tmp_path, lines)
    assert states(tmp_path) == [(False, None), (True, "the extracted value is now 'female'")]


def test_decision_on_a_duplicate_pair_counts_once(tmp_path: Path) -> None:
    """'same' takes one of the two out of the pool, whichever side the reviewer wrote first."""
    corpus = Corpus()
    twin = article(3, corpus.articles[0].sections[0].text)
    corpus.articles.append(twin)
    corpus.extractions.append(first_extraction(twin))
    corpus.screenings.append(
        Screening(article_id="PMID:3", decision="included", reason="own", design="case_report")
    )
    corpus.load(tmp_path)
    assert ask(tmp_path, "select count(*) from pooled_patients") == [(3,)]
    same = corpus.correct(3, 1, "duplicate[PMID:1/1]", "", "same")
    corpus.load(tmp_path, [same])
    assert ask(tmp_path, "select decision from duplicate_candidates") == [("same",)]
    assert ask(tmp_path, "select count(*) from pooled_patients") == [(2,)]
    corpus.load(tmp_path, [same, corpus.correct(1, 1, "duplicate[PMID:3/1]", "", "different")])
    rows = ask(tmp_path, "select is_superseded from corrections order by line")
    assert rows == [(True,), (False,)]


def test_reports_loaded_one_by_one_give_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Decisions of several reports, on a pair of two, and on a report that is not there."""
    corpus = Corpus()
    twin = article(3, corpus.articles[0].sections[0].text)
    corpus.articles.append(twin)
    corpus.extractions.append(first_extraction(twin))
    corpus.screenings.append(
        Screening(article_id="PMID:3", decision="included", reason="own", design="case_report")
    )
    lines = [
        corpus.correct(3, 1, "duplicate[PMID:1/1]", "", "same"),
        corpus.correct(2, 1, "sex", "female", "male"),
        good_line().replace("PMID:1", "PMID:999"),
    ]
    found = {}
    for size in (1, 2, 1000):
        monkeypatch.setattr(chunks, "CHUNK", size)
        corpus.load(tmp_path, lines)
        found[size] = fingerprint_of(tmp_path / "cases.duckdb").tables
    assert found[1] == found[2] == found[1000]
    assert [stale for stale, _ in states(tmp_path)] == [False, False, True]
    assert ask(tmp_path, "select decision from duplicate_candidates") == [("same",)]


def good_line() -> str:
    return f"anna,2026-01-31,PMID:1,{'a' * 64},PMID:1/1,sex,male,female,seen"


def changed(decision: str) -> str:
    return f"{HEADER}\n{good_line().replace('sex,male,female', decision)}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reviewer,field\n", r"line 1: the columns must be"),
        (f"{HEADER}\n{good_line()},extra\n", r"line 2: 10 cells where 9"),
        (f"{HEADER}\n\n{good_line().replace('anna', '')}\n", r"line 3: reviewer is empty"),
        (f"{HEADER}\n{good_line().replace('2026-01-31', '31.1.26')}\n", r"line 2: reviewed_on"),
        (f"{HEADER}\n{good_line().replace('female', 'femal')}\n", r"'femal' is not a value of sex"),
        (f"{HEADER}\n{good_line().replace('sex', 'gender')}\n", r"field 'gender' is not one"),
        (f"{HEADER}\n{good_line().replace('sex', 'organ')}\n", r"line 2"),
        (
            f"{HEADER}\n{good_line().replace('sex,male,female', 'organ,,present')}\n",
            r"organ\[renal",
        ),
        (f"{HEADER}\n{good_line().replace('sex,male,female', 'therapy[a],,ivig')}\n", r"a number"),
        (f"{HEADER}\n{good_line().replace('PMID:1/1', '')}\n", r"patient_id is empty"),
        (
            f"{HEADER}\n{good_line().replace('sex,male,female', 'screening,included,excluded')}\n",
            r"patient_id must be empty",
        ),
        (f'{HEADER}\n"unclosed', r"line 2"),
        (changed("age_years,57,5757"), r"'5757' is not a value of age_years"),
        (changed("plasma_cell_disorder,,MGUSS"), r"'MGUSS' is not a value"),
        (changed("line[1],1,99999999999"), r"'99999999999' is not a value of line"),
        (changed("therapy[99999999999],,ivig"), r"needs a number"),
    ],
)
def test_malformed_file_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """One sentence with file and line; the database of before stays."""
    path = tmp_path / "corrections.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(load.CorrectionsError, match=message) as caught:
        load.read_corrections(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """Byte order mark, Windows line ends and semicolons change nothing."""
    path = tmp_path / "corrections.csv"
    text = f"{HEADER}\n{good_line()}\n".replace(",", ";").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (correction,) = load.read_corrections(path)
    assert (correction.field, correction.value_after, correction.line) == ("sex", "female", 2)


@pytest.mark.parametrize("sign", ["\u2028", "\x0c", "\x85"])
def test_line_ends_of_other_programs_in_a_cell_end_no_row(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEADER}\n{good_line()}{sign}twice\n{good_line()}\n", encoding="utf-8")
    reasons = [correction.reason for correction in load.read_corrections(path)]
    assert reasons == [f"seen{sign}twice", "seen"]
    decisions, problems = read_decisions(path)
    assert ([decision.reason for decision in decisions], problems) == (reasons, [])


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes(HEADER.encode() + b"\n\xff\xfe")
    with pytest.raises(load.CorrectionsError, match="not UTF-8"):
        load.read_corrections(path)


def test_missing_file_means_no_decisions(tmp_path: Path) -> None:
    assert load.read_corrections(tmp_path / "corrections.csv") == []


def test_a_finding_can_be_named_by_its_id_or_its_label(tmp_path: Path) -> None:
    """The table keeps ids; people see labels."""
    corpus = Corpus()
    names = ("dysphagia", "Dysphagia")
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        folder.mkdir()
        corpus.load(folder, [corpus.correct(2, 1, f"manifestation[{name}]", "", "present")])
        assert states(folder) == [(False, None)], name


def test_duration_and_stop_of_an_episode_are_corrected(tmp_path: Path) -> None:
    corpus = Corpus()
    lines = [
        corpus.correct(1, 1, "duration_text[1]", "six months", "eight months"),
        corpus.correct(1, 1, "duration_months[1]", "6", "8"),
        corpus.correct(1, 1, "stop_reason[1]", "adverse_effect", ""),
        corpus.correct(1, 1, "therapy[2]", "", "ivig"),
        corpus.correct(1, 1, "is_stopped[2]", "", "false"),
    ]
    corpus.load(tmp_path, lines)
    rows = ask(
        tmp_path,
        "select episode, duration_text, duration_months, is_stopped, stop_reason from therapies",
    )
    assert rows == [(1, "eight months", 8.0, True, None), (2, None, None, False, None)]
    assert states(tmp_path) == [(False, None)] * 5

"""Decisions on disk: whole rows or none, whoever else writes, whatever touched the file before."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from review_cases import decision

from pipeline import load, review
from pipeline.load.fields import KEYED_FIELDS, PATIENT_FIELDS, REPORT_FIELDS
from pipeline.review import choices, ledger
from pipeline.review.decisions import COLUMNS, parse_decisions

HEADER = ",".join(COLUMNS)


def test_first_decision_makes_the_file_that_load_reads(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    review.append(path, [decision(value_after="female", reason='says "she", twice')])
    (read,) = load.read_corrections(path)
    assert (read.field, read.value_after, read.reason) == ("sex", "female", 'says "she", twice')
    assert review.read_decisions(path)[0][0].line == 2


@pytest.mark.parametrize(
    "before",
    [
        f"{HEADER}\n",
        f"{HEADER}",
        f"\ufeff{HEADER}\r\n",
        HEADER.replace(",", ";") + "\r\n",
        HEADER.replace(",", ";"),
        "",
        "\ufeff",
        ",".join(f'"{name}"' for name in COLUMNS) + "\n",
        f"{HEADER}\nbob,2026-01-31,PMID:1,{'a' * 64},PMID:1/1,sex,male,male,",
        f"{HEADER}\r\n,,,,,,,,\r\n",
    ],
    ids=range(10),
)
def test_file_of_a_spreadsheet_program_is_continued_in_its_manner(
    tmp_path: Path, before: str
) -> None:
    """What stood there stays byte for byte, and load reads old and new rows together."""
    path = tmp_path / "corrections.csv"
    path.write_bytes(before.encode())
    n_before = len(load.read_corrections(path)) if before.strip("\ufeff") else 0
    review.append(path, [decision(reason="a, b; c")])
    assert path.read_bytes().startswith(before.encode().rstrip(b"\r\n"))
    rows = load.read_corrections(path)
    assert len(rows) == n_before + 1
    assert rows[-1].reason == "a, b; c"
    assert review.read_decisions(path)[1] == []


@pytest.mark.parametrize(
    "before", [b"reviewer,field\n", HEADER.encode() + b"\n\xff\xfe\n"], ids=["columns", "no UTF-8"]
)
def test_file_that_is_not_ours_is_left_alone(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes(before)
    with pytest.raises(review.LedgerError, match=r"corrections\.csv"):
        review.append(path, [decision()])
    assert path.read_bytes() == before


def test_formula_in_a_reason_is_stored_harmless_and_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    review.append(path, [decision(reason='=HYPERLINK("x")')])
    assert ",\"'=HYPERLINK" in path.read_text()
    assert review.read_decisions(path)[0][0].reason == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reviewer": " "}, "reviewer is empty"),
        ({"field": "gender"}, "not a field"),
        ({"field": "organ", "value_after": "present"}, "which one"),
        ({"field": "therapy[x]", "value_after": "ivig"}, "a number from 1"),
        ({"field": "age_years", "value_after": "fifty"}, "a number such as"),
        ({"field": "age_years", "value_after": "-5"}, "a number such as"),
        ({"field": "age_years", "value_after": "٥"}, "a number such as"),
        ({"value_after": "femal"}, "one of female, male"),
        ({"field": "screening", "value_after": "included"}, "belongs to the report"),
        ({"patient_id": ""}, "belongs to the patient"),
        ({"field": "dose_text[1]", "value_after": "=1"}, "spreadsheet formula"),
        ({"field": "plasma_cell_disorder", "value_after": "MGUSS"}, "one of MGUS"),
        ({"field": "age_years", "value_after": "5757"}, "up to 120"),
        ({"reason": "two\nlines"}, "one trimmed line"),
        ({"reason": "two\u2028lines"}, "one trimmed line"),
        ({"reviewer": "a\x00b"}, "one trimmed line"),
    ],
)
def test_what_load_would_refuse_never_reaches_the_file(
    tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    """One bad row would stop every later run; with it none of its fellows is stored."""
    path = tmp_path / "corrections.csv"
    with pytest.raises(review.LedgerError, match=message):
        review.append(path, [decision(), decision(**changes)])
    assert not path.exists()


def test_forms_offer_exactly_what_load_accepts() -> None:
    """The two lists of fields are the same, and so are the values that each accepts."""
    accepted = {**REPORT_FIELDS, **PATIENT_FIELDS, **KEYED_FIELDS}
    assert set(choices.FIELDS) == set(accepted)
    assert set(choices.KEYED_FIELDS) == set(KEYED_FIELDS)
    tried = {"", "57", "57.5", "0", "3", "-1", "words", "included", "excluded", "excluded:comment"}
    tried |= {value for name in choices.FIELDS for value in choices.choices_of(name)}
    for name, accepts in accepted.items():
        for value in tried - {"-1"}:
            is_offered = choices.problem_of_value(name, value) is None
            assert is_offered == accepts(value), (name, value)


def test_text_with_strange_line_ends_is_one_row(tmp_path: Path) -> None:
    """A value that was seen is kept as it was seen, also with a line separator in it."""
    path = tmp_path / "corrections.csv"
    review.append(path, [decision(field="dose_text[1]", value_before="2 g\u2028daily")])
    review.append(path, [decision()])
    first, second = load.read_corrections(path)
    assert first.value_before == "2 g\u2028daily"
    assert second.field == "sex"


def test_open_in_a_spreadsheet_program_is_refused(tmp_path: Path) -> None:
    """The program would save its old copy over the decision later."""
    path = tmp_path / "corrections.csv"
    (tmp_path / ".~lock.corrections.csv#").touch()
    with pytest.raises(review.LedgerError, match="open in a spreadsheet program"):
        review.append(path, [decision()])


def test_undo_takes_out_the_row_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    mine, other = decision(reason="mine"), decision(reviewer="bob")
    review.append(path, [other])
    before = path.read_bytes()
    review.append(path, [mine])
    review.append(path, [decision(reviewer="carl")])
    review.retract(path, [mine])
    assert path.read_bytes().startswith(before)
    assert [one.reviewer for one in review.read_decisions(path)[0]] == ["bob", "carl"]
    with pytest.raises(review.LedgerError, match="decide anew"):
        review.retract(path, [mine])


def test_link_to_a_shared_file_stays_a_link(tmp_path: Path) -> None:
    """A folder shared by a group may hold the file under another name."""
    shared = tmp_path / "shared.csv"
    shared.write_text(f"{HEADER}\n")
    shared.chmod(0o664)
    path = tmp_path / "corrections.csv"
    path.symlink_to(shared)
    review.append(path, [decision()])
    assert path.is_symlink()
    assert len(load.read_corrections(shared)) == 1
    assert shared.stat().st_mode & 0o777 == 0o664


def test_two_links_to_one_shared_file_share_its_lock(tmp_path: Path) -> None:
    """Two people with folders of their own and a common file must not write at once."""
    (tmp_path / "common").mkdir()
    for name in ("anna", "bob"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "corrections.csv").symlink_to(tmp_path / "common" / "shared.csv")
    context = multiprocessing.get_context("fork")
    people = [
        context.Process(target=write_many, args=(tmp_path / name / "corrections.csv", name, 40))
        for name in ("anna", "bob")
    ]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert len(load.read_corrections(tmp_path / "common" / "shared.csv")) == 80


def write_many(path: Path, reviewer: str, n: int) -> None:
    for number in range(n):
        review.append(path, [decision(reviewer=reviewer, reason=f"number {number}")])


def test_two_people_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    context = multiprocessing.get_context("fork")
    people = [context.Process(target=write_many, args=(path, name, 40)) for name in ("anna", "bob")]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    rows = load.read_corrections(path)
    for name in ("anna", "bob"):
        own = [row.reason for row in rows if row.reviewer == name]
        assert own == [f"number {number}" for number in range(40)]


def test_a_date_that_a_spreadsheet_program_rewrote_is_read_by_both(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEADER}\nbob,31.01.2026,PMID:1,{'a' * 64},PMID:1/1,sex,male,male,\n")
    assert load.read_corrections(path)[0].reviewed_on == "2026-01-31"
    assert review.read_decisions(path)[0][0].reviewed_on == "2026-01-31"


def test_lock_held_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "WAIT_SECONDS", 0.05)
    with (
        ledger.locked(tmp_path),
        pytest.raises(review.LedgerError, match="another notebook has been writing"),
    ):
        review.append(tmp_path / "corrections.csv", [decision()])


def test_bad_lines_are_named_and_the_good_ones_read() -> None:
    """The notebook shows what a person has to mend before the next run."""
    text = f"{HEADER}\na,b\nbob,2026-01-31,PMID:1,{'a' * 64},PMID:1/1,sex,male,male,\n"
    decisions, problems = parse_decisions("corrections.csv", text)
    assert [one.reviewer for one in decisions] == ["bob"]
    assert problems == ["corrections.csv, line 2: 2 cells where 9 are needed."]

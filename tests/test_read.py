"""`read`: text in, values and their words out; offsets are those of the text as given."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extractor_of
from pipeline.read import (
    UnreadableLineError,
    lines_of,
    open_text,
    read_lines,
    read_text,
    refuse_other_than_text,
)
from pipeline.rules import bundled_rules

EXTRACT = extractor_of(bundled_rules())
TITLE = "Scleromyxedema in a cook"
TEXT = (
    "Background: Scleromyxedema is a rare disease that may involve the lungs.\n"
    "Case report: A 57-year-old woman had dysphagia but no dyspnea. Immunofixation showed "
    "monoclonal IgG lambda. She received intravenous immunoglobulin and her skin cleared "
    "completely. She was alive two years later.\n"
)


def test_values_stand_beside_their_words() -> None:
    result = read_text(EXTRACT, TEXT, "one", TITLE)
    (patient,) = result["patients"]
    assert patient["age_years"] == 57
    assert patient["sex"] == "female"
    assert patient["organs_present"] == ["gastrointestinal"]
    assert patient["organs_absent"] == ["pulmonary"]
    assert patient["paraprotein_status"] == "present"
    assert [(p["heavy_chain"], p["light_chain"]) for p in patient["paraproteins"]] == [
        ("IgG", "lambda")
    ]
    assert [(t["therapy"], t["response"]) for t in patient["therapies"]] == [("ivig", "complete")]
    for finding in result["findings"]:
        given = TITLE if finding["section"] == "title" else TEXT
        assert given[finding["char_start"] : finding["char_end"]] == finding["quote"]


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200d", "\u202e", "\ufeff"])
def test_signs_of_no_width_inside_words_hide_nothing(sign: str) -> None:
    def broken(text: str) -> str:
        return re.sub(r"\b(\w{2})(?=\w)", rf"\1{sign}", text)

    result = read_text(
        EXTRACT, broken(TEXT), "one", f"  {broken(TITLE)} of 57 years with dysphagia"
    )
    (patient,) = result["patients"]
    assert (patient["age_years"], patient["paraprotein_status"]) == (57, "present")
    assert {finding["section"] for finding in result["findings"]} == {"title", "text"}
    for finding in result["findings"]:
        title = f"  {broken(TITLE)} of 57 years with dysphagia"
        given = title if finding["section"] == "title" else broken(TEXT)
        assert given[finding["char_start"] : finding["char_end"]] == finding["quote"]


def test_one_result_a_line_in_the_order_given() -> None:
    rows = [{"id": str(n), "title": "", "text": TEXT} for n in range(3)]
    lines = iter(["\n", *(json.dumps(row) + "\n" for row in rows)])
    results = list(read_lines(EXTRACT, lines))
    assert [result["id"] for result in results] == ["0", "1", "2"]
    assert {"id", "patients", "findings"} <= set(results[0])


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("{", "Line 1 is not JSON"), ("[]", 'Line 1 has no "text"'), ('{"id": "a"}', 'has no "text"'),
     ('{"text": "x", "title": 3}', 'Line 1: "title"'), ('{"id": [], "text": "x"}', '"id" is nei')],
)  # fmt: skip
def test_a_bad_line_is_named(line: str, complaint: str) -> None:
    with pytest.raises(UnreadableLineError, match=complaint):
        list(read_lines(EXTRACT, iter([line])))


@pytest.mark.parametrize("text", ["", "\n", "\x00\x00", "A" * 5000, "😀 IgG λ 57", "[](((\n" * 50])
def test_any_text_gives_an_answer(text: str) -> None:
    assert isinstance(read_text(EXTRACT, text, "odd")["findings"], list)


@pytest.mark.parametrize(
    "data", [TEXT.encode("utf-16"), TEXT.encode("utf-16-le"), b"%PDF-1.4\n%", b"PK\x03\x04text"]
)
def test_a_file_that_is_no_text_is_refused_not_read_as_silent(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "one.txt").write_bytes(data)
    with (
        open_text(str(tmp_path / "one.txt")) as handle,
        pytest.raises(UnreadableLineError, match="one is no plain text in UTF-8"),
    ):
        refuse_other_than_text(handle.read(), "one")


def test_a_line_without_an_id_is_named_by_its_number() -> None:
    lines = iter([json.dumps(row) for row in ({"text": TEXT}, {"id": None, "text": TEXT})])
    assert [result["id"] for result in read_lines(EXTRACT, lines)] == ["1", "2"]


def test_the_human_form_says_not_stated() -> None:
    lines = "\n".join(lines_of(read_text(EXTRACT, "A man with scleromyxedema came.", "x")))
    assert "not stated" in lines
    assert "None" not in lines


def read_on_ascii_terminal(text: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "read", "-", *options],
        capture_output=True, text=True, input=text, cwd=Path(__file__).parent.parent, timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )  # fmt: skip


def test_a_terminal_without_unicode_shows_escapes() -> None:
    result = read_on_ascii_terminal("A 57-year-old woman had an IgGλ paraprotein and Sjögren.")
    assert (result.returncode, result.stderr) == (0, "")
    assert r"IgG\u03bb paraprotein and Sj\xf6gren" in result.stdout


def test_json_stays_json_on_a_terminal_without_unicode() -> None:
    result = read_on_ascii_terminal("A 57-year-old woman had an IgGλ paraprotein, née 𝛌.", "--json")
    (age,) = [f for f in json.loads(result.stdout)["findings"] if f["field"] == "age_years"]
    assert age["sentence"] == "A 57-year-old woman had an IgGλ paraprotein, née 𝛌."


def test_that_nothing_was_given_is_said() -> None:
    result = read_on_ascii_terminal(" \n", "--json")
    assert result.stderr == "standard input is empty: there is nothing to read.\n"
    assert json.loads(result.stdout)["patients"] == []


def read_process(*options: str, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "read", *options],
        stderr=subprocess.PIPE, cwd=Path(__file__).parent.parent, timeout=120, **streams,
    )  # fmt: skip


def test_lines_with_a_byte_order_mark_are_read_from_standard_input_too() -> None:
    line = b"\xef\xbb\xbf" + json.dumps({"id": "a", "text": "No report."}).encode()
    result = read_process("-", "--jsonl", input=line, stdout=subprocess.PIPE)
    assert (result.returncode, json.loads(result.stdout)["id"]) == (0, "a")


def test_a_closed_input_and_a_full_output_are_one_sentence() -> None:
    closed = read_process("-", preexec_fn=lambda: os.close(0))
    assert (closed.returncode, closed.stderr.count(b"\n")) == (1, 1), closed.stderr
    with Path("/dev/full").open("wb") as full:
        filled = read_process("-", input=b"No report.", stdout=full)
    assert filled.returncode == 1
    assert b"No space left" in filled.stderr.splitlines()[0]
    assert b"Traceback" not in filled.stderr


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "pipeline", "read", str(tmp_path / "none.txt")],
        capture_output=True, text=True, cwd=Path(__file__).parent.parent, timeout=120,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "none.txt" in result.stderr


def test_lines_are_read_as_they_come() -> None:
    """A line after a good one must not be needed for its answer."""
    stream = io.StringIO(json.dumps({"id": "a", "text": TEXT}) + "\n{broken\n")
    results = read_lines(EXTRACT, stream)
    assert next(results)["id"] == "a"
    with pytest.raises(UnreadableLineError, match="Line 2"):
        next(results)

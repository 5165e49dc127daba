"""`doctor` says what is set up, what is missing and what to do, and shows no secret."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from load_cases import HEADER

from pipeline.doctor import doctor
from pipeline.settings import Settings

EMAIL, KEY = "marked.reader@example.org", "5ec4e7" * 6


def told(capsys: pytest.CaptureFixture[str], **settings: object) -> tuple[int, str]:
    status = doctor(argparse.Namespace(), Settings(**settings))  # type: ignore[arg-type]
    return status, capsys.readouterr().out


def test_a_fresh_folder_is_ready_and_says_how_to_go_live(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = told(capsys, extracted_dir=tmp_path / "extracted")
    assert status == 0
    assert "NCBI_EMAIL is not set" in text
    assert "is not made yet: make run" in text
    assert not (tmp_path / "extracted").exists()


def test_secrets_are_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"http://user:{KEY}@mirror.example.org/eutils/"
    settings = {"ncbi_email": EMAIL, "ncbi_api_key": KEY, "entrez_base_url": address}
    status, text = told(capsys, extracted_dir=tmp_path, **settings)
    assert status == 0
    assert "NCBI_API_KEY is set" in text
    assert "travel unencrypted: use https" in text
    assert EMAIL not in text
    assert KEY not in text


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("corrections", "line 2: 3 cells"),
        ("manifest", "line 1 is damaged"),
        ("email", "not an e-mail address"),
        ("address", "no http:// or https:// address"),
        ("file", "is no folder: set EXTRACTED_DIR"),
    ],
)
def test_what_stands_in_the_way_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str, words: str
) -> None:
    settings: dict[str, object] = {"extracted_dir": tmp_path}
    if damage == "corrections":
        (tmp_path / "corrections.csv").write_text(f"{HEADER}\na,b,c\n", encoding="utf-8")
    elif damage == "manifest":
        (tmp_path / "raw").mkdir()
        (tmp_path / "raw" / "manifest.jsonl").write_text("no row\n", encoding="utf-8")
    elif damage == "email":
        settings["ncbi_email"] = "nobody"
    elif damage == "file":
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        settings["extracted_dir"] = tmp_path / "notes.txt"
    else:
        settings["entrez_base_url"] = "ftp://example.org/"
    status, text = told(capsys, **settings)
    assert status == 1
    assert [line for line in text.splitlines() if line.startswith("PROBLEM") and words in line]

"""Files people already have are taken byte for byte; parse is given what is to be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fake_entrez import FakeEntrez
from retrieve_cases import run

from pipeline import retrieve
from pipeline.records import RawFile


def reasons(taken: list[tuple[Path, RawFile | str]]) -> dict[str, str]:
    return {path.name: outcome for path, outcome in taken if isinstance(outcome, str)}


def test_folders_are_walked_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    given = tmp_path / "mine"
    (given / "sub").mkdir(parents=True)
    (given / ".hidden").mkdir()
    for name in ("b.xml", "a.nbib", ".DS_Store", "sub/c.xml", ".hidden/d.xml"):
        (given / name).write_text(f"content of {name}")
    taken = retrieve.import_files([given], tmp_path / "extracted")
    assert [path.name for path, _ in taken] == ["a.nbib", "b.xml", "c.xml"]
    for path, outcome in taken:
        assert isinstance(outcome, RawFile)
        assert outcome.source == "import"
        assert Path(outcome.path).read_bytes() == path.read_bytes()
        assert Path(outcome.path).parent == tmp_path / "extracted" / "raw" / "import"
        assert Path(outcome.path).name == f"{outcome.sha256[:16]}-{path.name}"


def test_what_the_program_made_is_never_brought_in(tmp_path: Path) -> None:
    """report.html would be one more report with every patient in it."""
    extracted = tmp_path / "mine" / "extracted"
    (extracted / "raw" / "import").mkdir(parents=True)
    for name in ("mine/a.xml", "mine/extracted/report.html", "mine/extracted/raw/import/b.xml"):
        (tmp_path / name).write_text(f"content of {name}")
    taken = retrieve.import_files([tmp_path / "mine"], extracted)
    assert [path.name for path, _ in taken] == ["a.xml"]
    taken = retrieve.import_files([extracted], extracted)
    assert set(reasons(taken)) == {"report.html", "manifest.jsonl"}
    assert "lies in the folder of what the program made" in reasons(taken)["report.html"]


def test_the_same_bytes_are_kept_once_whatever_their_name(tmp_path: Path) -> None:
    for name in ("one.xml", "two.xml"):
        (tmp_path / name).write_text("the same")
    extracted = tmp_path / "extracted"
    retrieve.import_files([tmp_path / "one.xml", tmp_path / "two.xml"], extracted)
    retrieve.import_files([tmp_path / "two.xml"], extracted)
    assert len(list((extracted / "raw" / "import").iterdir())) == 1
    assert len((extracted / "raw" / "manifest.jsonl").read_text().splitlines()) == 1


def test_what_cannot_be_taken_has_its_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.xml").touch()
    os.mkfifo(tmp_path / "pipe.xml")
    missing = tmp_path / "missing.xml"
    taken = retrieve.import_files(
        [tmp_path / "empty.xml", missing, tmp_path / "pipe.xml"], tmp_path / "extracted"
    )
    assert reasons(taken) == {
        "empty.xml": "the file is empty",
        "missing.xml": "there is no such file",
        "pipe.xml": "not an ordinary file",
    }
    assert not (tmp_path / "extracted" / "raw" / "manifest.jsonl").exists()


@pytest.mark.parametrize(
    "name", ["../x y;$(rm).xml", "bericht über-λ.nbib", "...", "n" * 240 + ".xml"]
)
def test_names_are_made_safe(tmp_path: Path, name: str) -> None:
    path = tmp_path / Path(name).name
    path.write_text(f"content {name}")
    ((_, outcome),) = retrieve.import_files([path], tmp_path / "extracted")
    assert isinstance(outcome, RawFile)
    copy = Path(outcome.path).name
    assert len(copy) <= 100
    assert copy.isascii()
    assert not set(copy) & set(" ;$()/")


def test_starter_files_are_read_until_live_records_come(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    starter = tmp_path / "starter"
    starter.mkdir()
    for name in ("b.xml", "a.xml", "README.md"):
        (starter / name).write_text(name)
    mine = tmp_path / "mine.xml"
    mine.write_text("mine")
    extracted = tmp_path / "extracted"
    retrieve.import_files([mine], extracted)
    before = retrieve.raw_files(extracted, starter)
    assert [file.source for file in before] == ["starter", "starter", "import"]
    assert [file.name for file in before[:2]] == ["starter/a.xml", "starter/b.xml"]
    fake_entrez.add(3, n_full_texts=1)
    run(fake_entrez, tmp_path)
    after = retrieve.raw_files(extracted, starter)
    assert [file.source for file in after] == ["entrez", "entrez", "import"]
    assert after[1].name == "raw/pmc/PMC2000000.xml"


def test_nothing_at_all_is_no_error(tmp_path: Path) -> None:
    assert retrieve.raw_files(tmp_path / "extracted", tmp_path / "starter") == []


def test_a_changed_import_is_named_and_not_used(tmp_path: Path) -> None:
    mine = tmp_path / "mine.xml"
    mine.write_text("mine")
    ((_, outcome),) = retrieve.import_files([mine], tmp_path / "extracted")
    assert isinstance(outcome, RawFile)
    Path(outcome.path).write_text("edited")
    with pytest.warns(UserWarning, match="changed after it was received"):
        assert retrieve.raw_files(tmp_path / "extracted", tmp_path / "none") == []
    retrieve.import_files([mine], tmp_path / "extracted")
    assert len(retrieve.raw_files(tmp_path / "extracted", tmp_path / "none")) == 1
    assert Path(outcome.path).read_text() == "mine"


def test_newer_copies_of_a_record_come_after_older_ones(
    fake_entrez: FakeEntrez, tmp_path: Path
) -> None:
    fake_entrez.add(3)
    run(fake_entrez, tmp_path)
    fake_entrez.revise("10000001")
    run(fake_entrez, tmp_path)
    files = retrieve.raw_files(tmp_path / "extracted", tmp_path)
    assert len(files) == 2
    assert "corrected" not in Path(files[0].path).read_text()
    assert "corrected" in Path(files[1].path).read_text()

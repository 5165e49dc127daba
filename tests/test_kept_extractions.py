"""The extractions of the last run, of which one is held at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from load_cases import Corpus

from pipeline.files import UnreadableFileError, read_rows
from pipeline.kept_extractions import (
    KeptExtractions,
    earlier_extractions,
    open_extractions,
    write_extractions,
)
from pipeline.records import Extraction

CORPUS = Corpus()
ALL = {one.article_id: one for one in CORPUS.extractions}
MADE = [ALL[article.article_id] for article in CORPUS.articles]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "extractions.jsonl"
    write_extractions(path, CORPUS.articles, MADE, KeptExtractions())
    return path


def test_what_was_written_is_read(path: Path) -> None:
    assert read_rows(path, Extraction) == MADE
    kept = open_extractions(path)
    assert dict(kept) == ALL
    assert kept.statuses == {key: one.status for key, one in ALL.items()}
    assert kept.made_anew == set()


def test_what_holds_is_taken_as_it_was_also_when_the_file_is_replaced(path: Path) -> None:
    earlier = open_extractions(path)
    changed = Extraction(article_id=MADE[0].article_id, status="failed", message="odd")
    made = [changed, *[None] * (len(MADE) - 1)]
    kept = write_extractions(path, CORPUS.articles, made, earlier)
    assert kept.made_anew == {changed.article_id}
    assert dict(kept) == ALL | {changed.article_id: changed} == dict(open_extractions(path))
    assert next(head.message for head in kept.of_status("failed")) == "odd"
    assert dict(earlier) == ALL


def test_a_changed_a_cut_and_a_longer_file_are_refused(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = path.read_bytes()
    lines = data.splitlines(keepends=True)
    for damaged in (
        data.replace(b"PMID:1", b"PMID:9", 1), data[:-20], data[: len(lines[0])], b"", b"{}\n",
        data + lines[0], b"".join(lines[1:]), b"\xff" + data,
    ):  # fmt: skip
        path.write_bytes(damaged)
        with pytest.raises(UnreadableFileError, match="not as it was written"):
            open_extractions(path)
        assert not earlier_extractions(path)
        assert "every report is read again" in capsys.readouterr().err
    path.unlink()
    assert not earlier_extractions(path)
    assert capsys.readouterr().err == ""


def test_a_reader_that_fails_in_the_middle_leaves_the_file_of_before(path: Path) -> None:
    before = path.read_bytes()

    def failing() -> Iterator[Extraction]:
        yield MADE[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_extractions(path, CORPUS.articles, failing(), KeptExtractions())
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]

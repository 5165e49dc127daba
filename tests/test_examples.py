"""Each line of tests/examples/<field>.txt is a test: the marks in it are all it must find.

A mark is `[words](value, status)`; a line without a mark must find nothing of that field.
`[[` and `]]` stand for brackets of the text itself; lines that begin with # are comments.
A line that begins with `{Heading}` stands in a section of that heading; otherwise in a case report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract import extractor_of
from pipeline.records import Article, Extraction, Section
from pipeline.rules import bundled_rules

FOLDER = Path(__file__).parent / "examples"
MARK = re.compile(r"\[(?P<words>[^\[\]]+)\]\((?P<value>[^(),]+), (?P<status>present|absent)\)")
Found = set[tuple[str, str, str]]


def unmark(line: str) -> tuple[str, Found]:
    """The text of a line and what it must find; raises ValueError on a malformed mark."""
    expected = {(m["words"], m["value"].strip(), m["status"]) for m in MARK.finditer(line)}
    left = MARK.sub("", line).replace("[[", "").replace("]]", "")
    if "[" in left or "]" in left:
        raise ValueError(f"malformed mark in: {line}")
    text = MARK.sub(lambda m: m["words"], line)
    return text.replace("[[", "[").replace("]]", "]"), expected


def lines_of(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def all_lines() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.txt")):
        for number, line in enumerate(lines_of(path), start=1):
            yield pytest.param(path.stem, line, id=f"{path.stem}-{number}")


@cache
def extractor() -> Callable[[Article], Extraction]:
    return extractor_of(bundled_rules())


def findings_of(text: str, heading: str, field: str) -> Found:
    section = Section(section="body-1", kind="body", title=heading, text=text)
    article = Article(
        article_id="FILE:example", title="", source="import", raw_file="", sections=(section,)
    )
    return {
        (finding.quote, finding.value, finding.status)
        for finding in extractor()(article).findings
        if finding.field == field
        and finding.subject == "patient"
        and finding.patient_id
        and finding.status != "uncertain"
    }


@pytest.mark.parametrize(("field", "line"), all_lines())
def test_line_finds_what_is_marked_and_nothing_else(field: str, line: str) -> None:
    heading, _, rest = (
        line[1:].partition("}") if line.startswith("{") else ("Case report", "", line)
    )
    text, expected = unmark(rest.strip())
    assert findings_of(text, heading, field) == expected


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_each_file_has_lines_that_must_find_nothing(path: Path) -> None:
    """A file of hits alone would pass an extractor that finds everything."""
    assert any(not unmark(line)[1] for line in lines_of(path))


def test_a_malformed_mark_is_an_error() -> None:
    with pytest.raises(ValueError, match="malformed"):
        unmark("He had [dysphagia](gastrointestinal present).")

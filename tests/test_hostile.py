"""Input made to hurt: each kind with a bound on memory and time, and shown as text where shown.

Every file is read in a process of its own, whose largest memory is measured.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import msgspec
import pytest
from load_cases import QUERIES, Corpus

from pipeline import analyse
from pipeline.retrieve.answers import normal_id, read_xml
from pipeline.retrieve.errors import Trouble
from pipeline.spreadsheet import harmless

ROOT = Path(__file__).parent.parent
READER = """
import json, resource, sys, time
from pipeline.parse import parse_file
from pipeline.records import RawFile
def used():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_maxrss * 1024
before, begun = used(), time.process_time()
articles, problems = parse_file(
    RawFile(path=sys.argv[1], name="hostile", source="import", sha256="0"))
print(json.dumps({
    "articles": len(articles), "reasons": [p.reason for p in problems[:3]],
    "megabytes": (used() - before) / 1e6, "seconds": time.process_time() - begun}))
"""
MOST_MEGABYTES, MOST_CPU_SECONDS = 1500, 45


def record(title: str) -> str:
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>5</PMID><Article><ArticleTitle>"
        f"{title}</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


KINDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "200 MB of text in one element": (
        lambda: record("x" * 200_000_000).encode(), "Text node too long"),
    "ten million tiny elements": (lambda: record("<i/>" * 10_000_000).encode(), "elements"),
    "two million empty records": (
        lambda: b"<PubmedArticleSet>" + b"<PubmedArticle/>" * 2_000_000 + b"</PubmedArticleSet>",
        "more than 100,000 records"),
    "a million attributes": (
        lambda: record("<i " + " ".join(f"a{n}=''" for n in range(10**6)) + "/>").encode(),
        "limit exceeded"),
    "twenty million references": (lambda: record("&nbsp;" * 20_000_000).encode(), "references"),
    "one line of 200 MB (.nbib)": (
        lambda: b"PMID- 5\nTI  - " + b"x" * 200_000_000, "a line of more than"),
    "fifteen million lines (.nbib)": (
        lambda: b"PMID- 5\nTI  - t\n\n" * 5_000_000, "more than 3,000,000 lines"),
    "plain text of 100 MB": (lambda: b"A man had IgG. " * 7_000_000, "characters"),
    "web page of 50 MB": (
        lambda: b"<html><body>" + b"<p>A man had IgG.</p>" * 2_500_000, "a web page of more than"),
    "a billion zeroes, packed": (lambda: gzip.compress(bytes(10**9), 1), "a gzip archive"),
}  # fmt: skip


@pytest.mark.slow  # it writes files of 200 MB
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_made_to_hurt_is_refused_in_bounds(tmp_path: Path, kind: str) -> None:
    make, words = KINDS[kind]
    path = tmp_path / "hostile"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)],
        cwd=ROOT, capture_output=True, text=True, timeout=290, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["articles"] == 0
    assert any(words in reason for reason in told["reasons"]), told
    assert told["megabytes"] < MOST_MEGABYTES
    assert told["seconds"] < MOST_CPU_SECONDS


def test_an_answer_of_entrez_that_could_do_harm_is_refused() -> None:
    bomb = b"<!DOCTYPE a [<!ENTITY b 'bb'>]><eSearchResult>&b;</eSearchResult>"
    with pytest.raises(Trouble, match="could do harm"):
        read_xml(bomb)
    with pytest.raises(Trouble, match="could do harm"):
        read_xml(b"<a>" + b"<b/>" * 8_000_001 + b"</a>")


@pytest.mark.parametrize("text", ["../../x", "1/../../etc", "9" * 5000, "٣٣", "5\x00", "-1", ""])
def test_an_id_is_digits_or_refused(text: str) -> None:
    """Ids of an answer become names of files."""
    with pytest.raises(Trouble):
        normal_id(text)


HOSTILE_TITLES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'; drop table articles; --",
    '=HYPERLINK("http://example.org")',
    "\u202egnitirw\u202c",
    "{{ 7 * 7 }}{% raw %}",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DuckDB file whose reports carry what should hurt, in every text that is loaded."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus = Corpus()
    for place, title in enumerate(HOSTILE_TITLES[: len(corpus.articles)]):
        corpus.articles[place] = msgspec.structs.replace(
            corpus.articles[place], title=title, journal=title, authors=(title,), licence=title
        )
    corpus.load(folder)
    return folder / "cases.duckdb"


def test_values_are_kept_as_they_are_and_do_nothing(hostile: Path) -> None:
    with duckdb.connect(str(hostile), read_only=True) as connection:
        titles = {title for (title,) in connection.execute("select title from articles").fetchall()}
    assert set(HOSTILE_TITLES[:5]) <= titles


def test_the_report_shows_them_as_text(hostile: Path, tmp_path: Path) -> None:
    analyse.write_report(hostile, QUERIES, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_ours_is_a_formula(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerow([harmless(cell)])
    with path.open(encoding="utf-8", newline="") as handle:
        (row,) = csv.reader(handle)
    assert not row[0].lstrip().startswith(("=", "+", "-", "@"))

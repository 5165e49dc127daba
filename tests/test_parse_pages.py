"""Plain text and saved web pages as reports: headings found, scripts dropped, bad pages named."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from parse_cases import abstract, given, only, parsed, pubmed, pubmed_set, reason, texts

from pipeline.parse import parse_all, parse_file
from pipeline.records import Article

PARAGRAPH = (
    "A 61-year-old man noticed waxy papules on both ears and, later on, stiff hands. He was given"
    " immunoglobulins every month for a year, and his skin became soft again in that time. "
)
HEAD = (
    '<meta name="citation_title" content="Stiff hands in a farmer">'
    '<meta name="citation_doi" content="10.5555/page.1"><meta name="citation_pmid" content="77">'
    '<meta name="citation_publication_date" content="2019/05/01">'
    '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
)


def page(body: str, head: str = HEAD) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


BODY = (
    "<nav><a href='/'>Home</a></nav><script>document.write('A 20-year-old woman died.')</script>"
    "<h1>Stiff hands in a farmer</h1>"
    f"<h2>Abstract</h2><p>{PARAGRAPH}</p><h2>Case report</h2><p>{PARAGRAPH}"
    "IgG lambda<sup><a href='#r3'>3</a></sup> was found; platelets 210 × 10<sup>9</sup>/L.</p>"
    "<table><caption>Table 1. Findings</caption><tr><th>Age</th><th colspan='2'>Band</th></tr>"
    "<tr><td>61</td><td>IgG</td><td>λ</td></tr></table>"
    f"<h2>Discussion</h2><p>{PARAGRAPH}</p><h2>References</h2><p>1. Somebody. 2001;1:2.</p>"
    "<style>p{}</style>"
)


@pytest.fixture
def article(tmp_path: Path) -> Article:
    return only(tmp_path, page(BODY))


def test_the_head_of_a_page_names_the_report(article: Article) -> None:
    assert (article.article_id, article.doi, article.year) == ("PMID:77", "10.5555/page.1", 2019)
    assert article.title == "Stiff hands in a farmer"
    assert article.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert article.source == "import"
    assert article.has_full_text


def test_sections_of_a_page_are_found_by_its_headings(article: Article) -> None:
    told = [(s.kind, s.title) for s in article.sections if s.kind in ("abstract", "body", "table")]
    assert told == [
        ("abstract", "Abstract"),
        ("body", "Case report"),
        ("table", "Table 1 > Findings"),
        ("body", "Discussion"),
    ]


def test_scripts_styles_and_navigation_are_dropped(article: Article) -> None:
    whole = " ".join(texts(article).values())
    for words in ("document", "20-year-old", "p{}", "Home"):
        assert words not in whole


def test_raised_numbers_of_a_page_are_references_or_powers(article: Article) -> None:
    case = next(s.text for s in article.sections if s.title == "Case report")
    assert "IgG lambda[3] was found" in case
    assert "210 × 10^9/L" in case


def test_a_table_of_a_page_keeps_its_columns(article: Article) -> None:
    table = next(s.text for s in article.sections if s.kind == "table")
    assert table == "Age | Band\n61 | IgG | λ"


def test_a_page_and_the_record_of_the_same_report_are_one(tmp_path: Path) -> None:
    record = given(tmp_path, "r.xml", pubmed_set(pubmed("77", abstract("A man had papules."))))
    saved = given(tmp_path, "p.html", page(BODY))
    articles, problems = parse_all([record, saved])
    assert problems == []
    assert [a.article_id for a in articles] == ["PMID:77"]
    assert {s.kind for s in articles[0].sections} == {
        "title",
        "abstract",
        "body",
        "table",
        "legend",
    }


def test_plain_text_is_a_report_with_its_own_name(tmp_path: Path) -> None:
    raw = given(tmp_path, "my report.txt", f"Stiff hands\n\nCase report\n{PARAGRAPH * 2}\n")
    articles, problems = parse_file(raw)
    assert problems == []
    assert (articles[0].article_id, articles[0].title) == ("FILE:my report", "Stiff hands")


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200d", "\u202e"])
def test_signs_of_no_width_are_in_no_text(tmp_path: Path, sign: str) -> None:
    broken = PARAGRAPH.replace("immuno", f"immuno{sign}")
    for content in (f"Stiff hands\n\n{broken * 2}", page(BODY.replace(PARAGRAPH, broken))):
        told = " ".join(section.text for section in only(tmp_path, content).sections)
        assert "immunoglobulins" in told
        assert sign not in told


def test_plain_text_takes_the_one_doi_of_its_first_lines(tmp_path: Path) -> None:
    text = f"Stiff hands\ndoi: 10.5555/Text.1\n\nCase report\n{PARAGRAPH * 2}\n"
    assert only(tmp_path, text).article_id == "DOI:10.5555/text.1"
    two = text.replace("Case", "https://doi.org/10.5555/other\n\nCase")
    assert only(tmp_path, two).article_id == "FILE:given"


def test_what_entrez_sends_as_a_page_is_no_report(tmp_path: Path) -> None:
    for content in (page(BODY), f"Case report\n{PARAGRAPH * 3}"):
        articles, problems = parse_file(given(tmp_path, "x.xml", content, source="entrez"))
        assert articles == []
        assert len(problems) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (page("<p>503 Service unavailable</p>"), "a web page (HTML) without the text of a report"),
        (page("<div>" * 5000), "a web page (HTML)"),
        (page("<table><tr><td>" * 2000 + PARAGRAPH * 3), "a web page (HTML)"),
        ("a,b,c\n1,2,3\n" * 500, "text that is neither PubMed XML"),
        ("import os\n\ndef f(x):\n    return x\n" * 50, "text that is neither PubMed XML"),
    ],
)
def test_what_is_no_report_is_named(tmp_path: Path, content: str, words: str) -> None:
    assert reason(tmp_path, content).startswith(words)


def test_a_page_with_a_million_cells_is_bounded(tmp_path: Path) -> None:
    row = "<tr>" + "<td colspan='99999' rowspan='99999'>1</td>" * 50 + "</tr>"
    started = time.process_time()
    articles, _ = parsed(tmp_path, page(f"<p>{PARAGRAPH * 4}</p><table>{row * 200}</table>"))
    assert time.process_time() - started < 10
    assert len(articles) == 1


def test_a_layout_table_is_read_as_text(tmp_path: Path) -> None:
    inner = f"<table><tr><td><p>{PARAGRAPH * 2}</p></td></tr></table>"
    found = only(tmp_path, page(inner))
    assert any("waxy papules" in s.text and s.kind != "table" for s in found.sections)

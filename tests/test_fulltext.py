"""Whole full-text reports, in our own words: values, patients, evidence, and nobody cited.

Facts of published reports are restated in JATS (tests/data/fulltext/README.md); the facts stand
beside them in gold.jsonl in the form of tests/gold/dev.jsonl.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from lxml import etree

from pipeline.evaluate.scoring import Score, compare
from pipeline.evaluate.values import GoldReport, Values, extraction_values, read_gold
from pipeline.extract import extractor_of
from pipeline.language.tables import TableReader
from pipeline.parse import parse_file
from pipeline.parse.plain import read_plain
from pipeline.records import Article, Extraction, RawFile
from pipeline.rules import bundled_rules

FOLDER = Path(__file__).parent / "data" / "fulltext"
GOLD = read_gold(FOLDER / "gold.jsonl")
NAMES = [gold.id for gold in GOLD]
LEAST_F1 = 0.95
LEAST_SHARE = 0.95
LEAST_SERIES, MOST_SERIES = 3, 15


def article_of(name: str) -> Article:
    path = FOLDER / f"{name}.xml"
    raw = RawFile(path=str(path), name=path.name, source="import", sha256="")
    articles, problems = parse_file(raw)
    assert problems == []
    return articles[0]


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Article, Extraction]]:
    extract = extractor_of(bundled_rules())
    articles = {name: article_of(name) for name in NAMES}
    return {name: (article, extract(article)) for name, article in articles.items()}


def by_label(gold: GoldReport, found: list[Values]) -> list[tuple[Values | None, Values | None]]:
    """Gold and found patients paired by label alone: a value of another patient is wrong."""
    given = {values.label: values for values in found}
    pairs: list[tuple[Values | None, Values | None]] = [
        (expected, given.pop(expected.label, None)) for expected in gold.patients
    ]
    return pairs + [(None, values) for values in given.values()]


def scored(read: dict[str, tuple[Article, Extraction]]) -> Score:
    score = Score()
    for gold in GOLD:
        patients, aggregate = extraction_values(read[gold.id][1])
        for expected, found in by_label(gold, patients):
            compare(score, gold.id, expected, found)
        compare(score, gold.id, gold.aggregate, aggregate)
    return score


def test_there_are_enough_reports_of_every_kind() -> None:
    reader = TableReader(bundled_rules())
    kinds = Counter(
        reader.read(section).kind
        for name in NAMES
        for section in article_of(name).sections
        if section.kind == "table"
    )
    series = sorted(len(gold.patients) for gold in GOLD if len(gold.patients) >= LEAST_SERIES)
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.xml"))
    assert len(NAMES) >= 12
    assert kinds["cited"] >= 2
    assert kinds["aggregate"] == 1
    assert kinds["patients_by_row"] >= 3
    assert kinds["patients_by_column"] >= 3
    assert (series[0], series[-1]) == (LEAST_SERIES, MOST_SERIES)


def test_every_field_is_read_well(read: dict[str, tuple[Article, Extraction]]) -> None:
    score = scored(read)
    weak = {name: counts.f1 for name, counts in score.counts.items() if (counts.f1 or 0) < LEAST_F1}
    assert weak == {}, score.errors
    assert all(counts.right + counts.missed for counts in score.counts.values())


def test_patients_are_found_and_told_apart(read: dict[str, tuple[Article, Extraction]]) -> None:
    found = expected = right = 0
    for gold in GOLD:
        labels = {patient.label for patient in read[gold.id][1].patients}
        known = {patient.label for patient in gold.patients}
        found, expected, right = (
            found + len(labels),
            expected + len(known),
            right + len(labels & known),
        )
    assert right / found >= LEAST_SHARE
    assert right / expected >= LEAST_SHARE


@pytest.mark.parametrize("name", NAMES)
def test_the_number_of_own_patients_counts_nobody_cited(
    name: str, read: dict[str, tuple[Article, Extraction]]
) -> None:
    gold = next(gold for gold in GOLD if gold.id == name)
    assert read[name][1].patient_count == gold.patient_count


@pytest.mark.parametrize("name", ["f04_dns_with_review", "f05_three_failures_with_review"])
def test_cited_patients_of_a_table_are_kept_apart(
    name: str, read: dict[str, tuple[Article, Extraction]]
) -> None:
    _article, extraction = read[name]
    cited = [
        f for f in extraction.findings
        if f.subject == "literature" and f.section.startswith("table") and f.field == "age_years"
    ]  # fmt: skip
    assert len(cited) == {"f04_dns_with_review": 6, "f05_three_failures_with_review": 4}[name]
    assert all(finding.patient_id is None for finding in cited)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_leads_to_its_words(
    name: str, read: dict[str, tuple[Article, Extraction]]
) -> None:
    article, extraction = read[name]
    texts = {section.section: section.text for section in article.sections}
    for finding in extraction.findings:
        assert texts[finding.section][finding.char_start : finding.char_end] == finding.quote
        assert finding.quote in finding.sentence


@pytest.mark.parametrize("name", ["f06_thalidomide_three", "f09_fifteen_ivig"])
def test_the_evidence_of_a_table_is_its_cell(
    name: str, read: dict[str, tuple[Article, Extraction]]
) -> None:
    _article, extraction = read[name]
    for patient in extraction.patients:
        ages = [f for f in extraction.findings
                if f.patient_id == patient.patient_id and f.field == "age_years"]  # fmt: skip
        assert [f.quote for f in ages] == [f"{patient.age_years:g}"]
        assert {f.section for f in ages} == {"table-1"}


def ages(extraction: Extraction) -> dict[str, set[str]]:
    return {
        f.section: {g.value for g in extraction.findings
                    if (g.section, g.field, g.subject) == (f.section, "age_years", "patient")}
        for f in extraction.findings
        if (f.field, f.subject) == ("age_years", "patient")
    }  # fmt: skip


def test_where_abstract_and_body_differ_both_are_kept_and_the_body_counts(
    read: dict[str, tuple[Article, Extraction]],
) -> None:
    extraction = read["f13_pulmonary_hypertension"][1]
    assert ages(extraction) == {"abstract-2": {"63"}, "body-2": {"64"}}
    assert [patient.age_years for patient in extraction.patients] == [64]


def words(element: etree._Element | None) -> str:
    """The text of an element as a publisher prints it: marks in brackets, powers with a caret."""
    if element is None:
        return ""
    pieces = [element.text or ""]
    for child in element:
        inner = words(child)
        if child.tag == "sup" and inner.strip().isdigit() and pieces[-1][-1:].isdigit():
            inner = f"^{inner}"
        pieces += [f"[{inner}]" if child.get("ref-type") == "bibr" and "[" not in inner else inner]
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def printed(path: Path, divider: str = " | ") -> str:
    """A report as plain text: headings and paragraphs on lines, tables with divided cells."""
    article = etree.parse(path).getroot()
    lines = [words(article.find(".//article-title")), ""]
    abstract = article.find(".//abstract")
    if abstract is not None:
        lines += ["Abstract", *printed_blocks(abstract, divider), ""]
    lines += printed_blocks(article.find("body"), divider)
    floats = article.find("floats-group")
    lines += printed_blocks(floats, divider) if floats is not None else []
    return "\n".join(lines) + "\n"


def printed_blocks(parent: etree._Element, divider: str) -> list[str]:
    lines: list[str] = []
    for child in parent:
        if child.tag in ("title", "p"):
            lines += [words(child), ""]
        elif child.tag in ("fig", "table-wrap"):
            lines += ["", *printed_float(child, divider), ""]
        elif child.tag != "label":
            lines += printed_blocks(child, divider)
    return lines


def printed_float(element: etree._Element, divider: str) -> list[str]:
    caption = " ".join(words(part) for part in element.iterfind("caption/*"))
    lines = [f"{words(element.find('label')).rstrip('.')}. {caption}"]
    for row in element.iter("tr"):
        cells = [[words(c), *[""] * (int(c.get("colspan", 1)) - 1)] for c in row.iter("td", "th")]
        flat = [text for cell in cells for text in cell]
        above = [c for c in element.iter("th") if c.get("rowspan") == "2"]
        is_below = above and row.getprevious() is not None and row.getparent().tag == "thead"
        lines.append(divider.join([*[""] * len(above), *flat] if is_below else flat))
    return [*lines, *(words(foot) for foot in element.iter("table-wrap-foot"))]


@pytest.fixture(scope="module")
def extract_plain() -> Callable[[Article], Extraction]:
    return extractor_of(bundled_rules())


@pytest.mark.parametrize("divider", [" | ", "\t"], ids=["bars", "tabs"])
@pytest.mark.parametrize("name", NAMES)
def test_the_printed_report_gives_the_same_values(
    name: str,
    divider: str,
    read: dict[str, tuple[Article, Extraction]],
    extract_plain: Callable[[Article], Extraction],
) -> None:
    text = printed(FOLDER / f"{name}.xml", divider)
    plain = extract_plain(read_plain(text, name).article)
    of_xml = extraction_values(read[name][1])
    assert extraction_values(plain) == of_xml
    assert plain.patient_count == read[name][1].patient_count


HTML_TAGS = {"article-title": "h1", "title": "h2", "p": "p", "list": "ul", "list-item": "li",
             "sup": "sup", "sub": "sub", "table": "table", "tr": "tr", "td": "td", "th": "th",
             "caption": "caption"}  # fmt: skip
SPANS = ("colspan", "rowspan")


def as_html(element: etree._Element) -> str:
    """A part of a report as a publisher's page has it; a reference is a raised link."""
    inner = escape(element.text or "")
    for child in element:
        inner += as_html(child) + escape(child.tail or "")
    if element.get("ref-type") == "bibr":
        return f"<sup><a href='#r'>{''.join(c for c in inner if c.isdigit())}</a></sup>"
    if element.tag == "table-wrap":
        return table_as_html(element)
    if element.tag == "fig":
        return f"<p>{words(element.find('label'))}. {words(element.find('caption'))}</p>"
    tag = HTML_TAGS.get(element.tag)
    spans = "".join(f' {name}="{element.get(name)}"' for name in SPANS if element.get(name))
    return f"<{tag}{spans}>{inner}</{tag}>" if tag else inner


def table_as_html(wrap: etree._Element) -> str:
    caption = " ".join(words(part) for part in wrap.iterfind("caption/*"))
    label = words(wrap.find("label")).rstrip(".")
    rows = "".join(as_html(row) for row in wrap.iter("tr"))
    foot = "".join(f"<p>{words(foot)}</p>" for foot in wrap.iter("table-wrap-foot"))
    return f"<table><caption>{label}. {caption}</caption>{rows}</table>{foot}"


def page_of(path: Path) -> str:
    article = etree.parse(path).getroot()
    abstract = article.find(".//abstract")
    parts = [as_html(article.find(".//article-title"))]
    parts += [] if abstract is None else ["<h2>Abstract</h2>", as_html(abstract)]
    parts += [as_html(part) for part in (article.find("body"), article.find("floats-group"))
              if part is not None]  # fmt: skip
    return f"<html><head><script>var x = 1;</script></head><body>{''.join(parts)}</body></html>"


@pytest.mark.parametrize("name", NAMES)
def test_the_saved_page_of_a_report_gives_the_same_values(
    name: str,
    tmp_path: Path,
    read: dict[str, tuple[Article, Extraction]],
    extract_plain: Callable[[Article], Extraction],
) -> None:
    path = tmp_path / f"{name}.html"
    path.write_text(page_of(FOLDER / f"{name}.xml"), encoding="utf-8")
    raw = RawFile(path=str(path), name=path.name, source="import", sha256="")
    articles, problems = parse_file(raw)
    assert problems == []
    assert extraction_values(extract_plain(articles[0])) == extraction_values(read[name][1])

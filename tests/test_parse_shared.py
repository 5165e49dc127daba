"""The parse stage on real Entrez answers beside the project: nothing is lost without a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.parse import is_notice, parse_all, parse_file
from pipeline.records import RawFile

ENTREZ = Path(__file__).parents[2] / "shared" / "data" / "entrez"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not ENTREZ.is_dir(), reason="../shared/data/entrez is not there"),
]
RECORD_TAGS = ("PubmedArticle", "PubmedBookArticle", "article")


def raws() -> list[RawFile]:
    paths = [p for p in sorted(ENTREZ.rglob("*")) if p.is_file() and p.name != "README.md"]
    return [
        RawFile(path=str(p), name=str(p.relative_to(ENTREZ)), source="import", sha256="")
        for p in paths
    ]


def records_in(path: Path) -> int:
    """Counted by other means than the parser's: a lenient XML reader, or PMID lines."""
    if path.suffix == ".txt":
        return sum(line.startswith("PMID-") for line in path.read_text("utf-8").splitlines())
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(recover=True, no_network=True))
    return sum(1 for _ in root.iter(*RECORD_TAGS))


def test_every_record_of_all_files_is_an_article_or_a_named_problem() -> None:
    given = raws()
    assert len(given) == 68
    articles = problems = 0
    for raw in given:
        found, named = parse_file(raw)
        expected = records_in(Path(raw.path))
        assert len(found) == expected, raw.name
        assert all(problem.reason and problem.raw_file == raw.name for problem in named)
        assert found or named, raw.name
        articles, problems = articles + len(found), problems + len(named)
    assert (articles, problems) == (53, 29)


def test_no_real_text_is_empty_or_holds_markup() -> None:
    for article in parse_all(raws())[0]:
        keys = [section.section for section in article.sections]
        assert len(keys) == len(set(keys)), article.article_id
        for section in article.sections:
            assert section.text, (article.article_id, section.section)
            assert not {"\x00", "\x01", "\x02", "\u00a0", "\t"} & set(section.text)
            assert "</" not in section.text
            assert "  " not in section.text


def test_known_values_of_real_records() -> None:
    articles = {article.article_id: article for article in parse_all(raws())[0]}
    assert articles["PMID:38147649"].pmcid is not None  # 35 PMC ids in the file, one its own
    assert articles["PMID:38048813"].language == "ger"
    assert not articles["PMID:38048813"].title.startswith("[")
    assert any(link.kind == "ErratumFor" for link in articles["PMID:38833988"].links)
    assert not articles["DOI:10.1099/acmi.0.000569.v1"].has_full_text
    legends = [s for s in articles["PMID:19079722"].sections if s.kind == "legend"]
    assert len(legends) == 3  # all in floats-group, outside the body
    case = articles["PMC:PMC6358580"]
    assert "Case Report" in {section.title for section in case.sections}


def test_the_only_notices_are_the_two_records_given_twice() -> None:
    problems = [problem for problem in parse_all(raws())[1] if is_notice(problem)]
    assert {problem.record for problem in problems} == {"PMID:9997", "PMID:17284678"}

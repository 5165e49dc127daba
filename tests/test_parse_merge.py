"""One article per report: which record wins, what is taken from the others, what stays apart."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest
from parse_cases import abstract, given, jats, pubmed, pubmed_set, texts

from pipeline.parse import ParsedFile, is_notice, parse_all, read_file, reuse_key
from pipeline.records import RawFile

DOI = '<ArticleIdList><ArticleId IdType="doi">{}</ArticleId></ArticleIdList>'
PMC = '<ArticleIdList><ArticleId IdType="pmc">{}</ArticleId></ArticleIdList>'
PMCID = '<article-id pub-id-type="pmc">{}</article-id>'
PMID = '<article-id pub-id-type="pmid">{}</article-id>'
BODY = "<body><sec><title>Case</title><p>{}</p></sec></body>"
LICENCE = "<permissions><license><license-p>Free.</license-p></license></permissions>"


def record(words: str, **parts: str) -> str:
    return pubmed_set(pubmed(article=abstract(words), **parts))


def test_entrez_wins_over_import_and_import_over_starter(tmp_path: Path) -> None:
    live = given(tmp_path, "a.xml", record("Live."), "entrez")
    brought = given(tmp_path, "b.xml", record("Brought.", revised="2025-01-01"), "import")
    bundled = given(tmp_path, "c.xml", record("Bundled.", revised="2026-01-01"), "starter")
    articles, problems = parse_all([bundled, brought, live])
    assert [(a.source, texts(a)["abstract"]) for a in articles] == [("entrez", "Live.")]
    assert [(p.raw_file, p.reason) for p in problems] == [
        ("b.xml", "duplicate of PMID:101 in a.xml"),
        ("c.xml", "duplicate of PMID:101 in a.xml"),
    ]
    assert all(is_notice(problem) for problem in problems)
    assert parse_all([bundled, brought])[0][0].source == "import"


def test_within_a_source_the_newer_revision_wins_then_the_later_file(tmp_path: Path) -> None:
    old = given(tmp_path, "z.xml", record("Old.", revised="2023-12-31"))
    new = given(tmp_path, "a.xml", record("New.", revised="2024-01-01"))
    again = given(tmp_path, "b.xml", record("Again.", revised="2024-01-01"))
    assert texts(parse_all([old, new])[0][0])["abstract"] == "New."
    assert texts(parse_all([old, new, again])[0][0])["abstract"] == "Again."


def test_pubmed_record_and_full_text_become_one_article(tmp_path: Path) -> None:
    metadata = given(tmp_path, "p.xml", record("Abstract.", data=PMC.format("PMC7")), "entrez")
    jats_abstract = "<abstract><p>Other words.</p></abstract>"
    content = jats(PMCID.format("7") + LICENCE + jats_abstract, BODY.format("The case."))
    full = given(tmp_path, "f.xml", content, "entrez")
    articles, problems = parse_all([full, metadata])
    assert problems == []
    (article,) = articles
    assert texts(article) == {
        "title": "A waxy papule",
        "abstract": "Abstract.",
        "body-1": "The case.",
    }
    assert (article.article_id, article.pmcid) == ("PMID:101", "PMC7")
    assert (article.has_full_text, article.licence) == (True, "Free.")
    assert article.raw_file == "p.xml + f.xml"


def test_a_letter_without_abstract_takes_the_one_of_its_full_text(tmp_path: Path) -> None:
    metadata = given(tmp_path, "p.xml", pubmed_set(pubmed()), "entrez")
    content = jats(PMID.format("101") + "<abstract><p>Words.</p></abstract>")
    full = given(tmp_path, "f.xml", content, "entrez")
    (article,) = parse_all([full, metadata])[0]
    assert texts(article)["abstract"] == "Words."
    assert not article.has_full_text


def test_starter_words_never_mix_with_a_live_full_text(tmp_path: Path) -> None:
    bundled = given(tmp_path, "s.xml", record("Restated.", data=DOI.format("10.5555/A")), "starter")
    content = jats('<article-id pub-id-type="doi">10.5555/a</article-id>', BODY.format("The case."))
    full = given(tmp_path, "f.xml", content, "import")
    (article,) = parse_all([bundled, full])[0]
    assert article.source == "import"
    assert "Restated." not in texts(article).values()
    assert article.article_id == "PMID:101"  # the id, being a fact, is taken


def test_dois_are_compared_without_case(tmp_path: Path) -> None:
    one = given(tmp_path, "a.xml", record("A.", pmid="", data=DOI.format("10.5555/ABC")))
    two = given(tmp_path, "b.xml", record("B.", pmid="", data=DOI.format("10.5555/abc")))
    articles, problems = parse_all([one, two])
    assert [article.article_id for article in articles] == ["DOI:10.5555/abc"]
    assert len(problems) == 1


def test_different_pmids_are_never_one_report_though_they_share_a_doi(tmp_path: Path) -> None:
    content = pubmed_set(
        pubmed("1", data=DOI.format("10.5555/book")), pubmed("2", data=DOI.format("10.5555/book"))
    )
    articles, problems = parse_all([given(tmp_path, "a.xml", content)])
    assert [article.article_id for article in articles] == ["PMID:1", "PMID:2"]
    assert problems == []


def test_a_full_text_with_the_wrong_pmid_is_kept_apart_and_named(tmp_path: Path) -> None:
    metadata = given(tmp_path, "p.xml", record("Abstract.", data=PMC.format("PMC7")), "entrez")
    content = jats(PMID.format("101") + PMCID.format("8"), BODY.format("Another patient."))
    full = given(tmp_path, "f.xml", content, "entrez")
    articles, problems = parse_all([metadata, full])
    assert [article.article_id for article in articles] == ["PMC:PMC8", "PMID:101"]
    assert "Another patient." not in texts(articles[1]).values()
    assert [problem.record for problem in problems] == ["PMC8"]
    assert not is_notice(problems[0])


def test_a_retraction_stated_by_any_record_counts(tmp_path: Path) -> None:
    flag = (
        "<CommentsCorrectionsList><CommentsCorrections RefType='RetractionIn'><RefSource>X"
        "</RefSource></CommentsCorrections></CommentsCorrectionsList>"
    )
    live = given(tmp_path, "a.xml", record("Live."), "entrez")
    brought = given(tmp_path, "b.xml", record("Brought.", citation=flag), "import")
    (article,) = parse_all([live, brought])[0]
    assert article.is_retracted
    assert texts(article)["abstract"] == "Live."


def test_the_order_of_the_files_changes_nothing(tmp_path: Path) -> None:
    raws = [
        given(tmp_path, "a.xml", record("A.", data=PMC.format("PMC7")), "entrez"),
        given(tmp_path, "b.xml", record("B.", revised="2024-01-01"), "import"),
        given(tmp_path, "c.xml", jats(PMCID.format("7"), BODY.format("C.")), "import"),
        given(tmp_path, "d.xml", record("D.", pmid=""), "import"),
        given(tmp_path, "e.xml", b"%PDF-", "import"),
    ]
    outcomes = [parse_all(order) for order in itertools.permutations(raws)]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    names = [article.article_id for article in outcomes[0][0]]
    assert names == sorted(names) == ["FILE:d", "PMID:101"]


def test_nameless_records_of_files_of_one_name_keep_distinct_ids(tmp_path: Path) -> None:
    raws = []
    for folder, words in (("x", "One."), ("y", "Two."), ("z", "Two.")):
        (tmp_path / folder).mkdir()
        raw = given(tmp_path / folder, "note.xml", record(words, pmid=""))
        raws.append(msgspec.structs.replace(raw, name=f"{folder}/note.xml"))
    articles, problems = parse_all(raws)
    assert len({article.article_id for article in articles}) == 2
    assert articles[0].article_id == "FILE:note"
    assert [(problem.raw_file, problem.reason) for problem in problems] == [
        ("y/note.xml", f"duplicate of {articles[1].article_id} in z/note.xml")
    ]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    raw = given(tmp_path, "a.xml", record("A."))
    assert parse_all([raw, raw])[1] == []


def test_reused_files_are_not_read_again_and_give_the_same(tmp_path: Path) -> None:
    raw = given(tmp_path, "a.xml", record("A."))
    stored = msgspec.json.encode(read_file(raw))
    reuse = {reuse_key(raw): msgspec.json.decode(stored, type=ParsedFile)}
    before = parse_all([raw])
    Path(raw.path).unlink()
    assert parse_all([raw], reuse) == before
    assert parse_all([raw])[0] == []


@pytest.mark.parametrize("changed", ["name", "source", "sha256"])
def test_reuse_depends_on_name_source_and_checksum(changed: str) -> None:
    raw = RawFile(path="p", name="n", source="import", sha256="s")
    other = msgspec.structs.replace(raw, **{changed: "starter"})
    assert reuse_key(raw) != reuse_key(other)

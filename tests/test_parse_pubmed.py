"""The parse stage on PubMed XML and MEDLINE text: every trap of the format ends in its field."""

from __future__ import annotations

from pathlib import Path

import pytest
from parse_cases import (
    DATA,
    abstract,
    only,
    parsed,
    pubmed,
    pubmed_set,
    reason,
    texts,
    titles,
)

from pipeline.parse import parse_file
from pipeline.records import Article, RawFile


@pytest.fixture(scope="module")
def record() -> Article:
    path = DATA / "pubmed_record.xml"
    raw = RawFile(path=str(path), name="pubmed_record.xml", source="entrez", sha256="")
    articles, problems = parse_file(raw)
    assert problems == []
    assert len(articles) == 1
    return articles[0]


def test_ids_are_the_records_own_and_normalised(record: Article) -> None:
    """Padding, version and case go; ids of references, comments and invalid DOIs are not taken."""
    assert record.article_id == "PMID:990001"
    assert (record.pmid, record.pmcid, record.doi) == ("990001", "PMC777", "10.5555/right.1")


def test_title_loses_brackets_full_stop_and_markup_but_no_greek(record: Article) -> None:
    assert record.title == "An invented case of papular mucinosis with IgGλ"
    assert record.vernacular_title == "Ein erfundener Fall mit β-Globulin"


def test_sections_have_the_agreed_keys_headings_and_order(record: Article) -> None:
    assert titles(record) == {
        "title": None,
        "vernacular_title": None,
        "abstract": "CASE",
        "abstract-2": "CONCLUSIONS",
        "abstract-3": None,
        "keywords": None,
        "other_abstract": "ger",
    }
    assert [section.kind for section in record.sections] == [
        "title",
        "title",
        "abstract",
        "abstract",
        "abstract",
        "keywords",
        "other_abstract",
    ]


def test_section_texts_are_one_line_with_numbers_right(record: Article) -> None:
    found = texts(record)
    assert found["abstract"] == (
        "The platelets were 150 x 10^9/L and the IgGλ band measured 12 g/L (p < 0.05 for none)."
    )
    assert found["keywords"] == "mucin; waxy papules"
    assert found["other_abstract"] == "FALL: Eine erfundene Zeile."


def test_fields_of_the_record(record: Article) -> None:
    assert record.year == 1998  # of MedlineDate, which comes before ArticleDate
    assert record.journal == "Journal of invented cases"
    assert record.language == "ger"
    assert record.authors == ("Muster EJ", "Beispiel KO Jr", "The Invented Group")
    assert record.publication_types == ("Case Reports", "Letter")
    assert record.mesh_terms == ("Scleromyxedema", "Female")
    assert record.keywords == ("mucin", "waxy papules")
    assert record.licence == "Nobody owns this."
    assert record.source == "entrez"
    assert not record.has_full_text


def test_links_leave_out_what_is_merely_cited_and_keep_those_without_pmid(record: Article) -> None:
    assert [(link.kind, link.pmid) for link in record.links] == [
        ("RetractionIn", "556"),
        ("CommentIn", None),
    ]
    assert record.is_retracted


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ("<PubDate><Year>2001</Year><Month>Jan</Month></PubDate>", 2001),
        ("<PubDate><MedlineDate>1975-1976</MedlineDate></PubDate>", 1975),
        ("<PubDate><MedlineDate>Spring 2000</MedlineDate></PubDate>", 2000),
        ("<PubDate><Season>Winter</Season></PubDate>", 2002),
        ("<PubDate><Year>20O1</Year></PubDate>", 2002),
    ],
)
def test_year_of_every_form_of_date(tmp_path: Path, dates: str, year: int) -> None:
    content = (
        f"<Journal><JournalIssue>{dates}</JournalIssue></Journal><ArticleTitle>T</ArticleTitle>"
        "<ArticleDate><Year>2002</Year></ArticleDate>"
    )
    assert only(tmp_path, pubmed_set(pubmed(article=content))).year == year


@pytest.mark.parametrize(
    ("given_title", "expected"),
    [
        ("[One] and [two].", "[One] and [two]"),
        ("[A [nested] one].", "A [nested] one"),
        ("Is it?", "Is it?"),
        ("Correction.", "Correction"),
        ("To be continued...", "To be continued..."),
        ("Papules [corrected].", "Papules [corrected]"),
    ],
)
def test_only_surrounding_brackets_and_one_stop_are_taken(
    tmp_path: Path, given_title: str, expected: str
) -> None:
    content = f"<ArticleTitle>{given_title}</ArticleTitle>"
    assert only(tmp_path, pubmed_set(pubmed(article=content))).title == expected


def test_vernacular_title_stands_in_where_there_is_no_english_one(tmp_path: Path) -> None:
    content = (
        "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Un cas.</VernacularTitle>"
    )
    article = only(tmp_path, pubmed_set(pubmed(article=content)))
    assert article.title == "Un cas"
    assert texts(article) == {"title": "Un cas"}


def test_vernacular_title_in_other_letters_is_a_field_but_no_section(tmp_path: Path) -> None:
    content = "<ArticleTitle>T</ArticleTitle><VernacularTitle>硬化性粘液水腫</VernacularTitle>"
    article = only(tmp_path, pubmed_set(pubmed(article=content)))
    assert article.vernacular_title == "硬化性粘液水腫"
    assert texts(article) == {"title": "T"}


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("10<sup>9</sup>/L", "10^9/L"),
        ("10<sup>-3</sup> and 10 <sup>12</sup>", "10^-3 and 10^12"),
        ("the 10<sup>th</sup> day", "the 10th day"),
        ("53<sup>a</sup> g/L", "53^a g/L"),
        ("kg/m<sup>2</sup>, CD8<sup>+</sup>, CO<sub>2</sub>", "kg/m2, CD8+, CO2"),
        ("in 2001 <sup>18</sup>F-FDG", "in 2001 18F-FDG"),
        ("&lt;b&gt;&lt;i&gt;Case:&lt;/i&gt;&lt;/b&gt; n &lt; 5", "Case: n < 5"),
        ("10&lt;sup&gt;9&lt;/sup&gt;/L", "10^9/L"),
        ("5\u00a0mg\u2009daily\u200b", "5 mg daily"),
        ("a\u0308rztlich, \u2126 and \u00b5g", "ärztlich, Ω and µg"),
        ("5&nbsp;g of &kappa; &amp; &lambda;", "5 g of κ & λ"),
        ("one <!-- a remark -->two", "one two"),
        ("<mml:math xmlns:mml='m'><mml:msup>\n<mml:mn>10</mml:mn>\n<mml:mn>9</mml:mn></mml:msup>"
         "<mml:mo>/</mml:mo><mml:mi>L</mml:mi></mml:math>", "10^9/L"),
    ],
)  # fmt: skip
def test_markup_becomes_text_that_reads_right(tmp_path: Path, markup: str, expected: str) -> None:
    article = only(tmp_path, pubmed_set(pubmed(article=abstract(markup))))
    assert texts(article)["abstract"] == expected


@pytest.mark.parametrize(
    ("kinds", "link", "title", "is_retracted"),
    [
        ("Retracted Publication", "CommentIn", "T", True),
        ("Case Reports", "RetractionIn", "T", True),
        ("Case Reports", "CommentIn", "RETRACTED ARTICLE: T", True),
        ("Retraction of Publication", "RetractionOf", "Retraction: T", False),
        ("Case Reports", "ErratumIn", "T", False),
    ],
)
def test_the_retracted_report_is_flagged_and_the_notice_is_not(
    tmp_path: Path, kinds: str, link: str, title: str, is_retracted: bool
) -> None:
    content = (
        f"<ArticleTitle>{title}</ArticleTitle><PublicationTypeList>"
        f"<PublicationType>{kinds}</PublicationType></PublicationTypeList>"
    )
    comments = (
        f"<CommentsCorrectionsList><CommentsCorrections RefType='{link}'><RefSource>X</RefSource>"
        "</CommentsCorrections></CommentsCorrectionsList>"
    )
    article = only(tmp_path, pubmed_set(pubmed(article=content, citation=comments)))
    assert article.is_retracted is is_retracted


def test_a_book_record_is_an_article(tmp_path: Path) -> None:
    book = (
        "<PubmedBookArticle><BookDocument><PMID>7</PMID><Book><BookTitle>Reviews</BookTitle>"
        "<PubDate><Year>1993</Year></PubDate></Book><ArticleTitle>Mucinosis</ArticleTitle>"
        "<Abstract><AbstractText>A chapter.</AbstractText></Abstract></BookDocument>"
        "</PubmedBookArticle>"
    )
    articles, problems = parsed(tmp_path, pubmed_set(pubmed(), book))
    assert problems == []
    assert [article.article_id for article in articles] == ["PMID:101", "PMID:7"]
    assert (articles[1].title, articles[1].journal, articles[1].year) == (
        "Mucinosis",
        "Reviews",
        1993,
    )


def test_records_that_are_no_articles_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    deleted = "<DeleteCitation><PMID>8</PMID><PMID>9</PMID></DeleteCitation>"
    content = pubmed_set(pubmed(), pubmed(pmid="5", article=""), deleted)
    articles, problems = parsed(tmp_path, content)
    assert [article.article_id for article in articles] == ["PMID:101"]
    assert {(problem.record, problem.reason) for problem in problems} == {
        ("PMID:5", "a record without title and abstract"),
        ("PMID:8", "a record that was deleted from PubMed"),
        ("PMID:9", "a record that was deleted from PubMed"),
    }


def test_an_abstract_without_a_title_is_an_article(tmp_path: Path) -> None:
    content = "<Abstract><AbstractText>She had papules.</AbstractText></Abstract>"
    article = only(tmp_path, pubmed_set(pubmed(article=content)))
    assert article.title == ""
    assert texts(article) == {"abstract": "She had papules."}


def test_an_empty_set_is_said_to_be_empty(tmp_path: Path) -> None:
    assert reason(tmp_path, "<PubmedArticleSet/>") == "a file of records without any record"


def test_medline_text_gives_the_same_fields() -> None:
    path = DATA / "records.nbib"
    raw = RawFile(path=str(path), name="records.nbib", source="import", sha256="")
    (first, second), problems = parse_file(raw)
    assert problems == []
    assert (first.article_id, first.pmcid, first.doi) == ("PMID:990002", "PMC778", "10.5555/nbib.1")
    assert first.title == "An invented case of lichen myxedematosus"
    assert texts(first)["abstract"] == "A man had IgG-κ in serum. He had no dysphagia."
    assert texts(first)["vernacular_title"] == "Ein erfundener Fall"
    assert titles(first)["other_abstract"] == "ger"
    assert first.authors == ("Muster E", "The Invented Group")
    assert first.mesh_terms == ("Scleromyxedema", "Male")
    assert (first.year, first.language, first.is_retracted) == (2003, "ger", True)
    assert [(link.kind, link.pmid) for link in first.links] == [("RetractionIn", "557")]
    assert (second.article_id, texts(second)) == (
        "PMID:990003",
        {"title": "A second invented record"},
    )


def test_medline_text_with_doubled_line_ends_is_still_one_record(tmp_path: Path) -> None:
    content = "PMID- 5\r\r\nTI  - A title\r\r\n      that goes on.\r\r\nDP  - 2001\r\r\n"
    article = only(tmp_path, content)
    assert (article.pmid, article.title, article.year) == ("5", "A title that goes on", 2001)


def test_places_of_the_authors_are_read_once_each(tmp_path: Path) -> None:
    """Newer records give each author's, older ones (and nbib) one for all."""
    place = "<Affiliation>Dermatology, Invented Hospital, Bern, Switzerland.</Affiliation>"
    info = f"<AffiliationInfo>{place}</AffiliationInfo>"
    author = f"<Author><LastName>Muster</LastName><Initials>E</Initials>{info}</Author>"
    title = "<ArticleTitle>A waxy papule.</ArticleTitle>"
    authors = f"<AuthorList>{author}{author.replace('Bern', 'Basel')}{author}</AuthorList>"
    new = only(tmp_path, pubmed_set(pubmed(article=title + authors)))
    assert new.affiliations == (
        "Dermatology, Invented Hospital, Bern, Switzerland.",
        "Dermatology, Invented Hospital, Basel, Switzerland.",
    )
    old = f"<AuthorList>{author.replace(info, '')}{place}</AuthorList>"
    assert only(tmp_path, pubmed_set(pubmed(article=title + old))).affiliations == (
        "Dermatology, Invented Hospital, Bern, Switzerland.",
    )

"""The parse stage on PMC articles: the patient's text whole, other people's text left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from parse_cases import DATA, body_text, jats, only, parsed, reason, texts, titles

from pipeline.language.sections import role_of
from pipeline.parse import parse_file
from pipeline.records import Article, RawFile


@pytest.fixture(scope="module")
def article() -> Article:
    path = DATA / "pmc_article.xml"
    raw = RawFile(path=str(path), name="pmc_article.xml", source="entrez", sha256="")
    articles, problems = parse_file(raw)
    assert problems == []
    assert len(articles) == 1
    return articles[0]


def test_front_matter(article: Article) -> None:
    assert (article.article_id, article.pmid) == ("PMC:PMC777", None)
    assert article.doi == "10.5555/right.1"
    assert article.title == "An invented case: with a subtitle"
    assert article.year == 2010
    assert article.language == "eng"
    assert article.authors == ("Muster EJ",)
    assert article.publication_types == ("Case Reports",)
    assert article.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert article.has_full_text


def test_sections_and_their_headings(article: Article) -> None:
    assert titles(article) == {
        "title": None,
        "abstract": "Background",
        "abstract-2": "Case",
        "keywords": None,
        "other_abstract": "graphical",
        "other_abstract-2": "spa",
        "body-1": None,
        "body-2": "Cases",
        "body-3": "Cases > Case 1",
        "body-4": "Cases",
        "legend-1": "Table 1",
        "legend-2": "Figure 1",
        "table-1": "Table 1 > Own patients",
        "back-1": None,
    }


def test_paragraphs_lose_reference_numbers_and_keep_names_and_table_numbers(
    article: Article,
) -> None:
    assert texts(article)["body-3"] == (
        "A woman with IgG lambda and papules (Table 1).\n"
        "As Muster et al. reported, it helped:\na. first\nsecond"
    )
    assert texts(article)["body-4"] == "After the first case."


def test_table_rows_are_lines_and_spanning_cells_keep_the_columns(article: Article) -> None:
    assert texts(article)["table-1"] == (
        "No. | Band | | Outcome\n1 | IgG | κ | alive\n1 | IgA | | dead"
    )
    assert texts(article)["legend-1"] == "Own patients\n1 at first visit"


def test_other_peoples_text_is_left_out(article: Article) -> None:
    whole = " ".join(texts(article).values())
    for words in ("reviewer speaks", "author answers"):
        assert words not in whole


def test_what_stands_behind_the_body_is_kept_and_tells_of_nobody(article: Article) -> None:
    thanks = next(s for s in article.sections if "thank" in s.text)
    assert thanks.kind == "back"
    assert role_of(thanks) == "other"


def test_an_appendix_tells_of_the_patients_like_the_body(tmp_path: Path) -> None:
    part = (
        "<app-group><app><title>Appendix: case 7</title><p>She had papules.</p></app></app-group>"
    )
    found = only(tmp_path, jats(body="<body><p>Text.</p></body>", after=f"<back>{part}</back>"))
    assert [(s.kind, s.title, s.text) for s in found.sections[-1:]] == [
        ("body", "Appendix: case 7", "She had papules.")
    ]


def test_the_places_of_removed_citations_are_kept(tmp_path: Path) -> None:
    mark = '<sup><xref ref-type="bibr">3</xref></sup>'
    words = f"<p>One{mark} died.{mark} A man <xref ref-type='bibr'>[4]</xref> lived.</p><p>So.</p>"
    section = only(tmp_path, jats(body=f"<body>{words}</body>")).sections[-1]
    assert section.text == "One died. A man lived.\nSo."
    assert section.citations == (3, 9, 15)


def test_an_article_whose_only_bodies_are_sub_articles_has_no_full_text(tmp_path: Path) -> None:
    reports = "<sub-article><body><p>A reviewer speaks.</p></body></sub-article>"
    found = only(tmp_path, jats(after=reports))
    assert not found.has_full_text
    assert texts(found) == {"title": "A waxy papule"}


def test_a_blocked_article_is_a_title_without_full_text(tmp_path: Path) -> None:
    content = jats().replace("<front>", "<!--The full text may not be downloaded.--><front>")
    assert not only(tmp_path, f"<pmc-articleset>{content}</pmc-articleset>").has_full_text


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ('lambda<sup><xref ref-type="bibr">3</xref>,<xref ref-type="bibr">4</xref></sup> band',
         "lambda band"),
        ('lambda<sup><xref ref-type="bibr">3</xref>,4</sup> band', "lambda band"),
        ('seen before.<xref ref-type="bibr"><sup>12</sup></xref>The man', "seen before. The man"),
        ('seen (<xref ref-type="bibr">1</xref>–<xref ref-type="bibr">3</xref>).', "seen."),
        ('seen <xref ref-type="bibr">1</xref>.', "seen."),
        ('aged 12<xref ref-type="table-fn"><sup>1</sup></xref> years', "aged 12 years"),
        ('(Muster, <xref ref-type="bibr">2008</xref>)', "(Muster, 2008)"),
        ('see <xref ref-type="fig">Figure 2</xref>', "see Figure 2"),
        ("IgG<sup>lambda</sup> of 10<sup>9</sup>", "IgGlambda of 10^9"),
        ("one<break/>two", "one\ntwo"),
        ("said<disp-quote><p>it helped</p></disp-quote>then", "said\nit helped\nthen"),
        ("<inline-formula><alternatives><tex-math>\\begin{document}$x$\\end{document}</tex-math>"
         "<mml:math><mml:mi>x</mml:mi></mml:math></alternatives></inline-formula>", "x"),
        ("<tex-math>\\usepackage{a}\\begin{document}$10^9$\\end{document}</tex-math>", "10^9"),
        ("a () b [1] c", "a () b [1] c"),
    ],
)  # fmt: skip
def test_inline_markup_of_a_paragraph(tmp_path: Path, paragraph: str, expected: str) -> None:
    assert body_text(tmp_path, paragraph) == expected


def test_namespaced_articles_read_the_same(tmp_path: Path) -> None:
    content = jats(body="<body><p>Text.</p></body>", attributes='xmlns="https://jats.nlm.nih.gov/"')
    assert texts(only(tmp_path, content))["body-1"] == "Text."


def test_ids_are_never_taken_from_references_or_sub_articles(tmp_path: Path) -> None:
    after = (
        "<back><ref-list><ref><pub-id pub-id-type='pmid'>5</pub-id>"
        "<article-id pub-id-type='pmid'>6</article-id></ref></ref-list></back>"
    )
    found = only(tmp_path, jats(after=after))
    assert (found.pmid, found.article_id) == (None, "FILE:given")


@pytest.mark.parametrize(
    ("kind", "text"), [("pmc", "4212699"), ("pmcid", "PMC4212699"), ("pmc", "PMC4212699.1")]
)
def test_pmcid_in_every_spelling(tmp_path: Path, kind: str, text: str) -> None:
    meta = f'<article-id pub-id-type="{kind}">{text}</article-id>'
    assert only(tmp_path, jats(meta)).article_id == "PMC:PMC4212699"


@pytest.mark.parametrize(
    ("permissions", "licence"),
    [
        ("<copyright-statement>(c) Muster 2001, CC BY.</copyright-statement>",
         "(c) Muster 2001, CC BY."),
        ("<license><license-p>Free of charge.</license-p></license>", "Free of charge."),
        ('<license><license-p>See <ext-link xlink:href="https://creativecommons.org/x">here'
         "</ext-link></license-p></license>", "https://creativecommons.org/x"),
        ('<license><license_ref xmlns="http://www.niso.org/schemas/ali/1.0/">https://l.org/1'
         "</license_ref></license>", "https://l.org/1"),
    ],
)  # fmt: skip
def test_licence_in_every_place(tmp_path: Path, permissions: str, licence: str) -> None:
    assert only(tmp_path, jats(f"<permissions>{permissions}</permissions>")).licence == licence


def test_a_retracted_article_is_flagged_by_its_relation(tmp_path: Path) -> None:
    meta = (
        '<related-article related-article-type="retraction-forward" ext-link-type="pmid" '
        'xlink:href="9"/>'
    )
    found = only(tmp_path, jats(meta))
    assert found.is_retracted
    assert [(link.kind, link.pmid) for link in found.links] == [("RetractionIn", "9")]


def test_a_translated_english_title_goes_first_as_in_pubmed(tmp_path: Path) -> None:
    content = jats(attributes='xml:lang="es"').replace(
        "</article-title>",
        '</article-title><trans-title-group xml:lang="en"><trans-title>A papule</trans-title>'
        "</trans-title-group>",
    )
    found = only(tmp_path, content)
    assert (found.title, found.vernacular_title) == ("A papule", "A waxy papule")


def test_an_unknown_pmcid_is_named_with_what_pmc_said(tmp_path: Path) -> None:
    reply = '<Reply Id="12" error="The following PMCID is not available: 12"/>'
    said = reason(tmp_path, f"<pmc-articleset>{reply}</pmc-articleset>")
    assert said == "not sent by PMC: The following PMCID is not available: 12"


def test_a_hostile_table_span_is_bounded(tmp_path: Path) -> None:
    row = '<tr><td colspan="99999999" rowspan="99999999">a</td><td rowspan="x">b</td></tr>'
    table = f"<table-wrap><table>{row * 3}</table></table-wrap>"
    articles, problems = parsed(tmp_path, jats(body=f"<body>{table}</body>"))
    assert problems == []
    assert len(texts(articles[0])["table-1"]) < 1000


def test_tables_and_legends_alone_are_no_full_text(tmp_path: Path) -> None:
    figure = "<fig><label>Figure 1</label><caption><p>A papule.</p></caption></fig>"
    found = only(tmp_path, jats(after=f"<floats-group>{figure}</floats-group>"))
    assert texts(found)["legend-1"] == "A papule."
    assert not found.has_full_text


def test_places_of_the_authors_lose_their_numbers(tmp_path: Path) -> None:
    meta = (
        "<contrib-group><contrib><name><surname>Muster</surname></name></contrib>"
        '<aff id="a1"><label>1</label>Invented Hospital, Bern, Switzerland</aff></contrib-group>'
        '<aff id="a2"><sup>2</sup>Invented College, Oslo, Norway</aff>'
    )
    assert only(tmp_path, jats(meta)).affiliations == (
        "Invented Hospital, Bern, Switzerland",
        "Invented College, Oslo, Norway",
    )

"""Small files for the tests of the parse stage, in our own words. Writes below tmp_path only."""

from __future__ import annotations

from pathlib import Path

from pipeline.parse import parse_file
from pipeline.records import Article, ParseProblem, RawFile, Source

DATA = Path(__file__).parent / "data" / "parse"


def given(folder: Path, name: str, content: str | bytes, source: Source = "import") -> RawFile:
    """Write a file and describe it as retrieve would."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return RawFile(path=str(path), name=name, source=source, sha256="")


def parsed(folder: Path, content: str | bytes) -> tuple[list[Article], list[ParseProblem]]:
    return parse_file(given(folder, "given.xml", content))


def only(folder: Path, content: str | bytes) -> Article:
    """The one article of a file that must have no problem."""
    articles, problems = parsed(folder, content)
    assert problems == []
    assert len(articles) == 1
    return articles[0]


def reason(folder: Path, content: str | bytes) -> str:
    """Why a file gave no article at all."""
    articles, problems = parsed(folder, content)
    assert articles == []
    assert len(problems) == 1
    return problems[0].reason


def texts(article: Article) -> dict[str, str]:
    return {section.section: section.text for section in article.sections}


def titles(article: Article) -> dict[str, str | None]:
    return {section.section: section.title for section in article.sections}


def pubmed(
    pmid: str = "101",
    article: str = "<ArticleTitle>A waxy papule.</ArticleTitle>",
    citation: str = "",
    data: str = "",
    revised: str = "",
) -> str:
    """A PubMed record made of the parts a test is about."""
    if revised:
        year, month, day = revised.split("-")
        revised = f"<DateRevised><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day>"
        revised += "</DateRevised>"
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID>{revised}"
        f"<Article>{article}</Article>{citation}</MedlineCitation>"
        f"<PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def pubmed_set(*records: str) -> str:
    return f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def abstract(text: str) -> str:
    return (
        "<ArticleTitle>A waxy papule.</ArticleTitle>"
        f"<Abstract><AbstractText>{text}</AbstractText></Abstract>"
    )


def jats(meta: str = "", body: str = "", after: str = "", attributes: str = "") -> str:
    """A PMC article made of the parts a test is about."""
    return (
        '<article xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:mml="http://www.w3.org/1998/Math/MathML" {attributes}><front><article-meta>{meta}'
        "<title-group><article-title>A waxy papule</article-title></title-group>"
        f"</article-meta></front>{body}{after}</article>"
    )


def body_text(folder: Path, paragraph: str) -> str:
    """What one paragraph of a body reads as."""
    return texts(only(folder, jats(body=f"<body><p>{paragraph}</p></body>")))["body-1"]

"""A disease is a file: the second one that ships, and a third one that a person writes elsewhere.

Whole runs are processes of their own, as a user starts them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline import answers, screen
from pipeline import evaluate as evaluation
from pipeline.review.choices import exclusion_reasons
from pipeline.rules import (
    RulesError,
    bundled_rules,
    gold_file,
    known_diseases,
    read_disease,
    starter_folder,
)
from pipeline.settings import QUERIES, Settings, read_settings

ROOT = Path(__file__).parent.parent
MORPHEA = r"""
name = "morphea"

[term]
id = "ICD10:L94.0"
label = "Localized scleroderma [morphea]"

[search]
[[search.pubmed]]
name = "all names"
term = 'morphea*[tiab] OR "localized scleroderma"[tiab]'

[screening]
names = ['morpho?ea', 'locali[sz]ed scleroderma']
look_alikes = ['scler[eo]dema\w*', 'systemic sclerosis']
"""
REPORT = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID>
<Article><Journal><Title>A journal</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Abstract><AbstractText>{text}</AbstractText></Abstract><Language>eng</Language>
<PublicationTypeList><PublicationType>Case Reports</PublicationType></PublicationTypeList>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def pipeline(
    *arguments: str, disease: str, extracted: Path | None = None, folder: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DISEASE": disease, "NCBI_EMAIL": "", "PYTHONPATH": str(ROOT)}
    if extracted:
        environment["EXTRACTED_DIR"] = str(extracted)
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=200,
    )  # fmt: skip


def ask(database: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def scleredema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a person ran the second disease, without any other setting."""
    folder = tmp_path_factory.mktemp("second disease")
    result = pipeline("run", disease="scleredema", folder=folder)
    assert result.returncode == 0, result.stderr
    assert "Starter corpus" in result.stdout
    return folder / "extracted" / "scleredema"


def test_the_second_disease_has_a_file_and_a_folder_of_its_own(scleredema: Path) -> None:
    database = scleredema / "scleredema.duckdb"
    assert ask(database, "select disease, mode from runs") == [("scleredema", "starter")]
    screened = ask(database, "select reason, count(*) from screenings group by all order by all")
    assert screened == [
        ("other_disease", 1), ("own_patient", 6), ("own_series", 3), ("review_only", 1),
    ]  # fmt: skip
    assert "Scleredema: pooled case reports" in (scleredema / "report.html").read_text("utf-8")


def test_every_question_has_an_answer_for_the_second_disease(scleredema: Path) -> None:
    with duckdb.connect(str(scleredema / "scleredema.duckdb"), read_only=True) as connection:
        for path in sorted((QUERIES / "reports").glob("*.sql")):
            connection.execute(path.read_text(encoding="utf-8")).fetchall()
    answer = pipeline("query", "isotypes", disease="scleredema", extracted=scleredema)
    assert "IgA-kappa" in answer.stdout


def test_the_first_disease_is_refused_in_the_folder_of_the_second(scleredema: Path) -> None:
    result = pipeline("run", disease="scleromyxedema", extracted=scleredema)
    assert result.returncode == 1
    assert "holds scleredema" in result.stderr
    assert "EXTRACTED_DIR" in result.stderr


def test_the_look_alike_of_one_is_the_case_of_the_other() -> None:
    """The same reports, screened by both files: what the one includes the other names as other."""
    for own, other in (("scleredema", "scleromyxedema"), ("scleromyxedema", "scleredema")):
        articles = answers.starter_articles(own)
        ours = screen.screen_all(articles.values(), read_disease(own))
        theirs = screen.screen_all(articles.values(), read_disease(other))
        both = {
            a.article_id for a, b in zip(ours, theirs, strict=True)
            if (a.decision, b.decision) == ("included", "included")
        }  # fmt: skip
        assert both == set()


def test_scleredema_is_read_by_the_rules_of_the_first_disease() -> None:
    """No rule was written for it: a floor below what is measured (docs/another_disease.md)."""
    profile = read_disease("scleredema")
    result = evaluation.evaluate(
        answers.starter_articles("scleredema"),
        evaluation.read_gold(gold_file("scleredema")),
        lambda article: screen.screen(article, profile),
        answers.bundled_extractor(),
        bundled_rules(),
        with_baselines=False,
    )
    assert result.reports == 11
    assert result.screening_errors == []
    assert (result.pipeline.micro.f1 or 0) >= 0.88


@pytest.fixture
def morphea(tmp_path: Path) -> Path:
    """A third disease as a person writes it: a file anywhere, and reports in a folder beside it."""
    (tmp_path / "morphea").mkdir()
    (tmp_path / "morphea.toml").write_text(MORPHEA, encoding="utf-8")
    reports = {
        "1": ("Morphea of the trunk.", "A 41-year-old woman with morphea improved under PUVA."),
        "2": ("Scleredema.", "A 60-year-old man with scleredema was treated with PUVA."),
    }
    for pmid, (title, text) in reports.items():
        xml = REPORT.format(pmid=pmid, title=title, text=text)
        (tmp_path / "morphea" / f"{pmid}.xml").write_text(xml, encoding="utf-8")
    return tmp_path / "morphea.toml"


def test_a_third_disease_is_one_file_anywhere(morphea: Path) -> None:
    result = pipeline("run", disease=str(morphea), folder=morphea.parent)
    assert result.returncode == 0, result.stderr
    database = morphea.parent / "extracted" / "morphea" / "morphea.duckdb"
    assert ask(database, "select article_id, decision, reason from screenings order by all") == [
        ("PMID:1", "included", "own_patient"),
        ("PMID:2", "excluded", "other_disease"),
    ]
    assert ask(database, "select age_years, sex from patients") == [(41.0, "female")]
    assert ask(database, "select therapy, response from therapies") == [("puva", "improved")]


def test_a_changed_disease_file_is_read_again(morphea: Path) -> None:
    folder = morphea.parent
    assert pipeline("run", disease=str(morphea), folder=folder).returncode == 0
    again = pipeline("run", disease=str(morphea), folder=folder)
    assert "Nothing new" in again.stdout
    morphea.write_text(MORPHEA.replace("'systemic sclerosis'", "'morphea of the trunk'"))
    assert "Nothing new" not in pipeline("run", disease=str(morphea), folder=folder).stdout


def test_a_disease_without_reports_says_what_to_do(morphea: Path) -> None:
    shutil.rmtree(morphea.parent / "morphea")
    result = pipeline("run", disease=str(morphea), folder=morphea.parent)
    assert result.returncode == 1
    assert "no starter corpus" in result.stderr
    assert "NCBI_EMAIL" in result.stderr


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name = ", "morphea.toml"),
        (MORPHEA.replace("[screening]", "[screened]"), "there is no [screening]"),
        (MORPHEA.replace("'systemic sclerosis'", "'(systemic'"), "is no regular expression"),
        (MORPHEA.replace("names = [", "titles = ["), "screening.names is empty"),
    ],
)
def test_a_broken_disease_file_is_one_sentence(morphea: Path, text: str, complaint: str) -> None:
    morphea.write_text(text, encoding="utf-8")
    result = pipeline("run", disease=str(morphea), folder=morphea.parent)
    assert result.returncode == 1
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_disease_names_the_known_ones(tmp_path: Path) -> None:
    result = pipeline("run", disease="nothing", folder=tmp_path)
    assert result.returncode == 1
    for name in known_diseases():
        assert name in result.stderr


def test_the_setting_decides_file_and_folder(tmp_path: Path) -> None:
    def database(**environment: str) -> Path:
        return read_settings(environment, tmp_path).database

    assert database() == Path("extracted/scleromyxedema.duckdb")
    assert database(DISEASE="scleredema") == Path("extracted/scleredema/scleredema.duckdb")
    assert database(DISEASE="/a/b.toml", EXTRACTED_DIR="x") == Path("x/b.duckdb")
    (tmp_path / ".env").write_text("DISEASE=scleredema\n", encoding="utf-8")
    assert database() == Path("extracted/scleredema/scleredema.duckdb")
    assert Settings().disease_name == "scleromyxedema"


@pytest.mark.parametrize("disease", known_diseases())
def test_every_bundled_disease_has_reports_and_facts(disease: str) -> None:
    assert read_disease(disease)["name"] == disease
    assert list(starter_folder(disease).glob("*.xml"))
    assert gold_file(disease).exists()


def test_a_disease_without_facts_says_so(morphea: Path) -> None:
    with pytest.raises(RulesError, match="--gold"):
        gold_file(str(morphea))


def test_the_reviewer_is_offered_the_reasons_of_the_disease() -> None:
    first, second = exclusion_reasons("scleromyxedema"), exclusion_reasons("scleredema")
    assert set(first) - set(second) == {
        read_disease("scleromyxedema")["screening"]["reason_localized"]
    }

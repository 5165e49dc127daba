"""The report: every number on it comes again from its query; it stands alone and can be read."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import lxml.html
import pandas as pd
import pytest
from load_cases import QUERIES, Corpus, article

from pipeline.__main__ import main
from pipeline.analyse import models, page, write_report
from pipeline.analyse.page import cell_text, with_names
from pipeline.analyse.results import Results
from pipeline.analyse.sections import PARTS, Section
from pipeline.analyse.statistics import glmm, proportions
from pipeline.published import read_published
from pipeline.query import answer
from pipeline.records import Extraction, Screening

SECTIONS = [section for part in PARTS for section in part.sections]
# Numbers of the prose that no query gives: the level of the intervals, and the statement's year.
PROSE = {"95", "2020"}


class Report:
    """A database, the page made of it, and the answers of the queries to compare it with."""

    def __init__(self, database: Path, folder: Path) -> None:
        self.database = database
        path = folder / "report.html"
        write_report(database, QUERIES, path)
        self.text = path.read_text(encoding="utf-8")
        self.page = lxml.html.fromstring(self.text)

    def rows(self, name: str) -> pd.DataFrame:
        """What `make query Q=name` gives, with its column names."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(
                (QUERIES / "reports" / f"{name}.sql").read_text(encoding="utf-8")
            ).df()

    @property
    def names(self) -> dict[str, str]:
        rows = answer(QUERIES / "reports" / "names.sql", self.database, {})[1]
        return {str(short): str(name) for short, name in rows}

    def section(self, name: str) -> Any:
        return self.page.get_element_by_id(name)

    def tables(self, name: str) -> list[list[list[str]]]:
        return [table_cells(table) for table in self.section(name).iter("table")]


def table_cells(table: Any) -> list[list[str]]:
    rows = table.xpath("./thead/tr | ./tbody/tr")
    return [[cell.text_content() for cell in row.xpath("./th | ./td")] for row in rows]


def cells_of(table: pd.DataFrame) -> list[list[str]]:
    head = [str(column).replace("_", " ") for column in table.columns]
    rows = table.head(page.MOST_ROWS).itertuples(index=False, name=None)
    return [head, *[[cell_text(value) for value in row] for row in rows]]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of the starter corpus."""
    folder = tmp_path_factory.mktemp("starter")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXTRACTED_DIR", str(folder))
        patch.setenv("NCBI_EMAIL", "")
        assert main(["run", "--starter"]) == 0
    return Report(folder / "scleromyxedema.duckdb", folder)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A small corpus: a report read in full, a retracted one, a pair of patients alike."""
    folder = tmp_path_factory.mktemp("audited")
    corpus = Corpus(read_published("scleromyxedema"))
    twin = article(3, "A 57-year-old man.", is_retracted=True)
    corpus.articles.append(twin)
    corpus.screenings.append(
        Screening(
            article_id=twin.article_id, decision="included", reason="own_patient",
            design="case_report",
        )
    )  # fmt: skip
    corpus.extractions.append(Extraction(article_id=twin.article_id, status="ran"))
    lines = [
        corpus.correct(number, None, "screening", "included", "included").replace(
            "read again", "audit seed 7: read in full"
        )
        for number in (1, 2)
    ]
    corpus.load(folder, [*lines, corpus.correct(1, 1, "organ[pulmonary]", "present", "")])
    return Report(folder / "cases.duckdb", folder)


def load_small(folder: Path, keep: int, *, is_silent: bool = False) -> Report:
    """The first `keep` reports of the small corpus; silent: their patients say nothing."""
    corpus = Corpus(read_published("scleromyxedema"))
    corpus.articles = corpus.articles[:keep]
    corpus.screenings = corpus.screenings[:keep]
    corpus.extractions = corpus.extractions[:keep]
    corpus.problems = []
    if is_silent:
        one = corpus.extractions[1]
        patient = one.patients[0]
        silent = type(patient)(
            patient_id=patient.patient_id, article_id=patient.article_id, label="1",
            text_basis="abstract",
        )  # fmt: skip
        corpus.articles, corpus.screenings = corpus.articles[1:], corpus.screenings[1:]
        corpus.extractions = [
            Extraction(article_id=one.article_id, status="ran", patients=(silent,))
        ]
    corpus.load(folder)
    return Report(folder / "cases.duckdb", folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return load_small(tmp_path_factory.mktemp("empty"), 0)


@pytest.fixture(scope="module")
def one_patient(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return load_small(tmp_path_factory.mktemp("one"), 1)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return load_small(tmp_path_factory.mktemp("silent"), 2, is_silent=True)


EVERY = ["starter", "audited", "empty", "one_patient", "silent"]


@pytest.fixture(params=EVERY)
def report(request: pytest.FixtureRequest) -> Report:
    made: Report = request.getfixturevalue(request.param)
    return made


def expected_tables(report: Report, section: Section) -> Iterator[list[list[str]]]:
    """The tables of a section, computed again from the answer of its query."""
    rows = report.rows(section.query)
    if len(rows) and not section.is_input and section.query != "prisma":
        yield cells_of(with_names(rows, report.names))
    for computed in section.computed:
        made = computed.compute(rows, Results()) if len(rows) else rows
        if len(made):
            yield cells_of(with_names(made, report.names))


def test_every_table_is_the_answer_of_its_query(report: Report) -> None:
    """Cell by cell, for every table of the page; and no table is without a query."""
    n_tables = 0
    for section in SECTIONS:
        expected = list(expected_tables(report, section))
        if not expected and not report.page.xpath(f"//*[@id='{section.query}']"):
            assert not section.is_shown_empty
            continue
        assert report.tables(section.query) == expected, section.query
        n_tables += len(expected)
    assert len(report.page.xpath("//table")) == n_tables
    assert all(table.get("data-query") for table in report.page.iter("table"))


def test_long_tables_say_how_many_rows_are_left_out(
    starter: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first rows stand there, the number of the others, and the question that gives them all;
    what is computed and drawn is of all rows."""
    monkeypatch.setattr(page, "MOST_ROWS", 3)
    capped = Report(starter.database, tmp_path)
    n_capped = 0
    for section in SECTIONS:
        expected = list(expected_tables(capped, section))
        if not expected:
            continue
        assert capped.tables(section.query) == expected, section.query
        feet = [foot.text_content().strip() for foot in capped.section(section.query).iter("tfoot")]
        lengths = [len(table) - 1 for table in starter.tables(section.query)]
        ask = f"make query Q={section.query} V=--all"
        assert feet == [f"and {n - 3} more: {ask}" for n in lengths if n > 3], section.query
        n_capped += len(feet)
    assert n_capped > 10
    assert not list(starter.page.iter("tfoot"))
    pictures = "//figure/*[local-name()='svg']/@aria-label"
    assert capped.page.xpath(pictures) == starter.page.xpath(pictures)


def test_the_page_of_many_reports_is_no_longer(starter: Report, tmp_path: Path) -> None:
    """Pairs of patients grow with the square of the reports; their rows on the page do not."""
    many = tmp_path / "many.duckdb"
    shutil.copy(starter.database, many)
    with duckdb.connect(str(many)) as connection:
        connection.execute(
            "insert into duplicate_candidates by name select 'PMID:' || a || '/1' as patient_id_a,"
            " 'PMID:' || b || '/1' as patient_id_b, 2 as points, 'same age' as reason"
            " from range(300) as one(a), range(300) as other(b)"
        )
    assert len(Report(many, tmp_path).text) < len(starter.text) + 60_000


def test_the_flow_is_the_answer_of_prisma(report: Report) -> None:
    flow = report.page.xpath("//ol[@class='flow']")[0]
    shown = [
        (item.find("span").text_content(), int(item.find("b").text_content()))
        for item in flow.xpath(".//div[contains(@class, 'box')]//li")
    ]
    rows = report.rows("prisma")
    assert sorted(shown) == sorted(zip(rows["what"], rows["n"], strict=True))


def test_no_number_stands_outside_a_table_or_figure(report: Report) -> None:
    """Whatever has a digit and comes from no query would have to be believed."""
    page = lxml.html.fromstring(report.text)
    for kind in ("table", "svg", "style", "code", "title"):
        for element in page.xpath(f"//{kind}"):
            element.drop_tree()
    for element in page.xpath("//*[@data-query]"):
        element.drop_tree()
    assert set(re.findall(r"\d+", page.text_content())) <= PROSE


def test_the_numbers_of_a_figure_are_those_of_its_table(report: Report) -> None:
    """The words that stand for a figure hold no number that the tables below it do not."""
    for svg in report.page.xpath("//figure/*[local-name()='svg']"):
        section = svg.xpath("ancestor::section")[0]
        known = set(re.findall(r"[\d.]+", " ".join(section.xpath(".//table//text()"))))
        said = set(re.findall(r"\d+(?:\.\d+)?", svg.get("aria-label")))
        assert said <= known, section.get("id")


def test_figures_have_words_and_their_data_as_a_table(report: Report) -> None:
    for figure in report.page.xpath("//figure"):
        (svg,) = figure.xpath("./*[local-name()='svg']")
        assert svg.get("role") == "img"
        assert len(svg.get("aria-label")) > 20
        assert figure.xpath("ancestor::section[1]//table")


def test_sources_named_on_the_page_exist(report: Report) -> None:
    named = set(re.findall(r"queries/reports/(\w+)\.sql", report.text))
    assert named
    assert all((QUERIES / "reports" / f"{name}.sql").is_file() for name in named)


def test_page_stands_alone(report: Report) -> None:
    """No script, no style sheet, no font, no picture from elsewhere."""
    page = report.page
    assert not page.xpath("//script | //link | //img | //iframe | //object | //embed")
    assert not page.xpath("//@src | //@srcset | //@data")
    assert not re.search(r"@import|url\((?!#)", report.text)
    hrefs = page.xpath("//@href | //@*[local-name()='href']")
    assert all(str(href).startswith("#") for href in hrefs)


def test_page_can_be_used_without_eyes_or_mouse(report: Report) -> None:
    page = report.page
    assert page.get("lang") == "en"
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(page.xpath(f"//{landmark}")) == 1, landmark
    plain = page.xpath("//main//*[not(ancestor-or-self::*[local-name()='svg'])]/@id")
    plain += page.xpath("//main/@id")
    assert len(plain) == len(set(plain))
    for href in page.xpath("//nav//a/@href | //a[@class='skip']/@href"):
        assert href.removeprefix("#") in plain
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert not page.xpath("//th[not(@scope)]")
    assert not page.xpath("//table[not(parent::div[@tabindex='0'][@role='region'][@aria-label])]")


def luminance(colour: str) -> float:
    """Relative luminance of '#rrggbb' or '#rgb' (WCAG 2.2)."""
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_its_ground(empty: Report) -> None:
    """4.5 to 1 for every colour of text on every ground it stands on."""
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", empty.text))
    for ink in ("ink", "quiet", "accent", "warn"):
        for ground in ("#ffffff", colours["soft"]):
            assert contrast(colours[ink], ground) >= 4.5, ink
    assert contrast("#ffffff", colours["accent"]) >= 4.5
    assert contrast(colours["ink"], "#fdf6ec") >= 4.5


def test_starter_corpus_is_declared_and_others_are_not(starter: Report) -> None:
    assert "No figure on this page is evidence" in starter.text
    assert "the bundled starter corpus: no evidence" in starter.section("provenance").text_content()


def test_same_data_give_the_same_page(starter: Report, tmp_path: Path) -> None:
    assert Report(starter.database, tmp_path).text == starter.text


def test_model_figures_are_right(starter: Report) -> None:
    """The row of the series and of the published ones, from the counts and the model alone."""
    layers = starter.rows("layers")
    found = {(row[0], row[1]): row for row in starter.tables("layers")[0][1:]}
    for layer in ("series", "published"):
        counted = layers[
            (layers["variable"] == "paraprotein")
            & (layers["layer"] == layer)
            & layers["left_out"].isna()
        ]
        present, stated = counted["n_present"].astype(int), counted["n_stated"].astype(int)
        pooled = glmm.pool(present.tolist(), stated.tolist())
        assert pooled is not None
        shares = [round(100 * s, 1) for s in (pooled.estimate, pooled.low, pooled.high)]
        row = found["Monoclonal protein", layer]
        assert row[2:5] == [str(len(counted)), str(present.sum()), str(stated.sum())]
        assert [float(cell) for cell in row[5:8]] == shares
    assert found["Monoclonal protein", "published"][5:8] == ["90.1", "81.7", "96"]


def test_layers_are_never_mixed_silently(starter: Report) -> None:
    """Patients, series and published are rows of their own, and joined where both can be."""
    rows = starter.tables("layers")[0][1:]
    layers = {row[1] for row in rows if row[0] == "Monoclonal protein"}
    assert layers == {"patients", "series", "published", "together"}
    organ = {row[1] for row in rows if row[0] == "cardiovascular"}
    assert "together" not in organ, "every patient whose text says whether has it"


def test_organs_agree_with_the_facts(starter: Report) -> None:
    with duckdb.connect(str(starter.database), read_only=True) as connection:
        different = connection.execute(
            """
            select organ from organ_proportions
            join (
                select
                    organ,
                    count(*) filter (where status = 'present') as n_present,
                    count(*) filter (where status <> 'not_reported') as n_stated
                from patient_organs group by organ
            ) as counted using (organ)
            where organ_proportions.n_present <> counted.n_present
                or organ_proportions.n_stated <> counted.n_stated
            """
        ).fetchall()
    assert different == []


def test_reading_is_corrected_where_it_was_measured(audited: Report) -> None:
    """One of two patients read in full has a false organ, and nobody has it: not measured."""
    rows = {row[0]: row for row in audited.tables("corrected_proportions")[0][1:]}
    here = [name for name, row in rows.items() if row[10] == "reports of this corpus read in full"]
    assert "pulmonary" not in here
    assert rows["Men"][1:] == [
        "1", "2", "50", "1", "1", "1", "1", "100", "100", "reports of this corpus read in full",
    ]  # fmt: skip
    corrected = {row[0]: row for row in audited.tables("corrected_proportions")[1][1:]}
    expected = proportions.rogan_gladen(1, 2, 1, 1, 1, 1)
    assert expected is not None
    assert corrected["Men"][1:5] == [
        cell_text(models.percent(share))
        for share in (0.5, expected.estimate, expected.low, expected.high)
    ]


def test_reading_is_corrected_by_other_texts_where_no_report_was_read(starter: Report) -> None:
    """The starter corpus has no audit: the counts are those that ship with the disease."""
    published = read_published("scleromyxedema")
    shipped = {row["variable"]: row for row in published["accuracy_elsewhere"]}
    shown = {row[0]: row for row in starter.tables("corrected_proportions")[0][1:]}
    row = shown["Monoclonal protein"]
    given = shipped["paraprotein"]
    assert row[4:8] == [given[name] for name in ("n_found", "n_true", "n_left_out", "n_false")]
    assert row[10] == given["measured_on"]
    expected = proportions.rogan_gladen(*map(int, (*row[1:3], *row[4:8])))
    assert expected is not None
    corrected = {row[0]: row for row in starter.tables("corrected_proportions")[1][1:]}
    assert corrected["Monoclonal protein"][2:5] == [
        cell_text(models.percent(share))
        for share in (expected.estimate, expected.low, expected.high)
    ]


def test_retracted_reports_are_named_and_out(audited: Report) -> None:
    assert audited.tables("retracted")[0][1][0] == "PMID:3"
    out = audited.page.xpath("//div[@class='box out']//li[span[contains(., 'retracted')]]/b")
    assert [number.text_content() for number in out] == ["1"]


def test_an_empty_corpus_says_so(empty: Report) -> None:
    """Nothing breaks, nothing is invented, and what was published still stands beside it."""
    for name in ("patients_by_sex_and_age", "isotypes", "response_by_therapy", "time_to_death"):
        section = empty.section(name)
        assert section.xpath(".//p[@class='nothing']"), name
        assert not section.xpath(".//table | .//figure"), name
    assert "no survival can be shown" in empty.section("time_to_death").text_content()
    ours = [row for row in empty.tables("published_comparison")[0][1:] if row[1] == "this corpus"]
    assert ours
    assert all(row[2:5] == ["0", "0", "–"] for row in ours)


def test_one_patient_is_shown_with_intervals(one_patient: Report) -> None:
    rows = {row[0]: row for row in one_patient.tables("proportions")[0][1:]}
    assert rows["Men"][2:9] == ["1", "1", "0", "1", "100", "20.7", "100"]
    steps = one_patient.tables("time_to_death")[1]
    assert steps[-1][:5] == ["24", "1", "1", "0", "0"]


def test_a_field_nobody_reports_has_no_share(silent: Report) -> None:
    rows = {row[0]: row for row in silent.tables("proportions")[0][1:]}
    assert rows["Men"][2:9] == ["0", "0", "1", "1", "–", "–", "–"]
    assert rows["Men"][10:12] == ["0", "100"]
    missing = {row[0]: row[-1] for row in silent.tables("not_reported")[0][1:]}
    assert set(missing.values()) == {"100"}


def test_an_isotype_with_a_chain_not_stated_is_in_no_share(starter: Report) -> None:
    """'?-lambda' may be IgG-lambda: as another isotype it would count what is silent as absent."""
    isotypes = starter.rows("isotypes").set_index("isotype")
    partly = isotypes.index.str.contains("?", regex=False)
    assert isotypes[partly]["n_patients"].sum() > 0
    assert isotypes[partly]["percent_of_typed"].isna().all()
    share = starter.rows("proportions").set_index("variable").loc["igg_lambda"]
    ours = isotypes.loc["IgG-lambda"]
    assert (ours["n_patients"], ours["n_typed"]) == (share["n_present"], share["n_stated"])
    assert ours["n_not_reported"] == share["n_not_reported"]
    assert ours["percent_of_typed"] == share["percent_present"]


def test_survival_uses_only_stated_times(starter: Report) -> None:
    times = starter.rows("time_to_death")
    with duckdb.connect(str(starter.database), read_only=True) as connection:
        (stated,) = connection.execute(
            "select count(*) from pooled_patients"
            " where follow_up_months is not null and outcome in ('alive', 'dead')"
        ).fetchone() or (None,)
    assert len(times) == stated
    assert int(starter.tables("time_to_death")[1][1][1]) == stated


def test_model_that_does_not_converge_says_so() -> None:
    """All or none: no model; two series far apart: a remark that they are few."""
    rows = models.pooled_cells("series", [(5, 5), (3, 3)])
    assert rows[-1].startswith("all or none have it")
    assert rows[3:6] == [100.0, *map(models.percent, proportions.clopper_pearson(8, 8))]
    assert "few studies" in models.pooled_cells("series", [(1, 20), (18, 20)])[-1]


def test_reports_of_several_patients_are_pooled_by_the_model() -> None:
    """With five reports of several patients the spread between reports can be told."""
    single = [(1, 1), (0, 1)]
    assert models.pooled_cells("patients", single)[6] == "Wilson"
    several = [*single, *[(1, 3), (2, 4), (0, 2), (2, 2), (1, 2)]]
    assert models.pooled_cells("patients", several)[6] == "GLMM"

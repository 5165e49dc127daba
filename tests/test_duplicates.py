"""Who may be one person: what speaks for it, what a person decided, what it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from load_cases import QUERIES, Corpus, article, ask, first_extraction

from pipeline import load
from pipeline.load import schema
from pipeline.load.insert import insert_tables
from pipeline.load.rows import make_tables
from pipeline.records import Paraprotein, Screening

BERN = "Department of Dermatology, Inselspital, University Hospital Bern, 3010 Bern, Switzerland."
BERN_2 = "Haematology, University Hospital Bern, Bern, Switzerland. Electronic address: a@b.ch"
BASEL = "Dermatology, University Hospital Basel, Basel, Switzerland"
OSLO = "Section of Dermatology, Oslo University Hospital, Oslo, Norway"
OTHER = Paraprotein(item=1, heavy_chain="IgA", light_chain="lambda")


def twins(one: str | None, other: str | None, years: int = 2, **changes: Any) -> Corpus:
    """The corpus of the load tests with its first patient told again, by others, elsewhere."""
    corpus = Corpus()
    first = corpus.articles[0]
    corpus.articles[0] = msgspec.structs.replace(first, affiliations=(one,) if one else ())
    places = (other,) if other else ()
    text = first.sections[0].text
    twin = article(3, text, year=2001 + years, authors=("Else E",), affiliations=places)
    corpus.articles.append(twin)
    extraction = first_extraction(twin)
    patient = msgspec.structs.replace(extraction.patients[0], **changes)
    corpus.extractions.append(msgspec.structs.replace(extraction, patients=(patient,)))
    corpus.screenings.append(
        Screening(article_id="PMID:3", decision="included", reason="own", design="case_report")
    )
    return corpus


PLAIN: dict[str, Any] = {"paraproteins": (), "manifestations": ()}


def test_same_patient_in_two_reports_is_proposed(tmp_path: Path) -> None:
    """Same sex, age within a year, same isotype, shared author: a person is asked."""
    corpus = Corpus()
    twin = article(3, corpus.articles[0].sections[0].text, authors=("Rossi AB", "Other C"))
    corpus.articles.append(twin)
    corpus.extractions.append(first_extraction(twin))
    corpus.screenings.append(
        Screening(article_id="PMID:3", decision="included", reason="own", design="case_report")
    )
    corpus.load(tmp_path)
    assert ask(tmp_path, "select * from duplicate_candidates") == [
        (
            "PMID:1/1",
            "PMID:3/1",
            6,
            "both male, aged 57.0 and 57.0, IgG-lambda, shared author rossi,"
            " both with the rare Dyspnoea, reported 2001 and 2003",
            None,
        )
    ]


@pytest.mark.parametrize(
    ("changes", "authors", "n_pairs"),
    [
        ({}, ("Other C",), 1),  # the same isotype, two years apart
        ({}, (), 1),
        (PLAIN, (), 0),
        ({"paraproteins": ()}, ("Rossi A",), 1),
        ({"paraproteins": (OTHER,)}, ("Rossi A",), 0),
        ({"age_years": 58.0}, ("Rossi A",), 1),
        ({"age_years": 60.0}, ("Rossi A",), 1),  # two years later: the same patient, older
        ({"age_years": 65.0}, ("Rossi A",), 0),
        ({"age_years": 60.0}, ("Other C",), 0),
        ({"sex": "female"}, ("Rossi A",), 0),
    ],
)
def test_only_agreeing_patients_are_proposed(
    changes: dict[str, Any], authors: tuple[str, ...], n_pairs: int
) -> None:
    """What contradicts (isotype, age, sex) is not proposed, whoever the authors are."""
    corpus = Corpus()
    twin = article(3, corpus.articles[0].sections[0].text, authors=authors)
    extraction = first_extraction(twin)
    (patient,) = extraction.patients
    patient = msgspec.structs.replace(patient, **changes)
    tables = make_tables(
        [*corpus.articles, twin],
        [
            *corpus.screenings,
            Screening(article_id="PMID:3", decision="included", reason="own", design="other"),
        ],
        [*corpus.extractions, msgspec.structs.replace(extraction, patients=(patient,))],
    )
    assert len(derived(tables)) == n_pairs


def derived(tables: load.Tables) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        names = schema.create_tables(connection, QUERIES)
        insert_tables(connection, tables, names)
        schema.derive_tables(connection, QUERIES)
        return connection.execute("select * from duplicate_candidates").fetchall()


@pytest.mark.parametrize(
    ("one", "other", "years", "changes", "points"),
    [
        (BERN, BERN_2, 9, PLAIN, 3),  # centre and with it the country
        (BERN, BASEL, 2, PLAIN, None),  # country and years, but nothing clinical
        (BERN, BASEL, 9, {"manifestations": ()}, 2),  # country and isotype
        (BERN, BASEL, 9, {"paraproteins": ()}, 2),  # country and a rare finding
        (BERN, OSLO, 2, {}, None),  # other countries
        (BERN, None, 2, {}, 3),  # isotype, years, a rare finding; the other country is not told
        (None, None, 9, {}, 2),
        (None, None, 9, PLAIN, None),
        (BERN, BERN_2, 9, {"paraproteins": (OTHER,)}, None),
        (BERN, BERN_2, 9, {"sex": "female"}, None),
        (BERN, BERN_2, 9, {"age_years": 66.0}, 5),  # nine years later and older
        (BERN, BASEL, 9, {"age_years": 66.0}, None),
    ],
)
def test_what_speaks_for_one_person(
    one: str | None,
    other: str | None,
    years: int,
    changes: dict[str, Any],
    points: int | None,
) -> None:
    corpus = twins(one, other, years, **changes)
    tables = make_tables(corpus.articles, corpus.screenings, corpus.extractions)
    found = [row[2] for row in derived(tables)]
    assert found == ([] if points is None else [points])


def test_a_finding_of_many_is_not_rare(tmp_path: Path) -> None:
    """A third patient has it as well: of three it would be no likeness any more."""
    corpus = twins(None, None, 9, paraproteins=())
    third = corpus.articles[1]
    assert third.article_id == "PMID:2"
    patient = msgspec.structs.replace(
        corpus.extractions[1].patients[0],
        manifestations=first_extraction(corpus.articles[0]).patients[0].manifestations,
    )
    findings = tuple(
        msgspec.structs.replace(one, field="manifestation", value="Dyspnoea", finding_id="extra")
        if one.field == "sex"
        else one
        for one in corpus.extractions[1].findings
    )
    corpus.extractions[1] = msgspec.structs.replace(
        corpus.extractions[1],
        patients=(patient,),
        findings=(
            *corpus.extractions[1].findings,
            *(one for one in findings if one.finding_id == "extra"),
        ),
    )
    corpus.load(tmp_path)
    assert ask(tmp_path, "select points from duplicate_candidates") == []


def test_a_decided_pair_stays_decided_when_nothing_suggests_it_any_more(tmp_path: Path) -> None:
    """The age was corrected, so that the rule would not list the pair: the decision holds."""
    corpus = twins(BERN, OSLO)
    lines = [corpus.correct(1, 1, "duplicate[PMID:3/1]", "", "same")]
    corpus.load(tmp_path, lines)
    rows = ask(tmp_path, "select points, decision from duplicate_candidates")
    assert rows == [(0, "same")]
    assert ask(tmp_path, "select * from merged_patients") == [("PMID:3/1", "PMID:1/1")]


def test_a_decision_on_a_patient_who_is_gone_is_stale(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.load(tmp_path, [corpus.correct(1, 1, "duplicate[PMID:3/1]", "", "same")])
    rows = ask(tmp_path, "select is_stale, stale_reason from corrections")
    assert rows == [(True, "the other patient is not in the corpus")]


@pytest.mark.parametrize(
    ("affiliation", "country", "centres"),
    [
        (BERN, "switzerland", ["inselspital", "university hospital bern"]),
        (BERN_2, "switzerland", ["university hospital bern"]),
        ("Mayo Clinic, Rochester, MN 55905, U.S.A.", "united states", ["mayo clinic"]),
        ("School of Medicine, London, UK", "united kingdom", []),
        ("Peking University, Beijing, P. R. China", "china", ["peking university"]),
    ],
)
def test_country_and_centre_of_an_affiliation(
    affiliation: str, country: str, centres: list[str]
) -> None:
    with duckdb.connect() as connection:
        schema.create_tables(connection, QUERIES)
        schema.derive_tables(connection, QUERIES)
        found = connection.execute(
            "select country_of($1), centres_of($1)", [affiliation]
        ).fetchone()
    assert found == (country, centres)

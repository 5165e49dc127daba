"""The export: what other tools take is what the DuckDB file says, and no words that must stay."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import phenopackets
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from frictionless import validate
from google.protobuf.json_format import Parse
from load_cases import QUERIES, Corpus, article

from pipeline.export import ExportError, export
from pipeline.export.phenopackets import duration, file_name
from pipeline.export.references import with_comma

DISEASE = ("ICD10:L98.5", "Mucinosis of the skin")
NOT_OPEN = {"source": "entrez", "licence": "Copyright 2020 A Publisher. All rights reserved."}
OPEN = {"source": "entrez", "licence": "https://creativecommons.org/licenses/by/4.0/"}


def exported(folder: Path, **changes: object) -> Path:
    """The small corpus loaded and exported; `changes` alter its first report."""
    corpus = Corpus()
    first = corpus.articles[0]
    text = first.sections[0].text
    corpus.articles[0] = article(1, text, **changes)
    corpus.load(folder)
    export(folder / "cases.duckdb", QUERIES, folder / "export", DISEASE)
    return folder / "export"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(tmp_path_factory.mktemp("exported"), title="=HYPERLINK(1), a {case} & more")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_table_has_as_many_rows_as_in_the_database(made: Path) -> None:
    with duckdb.connect(str(made.parent / "cases.duckdb"), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        names = [row[0] for row in tables]
        assert names
        for name in names:
            counted = connection.execute(f'select count(*) from "{name}"').fetchone()
            assert counted
            assert len(rows(made / "tables" / f"{name}.csv")) == counted[0], name
            in_parquet = duckdb.read_parquet(str(made / "tables" / f"{name}.parquet"))
            assert len(in_parquet.fetchall()) == counted[0], name


def test_the_package_describes_every_column_and_is_valid(made: Path) -> None:
    package = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    assert "starter corpus" in package["description"]
    for resource in package["resources"]:
        header = (made / resource["path"]).read_text(encoding="utf-8").partition("\n")[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")
    report = validate(str(made / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


def test_the_dictionary_says_what_each_column_means(made: Path) -> None:
    meanings = {(r["table"], r["column"]): r["meaning"] for r in rows(made / "data_dictionary.csv")}
    assert meanings["patients", "age_years"]
    assert all(meanings.values())


def test_a_cell_like_a_formula_is_made_harmless(made: Path) -> None:
    titles = {row["article_id"]: row["title"] for row in rows(made / "tables" / "articles.csv")}
    assert titles["PMID:1"] == "'=HYPERLINK(1), a {case} & more"
    assert rows(made / "appraisal.csv")[0]["title"].startswith("'=")


def test_numbers_below_zero_stay_numbers() -> None:
    from pipeline.export.tables import Column, csv_cell

    assert csv_cell(Column("value", "DOUBLE", "")) == '"value"'


def test_the_text_of_sections_is_in_no_export(made: Path) -> None:
    assert "text" not in rows(made / "tables" / "sections.csv")[0]
    columns = duckdb.read_parquet(str(made / "tables" / "sections.parquet")).columns
    assert "text" not in columns


@pytest.mark.parametrize(("changes", "is_quoted"), [(NOT_OPEN, False), (OPEN, True)])
def test_words_are_quoted_only_under_an_open_licence(
    tmp_path: Path, changes: dict[str, str], is_quoted: bool
) -> None:
    folder = exported(tmp_path, **changes)
    said = "57-year-old"
    held = [p.name for p in folder.rglob("*") if p.is_file() and said.encode() in p.read_bytes()]
    assert bool(held) is is_quoted
    found = [r for r in rows(folder / "tables" / "findings.csv") if r["field"] == "age_years"]
    assert found[0]["char_start"] == "22"
    assert found[0]["value"] == "57"


def packets(folder: Path) -> dict[str, phenopackets.Phenopacket]:
    read = [
        Parse(path.read_text(encoding="utf-8"), phenopackets.Phenopacket())
        for path in (folder / "phenopackets").glob("*.json")
    ]
    return {packet.id: packet for packet in read}


def test_a_phenopacket_holds_what_is_told_and_no_more(made: Path) -> None:
    told = packets(made)
    first, second = told["PMID:1/1"], told["PMID:2/1"]
    assert first.subject.sex == phenopackets.MALE
    assert first.subject.time_at_last_encounter.age.iso8601duration == "P57Y"
    assert first.subject.vital_status.status == phenopackets.VitalStatus.DECEASED
    features = {f.type.id: f.excluded for f in first.phenotypic_features}
    assert features == {"HP:2094": False, "HP:0031047": False}
    assert first.phenotypic_features[0].evidence[0].reference.id == "PMID:1"
    action = first.medical_actions[0]
    assert action.treatment.agent.id == "ATC:J06BA02"
    assert action.response_to_treatment.label == "relapse"
    assert not second.subject.HasField("vital_status")
    assert second.subject.time_at_last_encounter.age_range.end.iso8601duration == "P49Y"


def test_every_prefix_in_a_phenopacket_is_declared(made: Path) -> None:
    for packet in packets(made).values():
        declared = {resource.namespace_prefix for resource in packet.meta_data.resources}
        used = {f.type.id.partition(":")[0] for f in packet.phenotypic_features}
        used |= {a.treatment.agent.id.partition(":")[0] for a in packet.medical_actions}
        used |= {d.term.id.partition(":")[0] for d in packet.diseases}
        assert used <= declared


@pytest.mark.parametrize(
    ("years", "written"), [(57.0, "P57Y"), (0.67, "P8M"), (4.5, "P4Y6M"), (0.0, "P0Y")]
)
def test_ages_are_iso_durations(years: float, written: str) -> None:
    assert duration(years) == written


def test_file_names_stay_in_their_folder_and_are_never_shared() -> None:
    from collections import Counter

    names: Counter[str] = Counter()
    made = [file_name(name, names) for name in ("../../x/1", "FILE:a b/1", "FILE:a_b/1")]
    assert made == ["x_1.json", "FILE_a_b_1.json", "FILE_a_b_1-2.json"]


def test_references_are_read_back_as_they_are(made: Path) -> None:
    library = parse_string((made / "references.bib").read_text(encoding="utf-8"))
    assert not library.failed_blocks
    first = next(entry for entry in library.entries if entry.key == "PMID_1")
    assert first["author"] == "Rossi, A and Author1, B"
    assert first["title"] == "{=HYPERLINK(1), a {case} \\& more}"
    with (made / "references.ris").open(encoding="utf-8") as handle:
        entries = rispy.load(handle)
    keys = {entry.key.replace("_", ":") for entry in library.entries}
    assert {entry["id"] for entry in entries} == keys


def test_a_collective_author_keeps_its_name() -> None:
    assert with_comma("Group for Rare Diseases") == "Group for Rare Diseases"
    assert with_comma("van der Berg JH") == "van der Berg, JH"


def test_the_prisma_counts_are_those_of_the_corpus(made: Path) -> None:
    counts = {row["data"]: row["n"] for row in rows(made / "prisma2020.csv") if row["data"]}
    assert counts["website_results"] == counts["other_assessed"] == "5"
    assert counts["new_studies"] == "3"
    assert counts["other_excluded"] == "Extraction failed, 1; review_only, 1"
    assert len(rows(made / "prisma2020.csv")) == 30


def test_the_appraisal_sheet_names_places_and_leaves_the_judgement_to_a_person(made: Path) -> None:
    sheet = [row for row in rows(made / "appraisal.csv") if row["article_id"] == "PMID:1"]
    assert len(sheet) == 13 + 8
    words = {(row["tool"], row["item"]): row["words_found"] for row in sheet}
    assert "57-year-old [abstract 22-33]" in words["CARE", "5"]
    assert words["CARE", "12"] == ""
    assert {row["judgement"] for row in sheet} == {""}


def test_the_same_run_exports_the_same_files(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    export(made.parent / "cases.duckdb", QUERIES, again, DISEASE)
    for path in sorted(p for p in made.rglob("*") if p.is_file()):
        assert path.read_bytes() == (again / path.relative_to(made)).read_bytes(), path.name


def test_an_export_replaces_an_export_and_nothing_else(made: Path, tmp_path: Path) -> None:
    database, folder = made.parent / "cases.duckdb", tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(ExportError, match="holds something else"):
        export(database, QUERIES, folder, DISEASE)
    assert (folder / "thesis.txt").read_text() == "mine"
    (folder / "thesis.txt").unlink()
    export(database, QUERIES, folder, DISEASE)
    (folder / "left_over.csv").write_text("of before")
    export(database, QUERIES, folder, DISEASE)
    assert not (folder / "left_over.csv").exists()
    assert list(tmp_path.iterdir()) == [folder]


def test_without_a_database_nothing_is_exported(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="make run"):
        export(tmp_path / "none.duckdb", QUERIES, tmp_path / "export", DISEASE)
    (tmp_path / "bad.duckdb").write_bytes(b"no database")
    with pytest.raises(ExportError, match="could not be exported"):
        export(tmp_path / "bad.duckdb", QUERIES, tmp_path / "export", DISEASE)
    assert not (tmp_path / "export").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(made: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"could not be written \(.+\): make room, allow it or"):
        export(made.parent / "cases.duckdb", QUERIES, tmp_path / "notes.txt" / "export", DISEASE)
    with pytest.raises(ExportError, match="holds something else"):
        export(made.parent / "cases.duckdb", QUERIES, tmp_path / "notes.txt", DISEASE)
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.slow
def test_the_r_script_pools_what_was_exported(tmp_path: Path) -> None:
    """Known answer: 64 of 71 in three series, 0.901 (0.817 to 0.960)."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R with metafor is not installed")
    script = QUERIES.parent / "pipeline" / "export" / "pooled.R"
    counts = "variable,layer,study,year,n_present,n_stated,left_out\n" + "".join(
        f"paraprotein,published,{name},2000,{k},{n},\n"
        for name, k, n in (("a", 23, 26), ("b", 27, 30), ("c", 14, 15))
    )
    (tmp_path / "model_counts.csv").write_text(counts, encoding="utf-8")
    subprocess.run([rscript, str(script), str(tmp_path)], check=True, capture_output=True)
    pooled = rows(tmp_path / "pooled_metafor.csv")[0]
    assert float(pooled["share"]) == pytest.approx(0.901, abs=0.001)

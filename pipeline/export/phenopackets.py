"""One GA4GH Phenopacket (schema 2.0) a patient, as JSON.

Reads queries/exports/{individuals,features,treatments}.sql and `runs`; writes phenopackets/*.json.
The messages are those of the `phenopackets` library, so that an invalid one cannot be written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb
import phenopackets as pp
from google.protobuf.json_format import MessageToJson
from google.protobuf.timestamp_pb2 import Timestamp

from pipeline.export.tables import rows_of

Rows = list[dict[str, Any]]
Term = tuple[str, str]
SEXES = {"female": pp.FEMALE, "male": pp.MALE}
VITAL = {"alive": pp.VitalStatus.ALIVE, "dead": pp.VitalStatus.DECEASED}
# ECO's code for what an author says with a reference to follow.
AUTHOR_STATEMENT = ("ECO:0000033", "author statement supported by traceable reference")
OBO = "http://purl.obolibrary.org/obo/"
# Prefix, name, address, release.
RESOURCES = (
    ("HP", "Human Phenotype Ontology", f"{OBO}hp.owl", "2025-01-16"),
    ("ECO", "Evidence and Conclusion Ontology", f"{OBO}eco.owl", ""),
    ("ATC", "Anatomical Therapeutic Chemical classification", "https://atcddd.fhi.no", "2026"),
    ("ICD10", "ICD-10", "https://icd.who.int/browse10", "2019"),
    ("LOCAL", "Vocabulary of this pipeline, for what the others lack", "", ""),
)


def write_phenopackets(
    connection: duckdb.DuckDBPyConnection, queries_dir: Path, folder: Path, disease: Term
) -> None:
    """Write one file a pooled patient; `disease` is the code and label of the diagnosis."""
    (folder / "phenopackets").mkdir()
    features = by_patient(rows_of(connection, queries_dir, "features"))
    treatments = by_patient(rows_of(connection, queries_dir, "treatments"))
    created, version = run_of(connection)
    names: Counter[str] = Counter()
    for row in rows_of(connection, queries_dir, "individuals"):
        patient_id = row["patient_id"]
        packet = pp.Phenopacket(
            id=patient_id,
            subject=individual_of(row),
            phenotypic_features=[feature_of(f, row) for f in features[patient_id]],
            diseases=[pp.Disease(term=term(*disease))],
            medical_actions=[action_of(t) for t in treatments[patient_id]],
            meta_data=meta_data_of(row, created, version),
        )
        path = folder / "phenopackets" / file_name(patient_id, names)
        path.write_text(MessageToJson(packet) + "\n", encoding="utf-8")


def by_patient(rows: Rows) -> dict[str, Rows]:
    grouped: dict[str, Rows] = defaultdict(list)
    for row in rows:
        grouped[row["patient_id"]].append(row)
    return grouped


def run_of(connection: duckdb.DuckDBPyConnection) -> tuple[Timestamp, str]:
    """When the corpus was built, so that the same run exports the same files, and by what."""
    row = connection.execute("select finished_at, rules_sha256 from runs").fetchone()
    created = Timestamp()
    if row and row[0]:
        created.FromJsonString(str(row[0]))
    return created, f"case report pipeline, rules {str(row[1])[:12]}" if row else ""


def individual_of(row: dict[str, Any]) -> pp.Individual:
    """What the text does not say stays unset."""
    individual = pp.Individual(
        id=row["patient_id"],
        sex=SEXES.get(row["sex"], pp.UNKNOWN_SEX),
        taxonomy=term("NCBITaxon:9606", "Homo sapiens"),
    )
    if row["age_years"] is not None:
        individual.time_at_last_encounter.age.iso8601duration = duration(row["age_years"])
    elif row["age_low"] is not None and row["age_high"] is not None:
        span = individual.time_at_last_encounter.age_range
        span.start.iso8601duration = duration(row["age_low"])
        span.end.iso8601duration = duration(row["age_high"])
    if row["outcome"] in VITAL:
        individual.vital_status.status = VITAL[row["outcome"]]
    return individual


def duration(years: float) -> str:
    """ISO 8601: 57 years is 'P57Y', 0.67 years is 'P8M'."""
    whole, months = divmod(round(years * 12), 12)
    return "P" + (f"{whole}Y" if whole or not months else "") + (f"{months}M" if months else "")


def feature_of(feature: dict[str, Any], row: dict[str, Any]) -> pp.PhenotypicFeature:
    evidence = pp.Evidence(
        evidence_code=term(*AUTHOR_STATEMENT),
        reference=pp.ExternalReference(id=row["article_id"], description=feature["words"] or ""),
    )
    return pp.PhenotypicFeature(
        type=term(feature["term_id"], feature["label"]),
        excluded=feature["is_excluded"],
        evidence=[evidence],
    )


def action_of(treatment: dict[str, Any]) -> pp.MedicalAction:
    action = pp.MedicalAction(
        treatment=pp.Treatment(agent=term(treatment["agent_id"], treatment["agent_label"]))
    )
    if treatment["response"]:
        response = treatment["response"]
        action.response_to_treatment.CopyFrom(term(f"LOCAL:response_{response}", response))
    return action


def term(identifier: str, label: str) -> pp.OntologyClass:
    return pp.OntologyClass(id=identifier, label=label)


def meta_data_of(row: dict[str, Any], created: Timestamp, version: str) -> pp.MetaData:
    return pp.MetaData(
        created=created,
        created_by=version,
        phenopacket_schema_version="2.0",
        resources=[
            pp.Resource(
                id=prefix.lower(),
                name=name,
                url=url,
                version=release,
                namespace_prefix=prefix,
                iri_prefix=f"{OBO}{prefix}_" if url.startswith(OBO) else url,
            )
            for prefix, name, url, release in RESOURCES
        ],
        external_references=[
            pp.ExternalReference(id=row["article_id"], description=row["title"] or "")
        ],
    )


def file_name(patient_id: str, names: Counter[str]) -> str:
    """A name that is one on every file system; two ids never share one."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "_", patient_id).strip("_")[:100]
    names[plain] += 1
    return f"{plain}.json" if names[plain] == 1 else f"{plain}-{names[plain]}.json"

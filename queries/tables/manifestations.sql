-- One row is a finding below the organ level that the text affirms or denies for a patient.
create table manifestations (
    patient_id varchar,
    organ varchar,
    manifestation varchar,
    hpo_id varchar,
    status varchar,
    decided_by varchar
);

comment on table manifestations is
    'One row is a finding below the organ level that the text affirms or denies for a patient.';
comment on column manifestations.patient_id is
    'The patient; key of patients.';
comment on column manifestations.organ is
    'Organ system that it belongs to.';
comment on column manifestations.manifestation is
    'Name of the finding.';
comment on column manifestations.hpo_id is
    'Human Phenotype Ontology number; null where the ontology has no term.';
comment on column manifestations.status is
    'present, or absent where the text denies it.';
comment on column manifestations.decided_by is
    'rule, or reviewer where a correction holds for this row.';

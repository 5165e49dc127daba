-- One row is an organ system that the text affirms or denies for a patient; a missing row means that the text does not say.
create table organ_involvement (
    patient_id varchar,
    organ varchar,
    status varchar,
    decided_by varchar
);

comment on table organ_involvement is
    'One row is an organ system that the text affirms or denies for a patient; a missing row means that the text does not say.';
comment on column organ_involvement.patient_id is
    'The patient; key of patients.';
comment on column organ_involvement.organ is
    'Organ system; key of organ_systems.';
comment on column organ_involvement.status is
    'present, or absent where the text denies it.';
comment on column organ_involvement.decided_by is
    'rule, or reviewer where a correction holds for this row.';

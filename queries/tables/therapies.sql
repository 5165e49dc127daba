-- One row is a treatment episode of a patient; each drug of a combination has its own row.
create table therapies (
    patient_id varchar,
    episode integer,
    therapy varchar,
    therapy_class varchar,
    dose_text varchar,
    line integer,
    response varchar,
    is_relapse boolean,
    decided_by varchar
);

comment on table therapies is
    'One row is a treatment episode of a patient; each drug of a combination has its own row.';
comment on column therapies.patient_id is
    'The patient; key of patients.';
comment on column therapies.episode is
    'Order of the episode in the text, from 1.';
comment on column therapies.therapy is
    'Name in the vocabulary, or other: and the words where the vocabulary has none.';
comment on column therapies.therapy_class is
    'Class of the therapy.';
comment on column therapies.dose_text is
    'Dose and schedule in the words of the text.';
comment on column therapies.line is
    'Line of therapy; the drugs of one combination share it.';
comment on column therapies.response is
    'Response of the disease: complete, partial, improved, none, worse or not_reported.';
comment on column therapies.is_relapse is
    'True where the benefit was lost later, under the therapy or after it.';
comment on column therapies.decided_by is
    'rule, or reviewer where a correction holds for this row.';

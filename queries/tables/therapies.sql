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
    duration_text varchar,
    duration_months double,
    is_stopped boolean,
    stop_reason varchar,
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
comment on column therapies.duration_text is
    'How long the treatment was given, in the words of the text (6 months, six cycles, since 1998); where several times are told, the longest. Not the time to a response, to a relapse or of a follow-up.';
comment on column therapies.duration_months is
    'The same in months (a week is 12/52.18, a day 1/30.44 of one); null where the text gives no single amount of time, as with cycles, a range or a year of beginning.';
comment on column therapies.is_stopped is
    'True where the text says that the treatment was ended, false only where it says that it goes on, as told last; null where it says neither.';
comment on column therapies.stop_reason is
    'Why it was ended, as the text says: adverse_effect, no_response, remission, patient_choice, death, completed or other; null where no reason is stated.';
comment on column therapies.decided_by is
    'rule, or reviewer where a correction holds for this row.';

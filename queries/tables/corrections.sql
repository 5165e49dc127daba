-- One row is a decision of a reviewer, as read from corrections.csv.
create table corrections (
    line integer,
    reviewer varchar,
    reviewed_on varchar,
    article_id varchar,
    text_sha256 varchar,
    patient_id varchar,
    field varchar,
    value_before varchar,
    value_after varchar,
    reason varchar,
    value_extracted varchar,
    is_stale boolean,
    stale_reason varchar,
    is_superseded boolean
);

comment on table corrections is
    'One row is a decision of a reviewer, as read from corrections.csv.';
comment on column corrections.line is
    'Line of corrections.csv.';
comment on column corrections.reviewer is
    'Who decided.';
comment on column corrections.reviewed_on is
    'When, as the file gives it (ISO 8601).';
comment on column corrections.article_id is
    'The report; key of articles.';
comment on column corrections.text_sha256 is
    'Checksum of the text that the reviewer saw.';
comment on column corrections.patient_id is
    'The patient; null for a decision on a report.';
comment on column corrections.field is
    'What was decided: a column of patients, or organ[name], manifestation[name], therapy[episode], response[episode], heavy_chain[item] and so on, screening, design, patient, duplicate[other patient].';
comment on column corrections.value_before is
    'The value that the reviewer saw; null where nothing was extracted.';
comment on column corrections.value_after is
    'The value that the reviewer gave; null for "not stated" or "remove".';
comment on column corrections.reason is
    'Why.';
comment on column corrections.value_extracted is
    'The value of the program in this run, kept beside the decision.';
comment on column corrections.is_stale is
    'True where the decision was not applied because its text or value changed or nothing is left to change.';
comment on column corrections.stale_reason is
    'Why it is stale; null where it holds.';
comment on column corrections.is_superseded is
    'True where a later row of the file decides the same value.';

-- One row is the run of the pipeline that made this file.
create table runs (
    run_id varchar,
    started_at varchar,
    finished_at varchar,
    mode varchar,
    disease varchar,
    pipeline_version varchar,
    code_sha256 varchar,
    versions varchar,
    rules_sha256 varchar,
    queries varchar,
    counts varchar,
    inputs_sha256 varchar,
    compared_with varchar,
    details varchar
);

comment on table runs is
    'One row is the run of the pipeline that made this file.';
comment on column runs.run_id is
    'Key.';
comment on column runs.started_at is
    'Start, ISO 8601, UTC.';
comment on column runs.finished_at is
    'End of the extraction, ISO 8601, UTC.';
comment on column runs.mode is
    'live, starter (built from the bundled starter corpus), import, or kept (records fetched before, without asking PubMed).';
comment on column runs.disease is
    'Name of the disease file in pipeline/diseases that the reports were searched and screened by.';
comment on column runs.pipeline_version is
    'Version of the pipeline.';
comment on column runs.code_sha256 is
    'Checksum of the code, the rules, the disease files and the SQL of the pipeline.';
comment on column runs.versions is
    'Versions of Python, of the libraries and of the language model, as JSON.';
comment on column runs.rules_sha256 is
    'Checksum of the rules and disease profile.';
comment on column runs.queries is
    'Queries as sent and as PubMed translated them, as JSON.';
comment on column runs.counts is
    'Counts per stage, as JSON.';
comment on column runs.inputs_sha256 is
    'Checksum of the given files, corrections, queries, rules and code that the file was made from.';
comment on column runs.compared_with is
    'Which file figures_before_after compares with, or why there is none.';
comment on column runs.details is
    'Everything else that the run says of itself, as JSON.';

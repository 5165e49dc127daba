-- One row is a published series of patients, as a person read it: what the corpus is compared with.
create table published_series (
    series varchar,
    year integer,
    centre varchar,
    n_patients integer,
    parent varchar,
    overlap varchar,
    identifiers varchar,
    source varchar
);

comment on table published_series is
    'One row is a published series of patients, as a person read it: what the corpus is compared with. Rows of diseases/*.series.csv.';
comment on column published_series.series is
    'Key: first author and year.';
comment on column published_series.year is
    'Year of publication.';
comment on column published_series.centre is
    'Clinic or network the patients came from; null where not stated.';
comment on column published_series.n_patients is
    'Patients of the series.';
comment on column published_series.parent is
    'The larger series that holds the same patients: where both give a figure, only the parent counts; key of published_series.';
comment on column published_series.overlap is
    'Why patients may be the same.';
comment on column published_series.identifiers is
    'Identifiers of the report, as articles have them, separated by blanks.';
comment on column published_series.source is
    'Where the figures were read.';

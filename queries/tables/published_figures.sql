-- One row is a figure of a published series, as a person read it.
create table published_figures (
    series varchar,
    variable varchar,
    n_present integer,
    n_stated integer,
    left_out varchar,
    note varchar
);

comment on table published_figures is
    'One row is a figure of a published series, as a person read it. Rows of diseases/*.figures.csv.';
comment on column published_figures.series is
    'The series; key of published_series.';
comment on column published_figures.variable is
    'What was counted, as in the view patient_facts; therapy:complete and therapy:benefit of the treated.';
comment on column published_figures.n_present is
    'Patients who have it.';
comment on column published_figures.n_stated is
    'Patients it was counted in; null where not stated.';
comment on column published_figures.left_out is
    'Why the figure is in no pooled figure, apart from an overlap; null where it counts.';
comment on column published_figures.note is
    'Remark.';

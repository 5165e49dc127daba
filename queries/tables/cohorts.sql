-- One row is an aggregate figure of a series, for example 27 of 30 had a gammopathy; its patients are not in patients.
create table cohorts (
    article_id varchar,
    variable varchar,
    value double,
    numerator integer,
    denominator integer,
    statistic varchar,
    finding_id varchar
);

comment on table cohorts is
    'One row is an aggregate figure of a series, for example 27 of 30 had a gammopathy; its patients are not in patients.';
comment on column cohorts.article_id is
    'The report; key of articles.';
comment on column cohorts.variable is
    'What was counted or measured.';
comment on column cohorts.value is
    'The figure, where it is not a count of patients.';
comment on column cohorts.numerator is
    'Patients who have it.';
comment on column cohorts.denominator is
    'Patients it was counted in; null where the text does not say.';
comment on column cohorts.statistic is
    'count, mean, median, range_low or range_high.';
comment on column cohorts.finding_id is
    'The evidence; key of findings.';

-- One row is the decision whether a report describes an own patient with the disease.
create table screenings (
    article_id varchar,
    decision varchar,
    reason varchar,
    design varchar,
    decided_by varchar,
    section varchar,
    quote varchar,
    char_start integer,
    char_end integer
);

comment on table screenings is
    'One row is the decision whether a report describes an own patient with the disease.';
comment on column screenings.article_id is
    'The report; key of articles.';
comment on column screenings.decision is
    'included or excluded.';
comment on column screenings.reason is
    'Reason of the decision, from a closed list.';
comment on column screenings.design is
    'case_report, case_series, cohort, review, trial or other.';
comment on column screenings.decided_by is
    'rule, or reviewer where corrections.csv decided.';
comment on column screenings.section is
    'Section of the words that decided; null where no words did.';
comment on column screenings.quote is
    'The words that decided; null where no words did.';
comment on column screenings.char_start is
    'First character of the quote in its section, counted from 0.';
comment on column screenings.char_end is
    'Character after the quote in its section.';

-- One row is the evidence for one value: the exact words, where they stand, and which rule read them.
create table findings (
    finding_id varchar,
    article_id varchar,
    patient_id varchar,
    field varchar,
    value varchar,
    item integer,
    section varchar,
    sentence varchar,
    quote varchar,
    char_start integer,
    char_end integer,
    status varchar,
    subject varchar,
    rule varchar,
    confidence double,
    has_correction boolean
);

comment on table findings is
    'One row is the evidence for one value: the exact words, where they stand, and which rule read them.';
comment on column findings.finding_id is
    'Key.';
comment on column findings.article_id is
    'The report; key of articles.';
comment on column findings.patient_id is
    'The patient; null for a finding that belongs to no single own patient.';
comment on column findings.field is
    'What it is evidence for: a column of patients, organ, manifestation, therapy, response and so on; cohort: and the variable for a figure of a series.';
comment on column findings.value is
    'The value that was read.';
comment on column findings.item is
    'Number of the paraprotein component or treatment episode that it belongs to.';
comment on column findings.section is
    'Section of the quote; with article_id key of sections.';
comment on column findings.sentence is
    'The sentence around the quote.';
comment on column findings.quote is
    'The words, exactly the characters char_start to char_end of the text of the section.';
comment on column findings.char_start is
    'First character of the quote in its section, counted from 0.';
comment on column findings.char_end is
    'Character after the quote in its section.';
comment on column findings.status is
    'present, absent or uncertain.';
comment on column findings.subject is
    'Who the words are about: patient, family, literature or other.';
comment on column findings.rule is
    'The rule that read it.';
comment on column findings.confidence is
    'Confidence of the rule, from 0 to 1.';
comment on column findings.has_correction is
    'True where a reviewer decided about this value and the decision holds.';

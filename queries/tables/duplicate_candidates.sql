-- One row is a pair of patients of different reports who may be one person; a person decides.
create table duplicate_candidates (
    patient_id_a varchar,
    patient_id_b varchar,
    points integer,
    reason varchar,
    decision varchar
);

comment on table duplicate_candidates is
    'One row is a pair of patients of different reports who may be one person; a person decides.';
comment on column duplicate_candidates.patient_id_a is
    'One patient; key of patients.';
comment on column duplicate_candidates.patient_id_b is
    'The other patient; key of patients.';
comment on column duplicate_candidates.points is
    'How much speaks for one person: an author in common 3, a centre 2; the country, the stated isotype, publication within three years, and each rare finding (two at most) 1 each.';
comment on column duplicate_candidates.reason is
    'What the two have in common.';
comment on column duplicate_candidates.decision is
    'same or different, from corrections.csv; null where nobody has decided.';

-- One row is a patient individually described; a null or not_reported value means that the text does not say, never that it is absent.
create table patients (
    patient_id varchar,
    article_id varchar,
    label varchar,
    age_years double,
    age_low double,
    age_high double,
    age_kind varchar,
    sex varchar,
    paraprotein_status varchar,
    plasma_cell_disorder varchar,
    has_extracutaneous boolean,
    outcome varchar,
    follow_up_months double,
    text_basis varchar,
    decided_by varchar
);

comment on table patients is
    'One row is a patient individually described; a null or not_reported value means that the text does not say, never that it is absent.';
comment on column patients.patient_id is
    'Key: the report and the number of the patient in it, for example PMID:18204366/1.';
comment on column patients.article_id is
    'The report; key of articles.';
comment on column patients.label is
    'What the report calls the patient, for example case 2.';
comment on column patients.age_years is
    'Age at presentation or report in years; null where not stated or given as a range.';
comment on column patients.age_low is
    'Lower end of the age in years.';
comment on column patients.age_high is
    'Upper end of the age in years.';
comment on column patients.age_kind is
    'exact or range; null where no age is stated.';
comment on column patients.sex is
    'female or male; null where not stated.';
comment on column patients.paraprotein_status is
    'present, absent or not_reported: a monoclonal protein of this patient.';
comment on column patients.plasma_cell_disorder is
    'MGUS, smouldering_myeloma, multiple_myeloma, waldenstrom or other, as the authors name it; null where not stated.';
comment on column patients.has_extracutaneous is
    'True where any organ beyond the skin is involved, false where the text denies it in general, null where it does not say.';
comment on column patients.outcome is
    'alive (status at a later time), dead, or not_reported.';
comment on column patients.follow_up_months is
    'Follow-up in months.';
comment on column patients.text_basis is
    'What the values were read from: abstract or full_text.';
comment on column patients.decided_by is
    'rule, or reviewer where a correction holds for any value of the patient, also in the tables below.';

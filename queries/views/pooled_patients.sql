-- One row is a patient that pooled figures count: of a pooled report, and once only where a person
-- decided that two reports describe the same patient.
select
    patients.*,
    articles.year,
    articles.source,
    screenings.design,
    coalesce(patients.age_years, (patients.age_low + patients.age_high) / 2) as age_for_groups
from patients
join pooled_articles as articles using (article_id)
join screenings using (article_id)
where patients.patient_id not in (select patient_id from merged_patients)

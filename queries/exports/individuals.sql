-- The patients of the Phenopackets, with the report each is told in.
select
    pooled_patients.patient_id,
    pooled_patients.article_id,
    articles.title,
    pooled_patients.age_years,
    pooled_patients.age_low,
    pooled_patients.age_high,
    pooled_patients.sex,
    pooled_patients.outcome
from pooled_patients
join articles using (article_id)
order by patient_id

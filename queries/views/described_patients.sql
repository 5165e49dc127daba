-- One row is a patient of an included report, also where no pooled figure counts it, and why not.
select
    patients.patient_id,
    patients.article_id,
    articles.year,
    patients.text_basis,
    patients.patient_id in (select patient_id from pooled_patients) as is_pooled,
    coalesce(articles.is_retracted, false) as is_retracted,
    patients.patient_id in (select patient_id from merged_patients) as is_same_as_another,
    patients.patient_id in (
        select patient_id_b
        from duplicate_candidates
        where decision is null
    ) as is_likely_duplicate
from patients
join articles using (article_id)
join screenings using (article_id)
where screenings.decision = 'included'

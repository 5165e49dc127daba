-- One row is a pooled patient with what the text says of the dermato-neuro syndrome: present,
-- absent or not_reported.
with stated as (
    select
        patient_id,
        case when bool_or(status = 'present') then 'present' else 'absent' end as status
    from manifestations
    where regexp_matches(lower(manifestation), 'dermato.?neuro')
    group by patient_id
)

select
    pooled_patients.patient_id,
    pooled_patients.article_id,
    pooled_patients.year,
    pooled_patients.sex,
    pooled_patients.age_years,
    pooled_patients.outcome,
    coalesce(stated.status, 'not_reported') as status
from pooled_patients
left join stated using (patient_id)

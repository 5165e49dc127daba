-- Who had a dermato-neuro syndrome, what was given, and how did it end?
with given as (
    select
        patient_id,
        string_agg(therapy || ' (' || replace(response, '_', ' ') || ')', ', ' order by episode)
            as therapies
    from therapy_episodes
    group by patient_id
)

select
    dermato_neuro_patients.patient_id,
    dermato_neuro_patients.year,
    dermato_neuro_patients.sex,
    dermato_neuro_patients.age_years,
    given.therapies,
    dermato_neuro_patients.outcome
from dermato_neuro_patients
left join given using (patient_id)
where dermato_neuro_patients.status = 'present'
order by
    dermato_neuro_patients.year,
    dermato_neuro_patients.patient_id

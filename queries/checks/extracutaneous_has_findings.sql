-- has_extracutaneous agrees with the organs, and without an organ it has a finding of its own.
with organs as (
    select
        patient_id,
        bool_or(status = 'present') as has_organ
    from organ_involvement
    group by patient_id
),

evidence as (
    select distinct
        patient_id,
        try_cast(value as boolean) as value
    from findings
    where field = 'has_extracutaneous' and subject = 'patient'
),

decided as (
    select distinct patient_id
    from corrections
    where field = 'has_extracutaneous' and not is_stale
)

select
    patients.patient_id,
    patients.has_extracutaneous,
    organs.has_organ
from patients
left join organs using (patient_id)
left join evidence
    on evidence.patient_id = patients.patient_id
    and evidence.value = patients.has_extracutaneous
left join decided
    on decided.patient_id = patients.patient_id
where decided.patient_id is null
    and (
        (coalesce(organs.has_organ, false) and patients.has_extracutaneous is distinct from true)
        or (
            patients.has_extracutaneous is not null
            and not coalesce(organs.has_organ, false)
            and evidence.patient_id is null
        )
    )
order by patients.patient_id

-- Every value in patients has at least one finding about the patient, or a reviewer decided it.
with stated as (
    select
        patient_id,
        'age_years' as field,
        age_years::varchar as value
    from patients
    where age_years is not null
    union all
    select
        patient_id,
        'age_low',
        age_low::varchar
    from patients
    where age_low is not null and age_kind = 'range'
    union all
    select
        patient_id,
        'age_high',
        age_high::varchar
    from patients
    where age_high is not null and age_kind = 'range'
    union all
    select
        patient_id,
        'sex',
        sex
    from patients
    where sex is not null
    union all
    select
        patient_id,
        'paraprotein_status',
        paraprotein_status
    from patients
    where paraprotein_status <> 'not_reported'
    union all
    select
        patient_id,
        'plasma_cell_disorder',
        plasma_cell_disorder
    from patients
    where plasma_cell_disorder is not null
    union all
    select
        patient_id,
        'outcome',
        outcome
    from patients
    where outcome <> 'not_reported'
    union all
    select
        patient_id,
        'follow_up_months',
        follow_up_months::varchar
    from patients
    where follow_up_months is not null
),

evidence as (
    select
        patient_id,
        field,
        value
    from findings
    where subject = 'patient'
),

decided as (
    select
        patient_id,
        field
    from corrections
    where not is_stale
)

select stated.*
from stated
left join evidence
    on evidence.patient_id = stated.patient_id
    and evidence.field = stated.field
    and (
        evidence.value = stated.value
        or try_cast(evidence.value as double) = try_cast(stated.value as double)
    )
left join decided
    on decided.patient_id = stated.patient_id
    and decided.field = stated.field
where evidence.patient_id is null
    and decided.patient_id is null
order by
    stated.patient_id,
    stated.field

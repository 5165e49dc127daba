-- Every episode's therapy, dose, duration, stop, response and relapse has a finding, or a reviewer
-- decided it.
with stated as (
    select
        patient_id,
        episode,
        'therapy' as field,
        therapy as value
    from therapies
    where decided_by = 'rule'
    union all
    select
        patient_id,
        episode,
        'response',
        response
    from therapies
    where response <> 'not_reported' and decided_by = 'rule'
    union all
    select
        patient_id,
        episode,
        'is_relapse',
        'true'
    from therapies
    where is_relapse and decided_by = 'rule'
    union all
    select
        patient_id,
        episode,
        'dose_text',
        null
    from therapies
    where dose_text is not null and decided_by = 'rule'
    union all
    select
        patient_id,
        episode,
        'duration_text',
        duration_text
    from therapies
    where duration_text is not null and decided_by = 'rule'
    union all
    select
        patient_id,
        episode,
        'duration_months',
        printf('%g', duration_months)
    from therapies
    where duration_months is not null and decided_by = 'rule'
    union all
    select
        patient_id,
        episode,
        'is_stopped',
        is_stopped::varchar
    from therapies
    where is_stopped is not null and decided_by = 'rule'
    union all
    select
        patient_id,
        episode,
        'stop_reason',
        stop_reason
    from therapies
    where stop_reason is not null and decided_by = 'rule'
)

select stated.*
from stated
left join findings
    on findings.patient_id = stated.patient_id
    and findings.field = stated.field
    and findings.item = stated.episode
    and findings.subject = 'patient'
    and (stated.value is null or lower(findings.value) = lower(stated.value))
where findings.finding_id is null
order by
    stated.patient_id,
    stated.episode,
    stated.field

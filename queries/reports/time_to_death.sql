-- For whom does the text state both an outcome and the time, as survival needs it?
select
    patient_id,
    year,
    follow_up_months,
    outcome = 'dead' as is_dead
from pooled_patients
where follow_up_months is not null
    and outcome <> 'not_reported'
order by
    follow_up_months,
    patient_id

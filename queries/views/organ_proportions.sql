-- One row is an organ system: how many pooled patients have it of those whose text says whether,
-- with the Wilson interval, the rate of reporting, and the bounds with all silent texts counted as
-- absent (lower) or as present (upper).
with counted as (
    select
        organ,
        count(*) filter (where status = 'present') as n_present,
        count(*) filter (where status = 'absent') as n_absent,
        count(*) filter (where status = 'not_reported') as n_not_reported,
        count(*) as n_patients
    from patient_organs
    group by organ
)

select
    organ,
    n_present,
    n_present + n_absent as n_stated,
    n_not_reported,
    n_patients,
    percent(n_present, n_present + n_absent) as percent_present,
    round(100 * wilson_low(n_present, n_present + n_absent), 1) as wilson_low,
    round(100 * wilson_high(n_present, n_present + n_absent), 1) as wilson_high,
    percent(n_present + n_absent, n_patients) as percent_reporting,
    percent(n_present, n_patients) as lower_bound,
    percent(n_present + n_not_reported, n_patients) as upper_bound
from counted

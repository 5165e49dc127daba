-- How many patients have any organ involved beyond the skin?
with counted as (
    select
        count(*) filter (where has_extracutaneous) as n_present,
        count(*) filter (where not has_extracutaneous) as n_absent,
        count(*) filter (where has_extracutaneous is null) as n_not_reported,
        count(*) as n_patients
    from pooled_patients
)

select
    n_present,
    n_present + n_absent as n_stated,
    n_not_reported,
    n_patients,
    percent(n_present, n_present + n_absent) as percent_present,
    round(100 * wilson_low(n_present, n_present + n_absent), 1) as wilson_low,
    round(100 * wilson_high(n_present, n_present + n_absent), 1) as wilson_high,
    percent(n_present, n_patients) as lower_bound,
    percent(n_present + n_not_reported, n_patients) as upper_bound
from counted

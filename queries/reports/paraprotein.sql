-- How many patients have a monoclonal protein, of those whose text says whether?
with counted as (
    select
        text_basis,
        count(*) filter (where paraprotein_status = 'present') as n_present,
        count(*) filter (where paraprotein_status = 'absent') as n_absent,
        count(*) filter (where paraprotein_status = 'not_reported') as n_not_reported,
        count(*) as n_patients
    from pooled_patients
    group by rollup (text_basis)
)

select
    coalesce(text_basis, 'all') as read_from,
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
order by read_from

-- How well was each fact read, in reports read in full or in other texts, and how many patients have it?
with audited as (
    select
        variable,
        count(*) filter (where is_true and is_read) as n_found,
        count(*) filter (where is_true) as n_true,
        count(*) filter (where not is_true and not is_read) as n_left_out,
        count(*) filter (where not is_true) as n_false,
        'reports of this corpus read in full' as measured_on
    from audited_facts
    group by variable
    having n_true > 0 and n_false > 0
),

measured as (
    from audited
    union all by name
    from accuracy_elsewhere anti join audited using (variable)
)

select
    variable,
    pooled_proportions.n_present,
    pooled_proportions.n_patients,
    pooled_proportions.lower_bound as percent_told,
    n_found,
    n_true,
    n_left_out,
    n_false,
    percent(n_found, n_true) as percent_sensitivity,
    percent(n_left_out, n_false) as percent_specificity,
    measured_on
from measured
join pooled_proportions using (variable)
order by variable

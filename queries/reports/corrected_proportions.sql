-- How well was each fact read in the reports that a reviewer read in full, and how many patients have it?
with audited as (
    select
        variable,
        count(*) filter (where is_true and is_read) as n_found,
        count(*) filter (where is_true) as n_true,
        count(*) filter (where not is_true and not is_read) as n_left_out,
        count(*) filter (where not is_true) as n_false
    from audited_facts
    group by variable
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
    percent(n_left_out, n_false) as percent_specificity
from audited
join pooled_proportions using (variable)
order by variable

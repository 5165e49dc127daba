-- Which organs are involved together, in the patients with at least one organ involved?
with involved as (
    select
        patient_id,
        string_agg(variable, ' + ' order by variable) as organs,
        count(*) as n_organs
    from patient_facts
    where is_pooled
        and status = 'present'
        and variable in (select organ from organ_systems)
    group by patient_id
)

select
    organs,
    n_organs,
    count(*) as n_patients,
    sum(count(*)) over ()::integer as n_with_an_organ,
    percent(count(*), sum(count(*)) over ()) as percent_of_them
from involved
group by
    organs,
    n_organs
order by
    n_patients desc,
    n_organs,
    organs

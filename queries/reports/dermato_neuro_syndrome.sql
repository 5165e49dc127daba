-- How many patients had a dermato-neuro syndrome, of those whose text says whether, and how many died?
with counted as (
    select
        count(*) filter (where status = 'present') as n_present,
        count(*) filter (where status <> 'not_reported') as n_stated,
        count(*) filter (where status = 'not_reported') as n_not_reported,
        count(*) as n_patients,
        count(*) filter (where status = 'present' and outcome = 'dead') as n_dead,
        count(*) filter (where status = 'present' and outcome <> 'not_reported')
            as n_with_outcome
    from dermato_neuro_patients
)

select
    n_present,
    n_stated,
    n_not_reported,
    n_patients,
    percent(n_present, n_stated) as percent_present,
    percent(n_present, n_patients) as lower_bound,
    percent(n_present + n_not_reported, n_patients) as upper_bound,
    n_dead,
    n_with_outcome,
    percent(n_dead, n_with_outcome) as percent_dead
from counted

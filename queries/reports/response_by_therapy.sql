-- How did the disease respond to each therapy, of the episodes whose text says so?
with counted as (
    select
        therapy,
        count(distinct patient_id) as n_patients,
        count(*) as n_episodes,
        count(*) filter (where response = 'complete') as n_complete,
        count(*) filter (where response = 'partial') as n_partial,
        count(*) filter (where response = 'improved') as n_improved,
        count(*) filter (where response = 'none') as n_none,
        count(*) filter (where response = 'worse') as n_worse,
        count(*) filter (where response = 'not_reported') as n_not_reported,
        count(*) filter (where is_relapse) as n_relapse
    from therapy_episodes
    group by therapy
),

summed as (
    select
        *,
        n_complete + n_partial + n_improved as n_benefit,
        n_episodes - n_not_reported as n_stated
    from counted
)

select
    therapy,
    n_patients,
    n_episodes,
    n_complete,
    n_partial,
    n_improved,
    n_none,
    n_worse,
    n_not_reported,
    n_relapse,
    n_benefit,
    n_stated,
    percent(n_benefit, n_stated) as percent_benefit,
    round(100 * wilson_low(n_benefit, n_stated), 1) as wilson_low,
    round(100 * wilson_high(n_benefit, n_stated), 1) as wilson_high
from summed
order by
    n_episodes desc,
    therapy

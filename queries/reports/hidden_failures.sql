-- How many failures that nobody published would bring the benefit of a therapy down to one half?
with counted as (
    select
        therapy,
        count(*) filter (where response in ('complete', 'partial', 'improved')) as n_benefit,
        count(*) filter (where response <> 'not_reported') as n_stated,
        count(*) filter (where response = 'not_reported') as n_not_reported
    from therapy_episodes
    group by therapy
)

select
    therapy,
    n_benefit,
    n_stated,
    n_not_reported,
    percent(n_benefit, n_stated) as percent_benefit,
    greatest(0, 2 * n_benefit - n_stated) as n_failures_to_half
from counted
where n_stated > 0
order by
    n_stated desc,
    therapy

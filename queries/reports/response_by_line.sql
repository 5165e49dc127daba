-- How did the disease respond in first and later lines, alone and in combination?
with grouped as (
    select
        case
            when line is null then 'not reported'
            when line = 1 then 'first'
            else 'later'
        end as line_group,
        case
            when is_combination is null then 'not reported'
            when is_combination then 'combination'
            else 'alone'
        end as given,
        response,
        patient_id
    from therapy_episodes
)

select
    line_group,
    given,
    count(*) as n_episodes,
    count(distinct patient_id) as n_patients,
    count(*) filter (where response in ('complete', 'partial', 'improved')) as n_benefit,
    count(*) filter (where response <> 'not_reported') as n_stated,
    count(*) filter (where response = 'not_reported') as n_not_reported,
    percent(
        count(*) filter (where response in ('complete', 'partial', 'improved')),
        count(*) filter (where response <> 'not_reported')
    ) as percent_benefit
from grouped
group by
    line_group,
    given
order by
    line_group,
    given

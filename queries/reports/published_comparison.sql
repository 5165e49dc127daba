-- How do the patients of this corpus compare with the published series, side by side?
with courses as (
    select
        therapy || ':' || kind as variable,
        count(*) filter (
            where response = 'complete'
                or (kind = 'benefit' and response in ('partial', 'improved'))
        ) as n_present,
        count(*) filter (where response <> 'not_reported') as n_stated
    from therapy_episodes
    cross join (values ('complete'), ('benefit')) as kinds (kind)
    group by
        therapy,
        kind
),

ours as (
    select
        variable,
        n_present,
        n_stated
    from pooled_proportions
    union all
    select *
    from courses
),

rows_shown as (
    select
        variable,
        1 as position,
        'this corpus' as series,
        null::integer as year,
        coalesce(ours.n_present, 0) as n_present,
        coalesce(ours.n_stated, 0) as n_stated,
        null as left_out
    from (select distinct variable from published_counts)
    left join ours using (variable)
    union all
    select
        variable,
        2,
        series,
        year,
        n_present,
        n_stated,
        left_out
    from published_counts
),

sorted as (
    select
        *,
        case
            when variable like '%:%' then 'therapy'
            when variable in (select organ from organ_systems) then 'organ'
            else 'fact'
        end as kind
    from rows_shown
)

select
    variable,
    series,
    n_present,
    n_stated,
    percent(n_present, n_stated) as percent_present,
    round(100 * wilson_low(n_present, n_stated), 1) as wilson_low,
    round(100 * wilson_high(n_present, n_stated), 1) as wilson_high,
    left_out,
    kind
from sorted
order by
    kind,
    variable,
    position,
    year,
    series

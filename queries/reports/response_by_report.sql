-- Are responses told more often in small reports, in some years, or where the title names a therapy?
with sized as (
    select
        article_id,
        count(*) as n_patients
    from pooled_patients
    group by article_id
),

titled as (
    select distinct article_id
    from findings
    where field = 'therapy'
        and section = 'title'
),

told as (
    select
        therapy_episodes.response,
        case
            when sized.n_patients = 1 then '1 patient'
            when sized.n_patients < 10 then '2 to 9 patients'
            else '10 patients or more'
        end as size,
        case
            when therapy_episodes.year is null then 'no year'
            else (therapy_episodes.year // 10 * 10)::varchar || ' to '
                || (therapy_episodes.year // 10 * 10 + 9)::varchar
        end as decade,
        case
            when titled.article_id is null then 'title names no therapy'
            else 'title names a therapy'
        end as title
    from therapy_episodes
    join sized using (article_id)
    left join titled using (article_id)
),

grouped as (
    unpivot told
    on size, decade, title
    into
        name told_by
        value report
)

select
    told_by,
    report,
    count(*) as n_episodes,
    count(*) filter (where response in ('complete', 'partial', 'improved')) as n_benefit,
    count(*) filter (where response <> 'not_reported') as n_stated,
    count(*) filter (where response = 'not_reported') as n_not_reported,
    percent(
        count(*) filter (where response in ('complete', 'partial', 'improved')),
        count(*) filter (where response <> 'not_reported')
    ) as percent_benefit,
    round(
        100 * wilson_low(
            count(*) filter (where response in ('complete', 'partial', 'improved')),
            count(*) filter (where response <> 'not_reported')
        ),
        1
    ) as wilson_low,
    round(
        100 * wilson_high(
            count(*) filter (where response in ('complete', 'partial', 'improved')),
            count(*) filter (where response <> 'not_reported')
        ),
        1
    ) as wilson_high
from grouped
group by
    told_by,
    report
order by
    told_by desc,
    report

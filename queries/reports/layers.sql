-- Which counts go into the pooling by model: each report with patients, each series, each published one?
with layers as (
    select
        variable,
        'patients' as layer,
        article_id as study,
        any_value(year) as year,
        count(*) filter (where status = 'present') as n_present,
        count(*) filter (where status <> 'not_reported') as n_stated,
        null as left_out
    from patient_facts
    where is_pooled
    group by
        variable,
        article_id
    having count(*) filter (where status <> 'not_reported') > 0
    union all
    select
        variable,
        'series',
        coalesce(series, article_id),
        year,
        n_present,
        n_stated,
        left_out
    from series_figures
    where variable in (select variable from patient_facts)
    union all
    select
        variable,
        'published',
        series,
        year,
        n_present,
        n_stated,
        left_out
    from published_counts
    where variable not like '%:%'
)

select *
from layers
order by
    case variable
        when 'paraprotein' then 1
        when 'igg_lambda' then 2
        when 'male' then 3
        when 'extracutaneous' then 4
        when 'dermato_neuro_syndrome' then 5
        when 'deaths' then 6
        else 7
    end,
    variable,
    layer,
    study

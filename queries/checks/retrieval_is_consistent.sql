-- Retrieval tells of each record once, in words of its lists, and of no report that is not there.
select
    'key occurs twice' as problem,
    database || ' ' || record_id as key
from retrieval
group by
    database,
    record_id
having count(*) > 1
union all
select
    'unknown status ' || coalesce(status, 'null'),
    database || ' ' || record_id
from retrieval
where not coalesce(
    case database
        when 'pubmed' then status in ('current', 'left', 'deleted', 'absent', 'failed')
        when 'pmc' then status in ('obtained', 'blocked', 'absent', 'failed')
    end,
    false
)
union all
select
    'no such report',
    retrieval.article_id
from retrieval
anti join articles using (article_id)
where retrieval.article_id is not null
union all
select
    'change or search of an unknown refresh',
    refresh_id
from (
    select refresh_id
    from refresh_changes
    union all
    select refresh_id
    from searches
)
anti join refreshes using (refresh_id)
union all
select
    'figure of this file is not that of pooled_figures',
    figures_before_after.figure
from figures_before_after
left join pooled_figures using (position, figure)
where figures_before_after.n_after is distinct from pooled_figures.n
    or figures_before_after.n_stated_after is distinct from pooled_figures.n_stated

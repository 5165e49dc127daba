-- Who and what is in no list: reports without an individual patient, and names written other:?
with outside as (
    select
        'therapy outside the main list' as what,
        therapy as name,
        article_id
    from therapy_episodes
    where therapy like 'other:%'
    union all
    select
        'finding outside the main list',
        findings.value,
        findings.article_id
    from findings
    join pooled_articles using (article_id)
    where findings.value like 'other:%'
        and findings.subject = 'patient'
        and findings.field <> 'therapy'
    union all
    select
        'report without an individual patient',
        pooled_articles.title,
        pooled_articles.article_id
    from pooled_articles
    anti join patients using (article_id)
)

select
    what,
    name,
    count(*) as n,
    string_agg(distinct article_id, ', ' order by article_id) as reports
from outside
group by
    what,
    name
order by
    what,
    n desc,
    name

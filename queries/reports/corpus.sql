-- What is this database made of, and how many reports and patients are left at each step?
select
    1 as step,
    'reports read' as what,
    count(*) as n
from articles
union all
select
    2,
    'of them from the ' || source || ' source',
    count(*)
from articles
group by source
union all
select
    3,
    'files or records that are no report',
    count(*)
from parse_problems
union all
select
    4,
    'reports excluded',
    count(*)
from screenings
where decision = 'excluded'
union all
select
    5,
    'reports included',
    count(*)
from screenings
where decision = 'included'
union all
select
    6,
    'included reports whose extraction failed',
    count(*)
from screenings
join extractions using (article_id)
where decision = 'included' and status = 'failed'
union all
select
    7,
    'included reports that were retracted',
    count(*)
from screenings
join articles using (article_id)
where decision = 'included' and is_retracted
union all
select
    8,
    'reports in pooled figures',
    count(*)
from pooled_articles
union all
select
    9,
    'patients individually described in them',
    count(*)
from pooled_patients
order by
    step,
    what

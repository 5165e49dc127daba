-- Which reports or files could not be read or extracted, and why?
select
    'extraction failed' as what,
    extractions.article_id as name,
    extractions.message as reason
from extractions
where extractions.status = 'failed'
union all
select
    'not a report',
    raw_file || coalesce(', ' || record, ''),
    reason
from parse_problems
order by
    what,
    name

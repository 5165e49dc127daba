-- The evidence of every value; the words only where the licence of the report allows it.
select
    findings.* replace (
        case when is_quotable then sentence end as sentence,
        case when is_quotable then quote end as quote
    )
from findings
join quotable_articles using (article_id)
order by
    article_id,
    section,
    char_start,
    char_end,
    finding_id

-- The decision on every report; the deciding words only where the licence allows it.
select
    screenings.* replace (case when is_quotable then quote end as quote)
from screenings
join quotable_articles using (article_id)
order by article_id

-- One row is a report that pooled figures may use: included, not retracted, and extracted.
select articles.*
from articles
join screenings using (article_id)
join extractions using (article_id)
where screenings.decision = 'included'
    and extractions.status = 'ran'
    and not coalesce(articles.is_retracted, false)

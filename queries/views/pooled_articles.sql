-- One row is a report that pooled figures may use: included, extracted, neither retracted nor
-- deleted at PubMed. One that merely left the search stays in, with its flag.
select articles.*
from articles
join screenings using (article_id)
join extractions using (article_id)
where screenings.decision = 'included'
    and extractions.status = 'ran'
    and not coalesce(articles.is_retracted, false)
    and coalesce(articles.retrieval_status, '') <> 'deleted'

-- No included report was left unextracted without being listed as failed.
select
    screenings.article_id,
    extractions.status
from screenings
left join extractions using (article_id)
where screenings.decision = 'included'
    and coalesce(extractions.status, 'missing') not in ('ran', 'failed')
order by screenings.article_id

-- Which reports were left out, for which reason, and which words decided?
select
    screenings.reason,
    screenings.article_id,
    articles.year,
    articles.title,
    screenings.quote,
    screenings.decided_by
from screenings
join articles using (article_id)
where screenings.decision = 'excluded'
order by
    screenings.reason,
    screenings.article_id

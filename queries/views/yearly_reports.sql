-- One row is a year of publication with its reports; the year is null where the record gives none.
select
    articles.year,
    count(*) as n_reports,
    count(*) filter (where screenings.decision = 'included') as n_included,
    count(*) filter (where screenings.decision = 'excluded') as n_excluded,
    count(*) filter (where articles.is_retracted) as n_retracted,
    count(*) filter (where articles.has_full_text) as n_full_text
from articles
left join screenings using (article_id)
group by articles.year

-- Every report was screened, exactly once.
select
    articles.article_id,
    count(screenings.article_id) as n_screenings
from articles
left join screenings using (article_id)
group by articles.article_id
having count(screenings.article_id) <> 1
order by articles.article_id

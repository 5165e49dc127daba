-- One row is a patient of an included report that was retracted: kept apart, in no pooled figure.
select
    patients.*,
    articles.year,
    articles.title
from patients
join articles using (article_id)
join screenings using (article_id)
where screenings.decision = 'included'
    and articles.is_retracted

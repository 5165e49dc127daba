-- Which reports were retracted, and which patients are therefore in no pooled figure?
select
    articles.article_id,
    articles.year,
    articles.title,
    screenings.decision,
    count(retracted_patients.patient_id) as n_patients_left_out
from articles
join screenings using (article_id)
left join retracted_patients using (article_id)
where articles.is_retracted
group by
    articles.article_id,
    articles.year,
    articles.title,
    screenings.decision
order by articles.article_id

-- Which records are new, revised, gone, retracted or corrected since the file before this one, and why?
select
    refresh_changes.change,
    refresh_changes.record_id,
    articles.year,
    articles.title,
    screenings.decision,
    refresh_changes.reason
from refresh_changes
left join articles using (article_id)
left join screenings using (article_id)
where refresh_changes.is_since_last_file
order by
    refresh_changes.change,
    refresh_changes.record_id

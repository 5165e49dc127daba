-- How was Entrez searched by the last refresh, how did it translate the searches, and what did it remark?
select
    searches.name,
    searches.database,
    searches.n_found,
    refreshes.started_on,
    searches.sent,
    searches.translated,
    searches.warnings
from searches
join refreshes using (refresh_id)
where refreshes.started_on = (
    select max(started_on)
    from refreshes
    where finished_on is not null
)
order by
    searches.purpose,
    searches.database desc

-- What did each refresh from Entrez change, and what of it is new since the file before this one?
select
    refresh_changes.refresh_id,
    refreshes.finished_on,
    refresh_changes.change,
    count(*) as n_records,
    count(*) filter (where refresh_changes.is_since_last_file) as n_since_last_file,
    array_to_string(
        list(refresh_changes.record_id order by refresh_changes.record_id)[1:10],
        ', '
    ) || case when count(*) > 10 then ', ...' else '' end as records
from refresh_changes
join refreshes using (refresh_id)
group by
    refresh_changes.refresh_id,
    refreshes.finished_on,
    refresh_changes.change
order by
    refresh_changes.refresh_id desc,
    refresh_changes.change

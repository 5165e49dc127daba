-- What do the reports not say, and for how many patients?
select
    field,
    count(*) filter (where is_stated) as n_stated,
    count(*) filter (where not is_stated) as n_not_reported,
    count(*) as n_patients,
    percent(count(*) filter (where not is_stated), count(*)) as percent_not_reported
from reported_values
group by field
order by
    n_not_reported desc,
    field

-- How many reports were left out for each reason?
select
    reason,
    count(*) as n_reports
from screenings
where decision = 'excluded'
group by reason
order by
    n_reports desc,
    reason

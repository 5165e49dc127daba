-- How many reports appeared in each year?
select *
from yearly_reports
order by year nulls last

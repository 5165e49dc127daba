-- How did the disease respond to drugs given together, course by course?
select
    therapies,
    count(*) as n_courses,
    count(distinct patient_id) as n_patients,
    count(*) filter (where line = 1) as n_first_line,
    count(*) filter (where response in ('complete', 'partial', 'improved')) as n_benefit,
    count(*) filter (where response = 'mixed') as n_mixed,
    count(*) filter (where response not in ('not_reported', 'mixed')) as n_stated,
    count(*) filter (where response = 'not_reported') as n_not_reported,
    percent(
        count(*) filter (where response in ('complete', 'partial', 'improved')),
        count(*) filter (where response not in ('not_reported', 'mixed'))
    ) as percent_benefit
from therapy_courses
where n_drugs > 1
group by therapies
order by
    n_courses desc,
    therapies

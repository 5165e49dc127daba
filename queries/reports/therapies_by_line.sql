-- Which therapies were given in which line?
select
    therapy,
    any_value(therapy_class) as therapy_class,
    count(*) filter (where line = 1) as n_first_line,
    count(*) filter (where line = 2) as n_second_line,
    count(*) filter (where line >= 3) as n_later_lines,
    count(*) filter (where line is null) as n_line_not_reported,
    count(*) as n_episodes,
    count(distinct patient_id) as n_patients
from therapy_episodes
group by therapy
order by
    n_episodes desc,
    therapy

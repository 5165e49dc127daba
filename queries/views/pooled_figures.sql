-- One row is a pooled figure by which two files are compared: the number that has it, of those
-- whose text says whether (null where the figure is a plain number).
select
    1 as position,
    'reports' as figure,
    count(*) as n,
    null::bigint as n_stated
from pooled_articles
union all
select
    2,
    'patients',
    count(*),
    null
from pooled_patients
union all
select
    3,
    'women',
    count(*) filter (where sex = 'female'),
    count(sex)
from pooled_patients
union all
select
    4,
    'monoclonal protein',
    count(*) filter (where paraprotein_status = 'present'),
    count(*) filter (where paraprotein_status <> 'not_reported')
from pooled_patients
union all
select
    5,
    'organ: ' || organ,
    n_present,
    n_stated
from organ_proportions
union all
select
    6,
    'episodes with benefit',
    count(*) filter (where response in ('complete', 'partial', 'improved')),
    count(*) filter (where response <> 'not_reported')
from therapy_episodes
union all
select
    7,
    'benefit of ' || therapy,
    count(*) filter (where response in ('complete', 'partial', 'improved')),
    count(*) filter (where response <> 'not_reported')
from therapy_episodes
group by therapy
union all
select
    8,
    'deaths',
    count(*) filter (where outcome = 'dead'),
    count(*) filter (where outcome <> 'not_reported')
from pooled_patients

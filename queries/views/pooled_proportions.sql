-- One row is a yes-or-no fact over all pooled patients: how many have it of those whose text says
-- whether, the Wilson interval, the rate of reporting, the bounds with every silent text counted as
-- absent (lower) or as present (upper), and the share of those stated that rests on abstracts only.
with counted as (
    select
        variable,
        count(distinct article_id) filter (where status <> 'not_reported') as n_reports,
        count(*) filter (where status = 'present') as n_present,
        count(*) filter (where status <> 'not_reported') as n_stated,
        count(*) filter (where status = 'not_reported') as n_not_reported,
        count(*) as n_patients,
        count(*) filter (where status <> 'not_reported' and text_basis = 'abstract')
            as n_from_abstracts
    from patient_facts
    where is_pooled
    group by variable
)

select
    variable,
    n_reports,
    n_present,
    n_stated,
    n_not_reported,
    n_patients,
    percent(n_present, n_stated) as percent_present,
    round(100 * wilson_low(n_present, n_stated), 1) as wilson_low,
    round(100 * wilson_high(n_present, n_stated), 1) as wilson_high,
    percent(n_stated, n_patients) as percent_reporting,
    percent(n_present, n_patients) as lower_bound,
    percent(n_present + n_not_reported, n_patients) as upper_bound,
    percent(n_from_abstracts, n_stated) as percent_from_abstracts
from counted

-- One row is a pooled figure before and after patients of several reports were taken for one
-- person: the patients who have it, and those whose text says whether.
with everyone as (
    select
        patients.*,
        patients.patient_id not in (select patient_id from merged_patients) as is_counted
    from patients
    join pooled_articles using (article_id)
),

facts as (
    select
        1 as position,
        'patients' as figure,
        is_counted,
        true as is_stated,
        true as has_it
    from everyone
    union all
    select
        2,
        'women',
        is_counted,
        sex is not null,
        sex = 'female'
    from everyone
    union all
    select
        3,
        'monoclonal protein',
        is_counted,
        paraprotein_status <> 'not_reported',
        paraprotein_status = 'present'
    from everyone
    union all
    select
        4,
        'organ: ' || organ,
        is_counted,
        true,
        status = 'present'
    from everyone
    join organ_involvement using (patient_id)
    union all
    select
        5,
        'treatment episodes with benefit',
        is_counted,
        response <> 'not_reported',
        response in ('complete', 'partial', 'improved')
    from everyone
    join therapies using (patient_id)
    union all
    select
        6,
        'deaths',
        is_counted,
        outcome <> 'not_reported',
        outcome = 'dead'
    from everyone
)

select
    position,
    figure,
    count(*) filter (where has_it) as n_before,
    count(*) filter (where is_stated) as n_stated_before,
    count(*) filter (where has_it and is_counted) as n_after,
    count(*) filter (where is_stated and is_counted) as n_stated_after
from facts
group by
    position,
    figure

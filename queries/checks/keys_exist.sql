-- Every row belongs to a report or patient that is there.
with owned as (
    select
        'sections' as table_name,
        article_id
    from sections
    union all
    select
        'screenings',
        article_id
    from screenings
    union all
    select
        'extractions',
        article_id
    from extractions
    union all
    select
        'patients',
        article_id
    from patients
    union all
    select
        'findings',
        article_id
    from findings
    union all
    select
        'cohorts',
        article_id
    from cohorts
),

belonging as (
    select
        'paraproteins' as table_name,
        patient_id
    from paraproteins
    union all
    select
        'organ_involvement',
        patient_id
    from organ_involvement
    union all
    select
        'manifestations',
        patient_id
    from manifestations
    union all
    select
        'therapies',
        patient_id
    from therapies
)

select
    owned.table_name,
    owned.article_id as key
from owned
anti join articles using (article_id)
union all
select
    belonging.table_name,
    belonging.patient_id
from belonging
anti join patients using (patient_id)

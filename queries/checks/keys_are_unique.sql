-- No key occurs twice.
select
    'articles' as table_name,
    article_id as key
from articles
group by article_id
having count(*) > 1
union all
select
    'sections',
    article_id || ' ' || section
from sections
group by
    article_id,
    section
having count(*) > 1
union all
select
    'extractions',
    article_id
from extractions
group by article_id
having count(*) > 1
union all
select
    'patients',
    patient_id
from patients
group by patient_id
having count(*) > 1
union all
select
    'paraproteins',
    patient_id || ' ' || item::varchar
from paraproteins
group by
    patient_id,
    item
having count(*) > 1
union all
select
    'organ_involvement',
    patient_id || ' ' || organ
from organ_involvement
group by
    patient_id,
    organ
having count(*) > 1
union all
select
    'manifestations',
    patient_id || ' ' || organ || ' ' || manifestation
from manifestations
group by
    patient_id,
    organ,
    manifestation
having count(*) > 1
union all
select
    'therapies',
    patient_id || ' ' || episode::varchar
from therapies
group by
    patient_id,
    episode
having count(*) > 1
union all
select
    'findings',
    finding_id
from findings
group by finding_id
having count(*) > 1

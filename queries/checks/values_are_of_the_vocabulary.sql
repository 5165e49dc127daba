-- Every value with a closed list is of that list, and the ends of an age range are in order.
select
    'screenings.decision' as column_name,
    article_id as key,
    decision as value
from screenings
where coalesce(decision, '') not in ('included', 'excluded')
union all
select
    'screenings.design',
    article_id,
    design
from screenings
where coalesce(design, '')
    not in ('case_report', 'case_series', 'cohort', 'review', 'trial', 'other')
union all
select
    'articles.source',
    article_id,
    source
from articles
where coalesce(source, '') not in ('entrez', 'import', 'starter')
union all
select
    'patients.sex',
    patient_id,
    sex
from patients
where sex not in ('female', 'male')
union all
select
    'patients.age',
    patient_id,
    coalesce(age_years, age_low, age_high)::varchar
from patients
where age_low > age_high
    or (age_kind = 'exact' and age_years is null)
    or (age_kind is null and coalesce(age_years, age_low, age_high) is not null)
union all
select
    'patients.paraprotein_status',
    patient_id,
    paraprotein_status
from patients
where coalesce(paraprotein_status, '') not in ('present', 'absent', 'not_reported')
union all
select
    'patients.plasma_cell_disorder',
    patient_id,
    plasma_cell_disorder
from patients
where plasma_cell_disorder
    not in ('MGUS', 'smouldering_myeloma', 'multiple_myeloma', 'waldenstrom', 'other')
union all
select
    'patients.outcome',
    patient_id,
    outcome
from patients
where coalesce(outcome, '') not in ('alive', 'dead', 'not_reported')
union all
select
    'organ_involvement.status',
    patient_id,
    status
from organ_involvement
where coalesce(status, '') not in ('present', 'absent')
union all
select
    'manifestations.status',
    patient_id,
    status
from manifestations
where coalesce(status, '') not in ('present', 'absent')
union all
select
    'paraproteins.heavy_chain',
    patient_id,
    heavy_chain
from paraproteins
where heavy_chain not in ('IgG', 'IgA', 'IgM', 'IgD', 'IgE')
union all
select
    'paraproteins.light_chain',
    patient_id,
    light_chain
from paraproteins
where light_chain not in ('kappa', 'lambda')
union all
select
    'therapies.response',
    patient_id,
    response
from therapies
where coalesce(response, '')
    not in ('complete', 'partial', 'improved', 'none', 'worse', 'not_reported')
union all
select
    'therapies.stop_reason',
    patient_id,
    stop_reason
from therapies
where stop_reason not in (
    'adverse_effect', 'no_response', 'remission', 'patient_choice', 'death', 'completed', 'other'
)
    or (stop_reason is not null and is_stopped is distinct from true and decided_by = 'rule')
union all
select
    'therapies.duration_months',
    patient_id,
    duration_months::varchar
from therapies
where duration_months <= 0
union all
select
    'cohorts.numerator',
    article_id,
    numerator::varchar || ' of ' || denominator::varchar
from cohorts
where numerator > denominator

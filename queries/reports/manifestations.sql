-- Which findings below the organ level are described, and in how many patients?
with totals as (
    select count(*) as n_patients
    from pooled_patients
)

select
    manifestations.organ,
    manifestations.manifestation,
    manifestations.hpo_id,
    count(distinct manifestations.patient_id) filter (where manifestations.status = 'present')
        as n_present,
    count(distinct manifestations.patient_id) as n_stated,
    totals.n_patients - count(distinct manifestations.patient_id) as n_not_reported
from manifestations
join pooled_patients using (patient_id)
cross join totals
group by
    manifestations.organ,
    manifestations.manifestation,
    manifestations.hpo_id,
    totals.n_patients
order by
    n_present desc,
    manifestations.organ,
    manifestations.manifestation

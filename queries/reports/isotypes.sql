-- Which isotypes do the monoclonal proteins have?
with patients_with_isotype as (
    select
        patient_id,
        string_agg(isotype, ' + ' order by item) as isotype
    from patient_isotypes
    where isotype is not null
    group by patient_id
),

with_paraprotein as (
    select
        pooled_patients.patient_id,
        patients_with_isotype.isotype
    from pooled_patients
    left join patients_with_isotype using (patient_id)
    where pooled_patients.paraprotein_status = 'present'
),

totals as (
    select
        count(isotype) as n_typed,
        count(*) - count(isotype) as n_not_reported
    from with_paraprotein
)

select
    with_paraprotein.isotype,
    count(*) as n_patients,
    totals.n_typed,
    totals.n_not_reported,
    percent(count(*), totals.n_typed) as percent_of_typed,
    round(100 * wilson_low(count(*), totals.n_typed), 1) as wilson_low,
    round(100 * wilson_high(count(*), totals.n_typed), 1) as wilson_high
from with_paraprotein
cross join totals
where with_paraprotein.isotype is not null
group by
    with_paraprotein.isotype,
    totals.n_typed,
    totals.n_not_reported
order by
    n_patients desc,
    with_paraprotein.isotype

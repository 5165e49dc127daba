-- Which isotypes do the monoclonal proteins have? (A ? is a chain not stated: counted, in no share.)
with patients_with_isotype as (
    select
        patient_id,
        string_agg(isotype, ' + ' order by item) as isotype,
        bool_and(heavy_chain is not null and light_chain is not null) as is_typed
    from patient_isotypes
    where isotype is not null
    group by patient_id
),

with_paraprotein as (
    select
        pooled_patients.patient_id,
        patients_with_isotype.isotype,
        coalesce(patients_with_isotype.is_typed, false) as is_typed
    from pooled_patients
    left join patients_with_isotype using (patient_id)
    where pooled_patients.paraprotein_status = 'present'
),

-- Whose chains are not both stated may have any isotype: not reported, never another one.
totals as (
    select
        count(*) filter (where is_typed) as n_typed,
        count(*) filter (where not is_typed) as n_not_reported
    from with_paraprotein
)

select
    with_paraprotein.isotype,
    count(*) as n_patients,
    totals.n_typed,
    totals.n_not_reported,
    case when is_typed then percent(count(*), totals.n_typed) end as percent_of_typed,
    case when is_typed then round(100 * wilson_low(count(*), totals.n_typed), 1) end as wilson_low,
    case when is_typed then round(100 * wilson_high(count(*), totals.n_typed), 1) end as wilson_high
from with_paraprotein
cross join totals
where with_paraprotein.isotype is not null
group by
    with_paraprotein.isotype,
    is_typed,
    totals.n_typed,
    totals.n_not_reported
order by
    n_patients desc,
    with_paraprotein.isotype

-- One row is a pooled patient and a field, and whether the text states it; what is not stated is
-- missing, never absent.
with fields as (
    select
        patient_id,
        age_years is not null or age_low is not null or age_high is not null as age,
        sex is not null as sex,
        paraprotein_status <> 'not_reported' as paraprotein,
        exists (
            select 1
            from paraproteins
            where paraproteins.patient_id = pooled_patients.patient_id
                and heavy_chain is not null
                and light_chain is not null
        ) as isotype,
        plasma_cell_disorder is not null as plasma_cell_disorder,
        has_extracutaneous is not null as has_extracutaneous,
        exists (
            select 1
            from therapies
            where therapies.patient_id = pooled_patients.patient_id
        ) as therapy,
        exists (
            select 1
            from therapies
            where therapies.patient_id = pooled_patients.patient_id
                and response <> 'not_reported'
        ) as response,
        outcome <> 'not_reported' as outcome,
        follow_up_months is not null as follow_up
    from pooled_patients
)

unpivot fields
on columns(* exclude (patient_id))
into
    name field
    value is_stated

-- One row is a value that a patient's row or one of the rows below it states, named and written as
-- in corrections.csv; what is not stated has no row.
with scalars as (
    select
        patient_id,
        null::varchar as key,
        unnest([
            {'name': 'age_years', 'value': printf('%g', age_years)},
            {'name': 'age_low', 'value': printf('%g', age_low)},
            {'name': 'age_high', 'value': printf('%g', age_high)},
            {'name': 'sex', 'value': sex},
            {'name': 'paraprotein_status', 'value': nullif(paraprotein_status, 'not_reported')},
            {'name': 'plasma_cell_disorder', 'value': plasma_cell_disorder},
            {'name': 'has_extracutaneous', 'value': has_extracutaneous::varchar},
            {'name': 'outcome', 'value': nullif(outcome, 'not_reported')},
            {'name': 'follow_up_months', 'value': printf('%g', follow_up_months)}
        ], recursive := true)
    from patients
),

components as (
    select
        patient_id,
        item::varchar as key,
        unnest([
            {'name': 'heavy_chain', 'value': heavy_chain},
            {'name': 'light_chain', 'value': light_chain},
            {'name': 'concentration_g_per_l', 'value': printf('%g', concentration_g_per_l)}
        ], recursive := true)
    from paraproteins
),

episodes as (
    select
        patient_id,
        episode::varchar as key,
        unnest([
            {'name': 'therapy', 'value': therapy},
            {'name': 'response', 'value': nullif(response, 'not_reported')},
            {'name': 'is_relapse', 'value': case when is_relapse then 'true' end},
            {'name': 'dose_text', 'value': dose_text},
            {'name': 'duration_text', 'value': duration_text},
            {'name': 'duration_months', 'value': printf('%g', duration_months)},
            {'name': 'is_stopped', 'value': is_stopped::varchar},
            {'name': 'stop_reason', 'value': stop_reason},
            {'name': 'line', 'value': line::varchar}
        ], recursive := true)
    from therapies
),

stated as (
    select patient_id, key, name, value from scalars where value is not null
    union all
    select patient_id, key, name, value from components where value is not null
    union all
    select patient_id, key, name, value from episodes where value is not null
    union all
    select patient_id, organ, 'organ', status from organ_involvement
    union all
    select patient_id, manifestation, 'manifestation', status from manifestations
)

select
    stated.patient_id,
    patients.article_id,
    stated.name,
    case when stated.key is null then stated.name else stated.name || '[' || stated.key || ']' end
        as field,
    stated.key,
    stated.value
from stated
join patients using (patient_id)

-- What changes without likely duplicates, with retracted reports, or with one kind of text only?
with sets as (
    select
        described_patients.patient_id,
        unnest([
            case when is_pooled then '1 all pooled patients' end,
            case when is_pooled and not is_likely_duplicate then '2 without likely duplicates' end,
            case
                when is_pooled or (is_same_as_another and not is_retracted)
                    then '3 with patients decided to be the same as another'
            end,
            case when is_pooled or is_retracted then '4 with retracted reports' end,
            case when is_pooled and text_basis = 'full_text' then '5 full texts only' end,
            case when is_pooled and text_basis = 'abstract' then '6 abstracts only' end
        ]) as of_patients
    from described_patients
),

counted as (
    select
        sets.of_patients,
        patient_facts.variable,
        count(*) filter (where patient_facts.status = 'present') as n_present,
        count(*) filter (where patient_facts.status <> 'not_reported') as n_stated
    from sets
    join patient_facts using (patient_id)
    where sets.of_patients is not null
    group by
        sets.of_patients,
        patient_facts.variable
),

told as (
    select
        of_patients,
        variable,
        n_present || ' of ' || n_stated
            || coalesce(' (' || percent(n_present, n_stated) || ' %)', '') as share
    from counted
)

select
    told.of_patients[3:] as of_patients,
    (select count(*) from sets where sets.of_patients = told.of_patients) as n_patients,
    max(share) filter (where variable = 'male') as men,
    max(share) filter (where variable = 'paraprotein') as monoclonal_protein,
    max(share) filter (where variable = 'igg_lambda') as igg_lambda,
    max(share) filter (where variable = 'extracutaneous') as any_organ,
    max(share) filter (where variable = 'dermato_neuro_syndrome') as dermato_neuro_syndrome,
    max(share) filter (where variable = 'deaths') as died
from told
group by told.of_patients
order by told.of_patients

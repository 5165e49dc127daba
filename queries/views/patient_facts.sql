-- One row is a described patient and a yes-or-no fact: present, absent or not_reported.
-- igg_lambda is asked only of patients with a monoclonal protein.
with typed as (
    select
        patient_id,
        bool_or(heavy_chain = 'IgG' and light_chain = 'lambda') as is_igg_lambda,
        bool_and(heavy_chain is not null and light_chain is not null) as is_typed
    from paraproteins
    group by patient_id
),

dermato_neuro as (
    select
        patient_id,
        max(status) as status  -- 'present' comes after 'absent'
    from manifestations
    where regexp_matches(lower(manifestation), 'dermato.?neuro')
    group by patient_id
),

facts as (
    select
        patient_id,
        'male' as variable,
        sex = 'male' as is_present
    from patients
    union all
    select
        patient_id,
        'paraprotein',
        case paraprotein_status when 'present' then true when 'absent' then false end
    from patients
    union all
    select
        patients.patient_id,
        'igg_lambda',
        case when typed.is_igg_lambda then true when typed.is_typed then false end
    from patients
    left join typed using (patient_id)
    where patients.paraprotein_status = 'present'
    union all
    select
        patient_id,
        'extracutaneous',
        has_extracutaneous
    from patients
    union all
    select
        patients.patient_id,
        'dermato_neuro_syndrome',
        dermato_neuro.status = 'present'
    from patients
    left join dermato_neuro using (patient_id)
    union all
    select
        patient_id,
        'deaths',
        case outcome when 'dead' then true when 'alive' then false end
    from patients
    union all
    select
        patients.patient_id,
        organ_systems.organ,
        organ_involvement.status = 'present'
    from patients
    cross join organ_systems
    left join organ_involvement
        on organ_involvement.patient_id = patients.patient_id
        and organ_involvement.organ = organ_systems.organ
)

select
    described_patients.*,
    facts.variable,
    case
        when facts.is_present then 'present'
        when not facts.is_present then 'absent'
        else 'not_reported'
    end as status
from facts
join described_patients using (patient_id)

-- The treatment episodes of the Phenopackets: an ATC code, or our own name (LOCAL) where ATC has none.
with names as (
    select
        id,
        min(label) as label,
        max(codes) as code
    from vocabulary_therapies
    group by id
)

select
    therapies.patient_id,
    therapies.episode,
    case
        when names.code <> '' then 'ATC:' || names.code
        else 'LOCAL:' || therapies.therapy
    end as agent_id,
    coalesce(names.label, therapies.therapy) as agent_label,
    case
        when therapies.is_relapse then 'relapse'
        when therapies.response <> 'not_reported' then therapies.response
    end as response
from therapies
join pooled_patients using (patient_id)
left join names on names.id = therapies.therapy
order by
    therapies.patient_id,
    therapies.episode

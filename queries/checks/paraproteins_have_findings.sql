-- Every chain and concentration in paraproteins has a finding, or a reviewer decided it.
with stated as (
    select
        patient_id,
        item,
        'heavy_chain' as field,
        heavy_chain as value
    from paraproteins
    where heavy_chain is not null and decided_by = 'rule'
    union all
    select
        patient_id,
        item,
        'light_chain',
        light_chain
    from paraproteins
    where light_chain is not null and decided_by = 'rule'
    union all
    select
        patient_id,
        item,
        'concentration_g_per_l',
        concentration_g_per_l::varchar
    from paraproteins
    where concentration_g_per_l is not null and decided_by = 'rule'
)

select stated.*
from stated
left join findings
    on findings.patient_id = stated.patient_id
    and findings.field = stated.field
    and findings.item = stated.item
    and findings.subject = 'patient'
    and (
        findings.value = stated.value
        or try_cast(findings.value as double) = try_cast(stated.value as double)
    )
where findings.finding_id is null
order by
    stated.patient_id,
    stated.item,
    stated.field

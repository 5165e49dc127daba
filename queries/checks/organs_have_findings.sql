-- Every organ affirmed or denied has a finding that says the same, or a reviewer decided it.
select
    organ_involvement.patient_id,
    organ_involvement.organ,
    organ_involvement.status
from organ_involvement
left join findings
    on findings.patient_id = organ_involvement.patient_id
    and findings.field = 'organ'
    and findings.value = organ_involvement.organ
    and findings.status = organ_involvement.status
    and findings.subject = 'patient'
where findings.finding_id is null
    and organ_involvement.decided_by = 'rule'
order by
    organ_involvement.patient_id,
    organ_involvement.organ

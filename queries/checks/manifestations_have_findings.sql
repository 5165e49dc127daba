-- Every manifestation affirmed or denied has a finding that says the same, or a reviewer decided it.
select
    manifestations.patient_id,
    manifestations.manifestation,
    manifestations.status
from manifestations
left join findings
    on findings.patient_id = manifestations.patient_id
    and findings.field = 'manifestation'
    and findings.value = manifestations.manifestation
    and findings.status = manifestations.status
    and findings.subject = 'patient'
where findings.finding_id is null
    and manifestations.decided_by = 'rule'
order by
    manifestations.patient_id,
    manifestations.manifestation

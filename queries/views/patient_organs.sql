-- One row is a pooled patient and an organ system, with the status present, absent or not_reported.
select
    pooled_patients.patient_id,
    organ_systems.organ,
    coalesce(organ_involvement.status, 'not_reported') as status
from pooled_patients
cross join organ_systems
left join organ_involvement
    on organ_involvement.patient_id = pooled_patients.patient_id
    and organ_involvement.organ = organ_systems.organ

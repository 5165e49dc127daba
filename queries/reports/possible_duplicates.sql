-- Which patients of different reports may be one person, and what did a person decide?
select
    patient_id_a,
    patient_id_b,
    reason,
    coalesce(decision, 'not decided') as decision
from duplicate_candidates
order by
    patient_id_a,
    patient_id_b

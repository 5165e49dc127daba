-- Which patients of different reports may be one person, and what did a person decide?
select
    patient_id_a,
    patient_id_b,
    points,
    reason,
    coalesce(decision, 'not decided') as decision
from duplicate_candidates
order by
    points desc,
    patient_id_a,
    patient_id_b

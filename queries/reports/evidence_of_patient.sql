-- Which words is every value of a patient read from? (Choose one with patient_id=PMID:.../1.)
select
    patient_id,
    field,
    item,
    value,
    status,
    quote,
    section,
    sentence,
    rule,
    round(confidence, 2) as confidence
from evidence
where patient_id = coalesce(getvariable('patient_id')::varchar, patient_id)
order by
    patient_id,
    field,
    item,
    section,
    char_start

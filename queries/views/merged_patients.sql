-- One row is a patient not counted because a person decided that another pooled patient is the
-- same one. Decisions chain: A is B and B is C make one person of three. Counted is a patient
-- whose full text was read, else the first.
with recursive same as (
    select
        patient_id_a as patient_id,
        patient_id_b as other_id
    from duplicate_candidates
    where decision = 'same'
    union
    select
        patient_id_b,
        patient_id_a
    from duplicate_candidates
    where decision = 'same'
),

linked as (
    select * from same
    union
    select
        linked.patient_id,
        same.other_id
    from linked
    join same on linked.other_id = same.patient_id
),

pooled as (
    select
        patients.patient_id,
        patients.text_basis
    from patients
    join pooled_articles using (article_id)
)

select
    linked.patient_id,
    pooled.patient_id as counted_as
from linked
join pooled on linked.other_id = pooled.patient_id
where linked.patient_id in (select patient_id from pooled)
qualify row_number() over (
    partition by linked.patient_id
    order by
        pooled.text_basis = 'full_text' desc nulls last,
        pooled.patient_id
) = 1
and linked.patient_id <> pooled.patient_id

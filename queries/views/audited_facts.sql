-- One row is a patient of a report that a reviewer read in full, and a yes-or-no fact: whether the
-- program read it as present, and whether it is. Decisions on another text do not count.
with read_in_full as (
    select distinct article_id
    from corrections
    join articles using (article_id, text_sha256)
    where field = 'screening'
        and reason like 'audit seed %read in full%'
),

fields as (
    select
        variable,
        case variable
            when 'male' then 'sex'
            when 'paraprotein' then 'paraprotein_status'
            when 'extracutaneous' then 'has_extracutaneous'
            when 'deaths' then 'outcome'
            else 'organ[' || variable || ']'
        end as field,
        case variable
            when 'male' then 'male'
            when 'extracutaneous' then 'true'
            when 'deaths' then 'dead'
            else 'present'
        end as positive
    from (select distinct variable from patient_facts)
    where variable not in ('igg_lambda', 'dermato_neuro_syndrome')
),

first_read as (
    select
        patient_id,
        field,
        arg_min(coalesce(value_extracted, ''), line) as value_extracted
    from corrections
    join articles using (article_id, text_sha256)
    group by
        patient_id,
        field
)

select
    patient_facts.patient_id,
    patient_facts.variable,
    coalesce(first_read.value_extracted = fields.positive, patient_facts.status = 'present')
        as is_read,
    patient_facts.status = 'present' as is_true
from patient_facts
join read_in_full using (article_id)
join fields using (variable)
left join first_read using (patient_id, field)

-- One row is a value on which two places of a report differ: abstract, text or table.
-- The text counts before the table, both before the abstract; the other value waits for a reviewer.
with told as (
    select
        findings.article_id,
        findings.patient_id,
        findings.field || case
            when findings.field in ('organ', 'manifestation') then ' ' || findings.value
            else ''
        end as field,
        findings.item,
        case
            when findings.field in ('organ', 'manifestation') then findings.status
            else findings.value
        end as value,
        case
            when sections.kind in ('title', 'abstract') then 'abstract'
            when sections.kind = 'table' then 'table'
            else 'text'
        end as place,
        findings.quote
    from findings
    join sections using (article_id, section)
    where findings.subject = 'patient'
        and findings.patient_id is not null
        and findings.status <> 'uncertain'
        and findings.field in (
            'age_years', 'sex', 'paraprotein_status', 'heavy_chain', 'light_chain',
            'plasma_cell_disorder', 'has_extracutaneous', 'organ', 'manifestation', 'outcome',
            'follow_up_months', 'response'
        )
),

places as (
    select
        article_id,
        patient_id,
        field,
        item,
        place,
        list_sort(list(distinct value)) as stated,
        min(quote) as quote
    from told
    group by all
)

select
    one.article_id,
    one.patient_id,
    one.field,
    one.item,
    one.place as place_a,
    array_to_string(one.stated, ', ') as value_a,
    one.quote as quote_a,
    other.place as place_b,
    array_to_string(other.stated, ', ') as value_b,
    other.quote as quote_b
from places as one
join places as other
    on one.patient_id = other.patient_id
    and one.field = other.field
    and one.item is not distinct from other.item
    and one.place < other.place
where not list_has_any(one.stated, other.stated)
union all
select
    article_id,
    null as patient_id,
    'patient_match' as field,
    null as item,
    'table' as place_a,
    value as value_a,
    quote as quote_a,
    'text' as place_b,
    null as value_b,
    null as quote_b
from findings
where field = 'patient_match'

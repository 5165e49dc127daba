-- One row is a course of treatment of a pooled patient: the drugs given together in one line, in
-- the order of the alphabet. An episode without a line is a course of its own. The response is the
-- one that the drugs share; 'mixed' where the text grades them differently.
with keyed as (
    select
        *,
        coalesce('line ' || line, 'episode ' || episode) as course
    from therapy_episodes
)

select
    patient_id,
    article_id,
    year,
    course,
    any_value(line) as line,
    string_agg(distinct therapy, ' + ' order by therapy) as therapies,
    count(distinct therapy) as n_drugs,
    case count(distinct response) filter (where response <> 'not_reported')
        when 0 then 'not_reported'
        when 1 then max(response) filter (where response <> 'not_reported')
        else 'mixed'
    end as response,
    bool_or(is_relapse) as is_relapse
from keyed
group by
    patient_id,
    article_id,
    year,
    course

-- What did the reviewers decide, and which of their decisions no longer hold?
select
    line,
    reviewer,
    reviewed_on,
    coalesce(patient_id, article_id) as about,
    field,
    value_extracted,
    value_after,
    case
        when is_stale then 'stale: ' || stale_reason
        when is_superseded then 'superseded by a later row'
        else 'holds'
    end as state,
    reason
from corrections
order by line

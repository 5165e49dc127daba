-- How did the records become the reports and patients that are pooled, in the steps of PRISMA 2020?
with last_refresh as (
    select *
    from refreshes
    where finished_on is not null
    order by started_on desc
    limit 1
),

pubmed as (
    select *
    from retrieval
    where database = 'pubmed'
),

steps as (
    select
        1 as step,
        'identification' as phase,
        'records identified by the search ' || searches.name as what,
        searches.n_found as n
    from searches
    join last_refresh using (refresh_id)
    where searches.purpose = 'identification'
    union all
    select
        2,
        'identification',
        'duplicates removed: found by both searches',
        n_duplicates
    from last_refresh
    union all
    select
        3,
        'identification',
        'records of earlier searches kept: the last search finds them no longer',
        count(*) filter (where status = 'left')
    from pubmed
    having count(*) > 0
    union all
    select
        4,
        'identification',
        'records deleted at PubMed: kept, in no pooled figure',
        count(*) filter (where status = 'deleted')
    from pubmed
    having count(*) > 0
    union all
    select
        5,
        'identification',
        'records listed that could not be had',
        count(*) filter (where article_id is null)
    from pubmed
    having count(*) > 0
    union all
    select
        6,
        'identification',
        case source when 'import' then 'reports imported by hand' else 'bundled starter reports' end,
        count(*)
    from articles
    where source <> 'entrez'
    group by source
    union all
    select
        7,
        'screening',
        'reports screened',
        count(*)
    from screenings
    union all
    select
        8,
        'screening',
        'reports excluded: ' || replace(reason, '_', ' '),
        count(*)
    from screenings
    where decision = 'excluded'
    group by reason
    union all
    select
        9,
        'full text',
        'records whose full text was ' || replace(full_text_status, '_', ' '),
        count(*)
    from pubmed
    group by full_text_status
    union all
    select
        10,
        'full text',
        'included reports read from the ' || replace(text_basis, '_', ' '),
        count(*)
    from screenings
    join articles using (article_id)
    where decision = 'included'
    group by text_basis
    union all
    select
        11,
        'included',
        'reports included',
        count(*)
    from screenings
    where decision = 'included'
    union all
    select
        12,
        'included',
        'included reports whose extraction failed',
        count(*)
    from screenings
    join extractions using (article_id)
    where decision = 'included' and status = 'failed'
    union all
    select
        13,
        'included',
        'included reports left out: retracted',
        count(*)
    from screenings
    join articles using (article_id)
    where decision = 'included' and is_retracted
    union all
    select
        14,
        'included',
        'included reports left out: deleted at PubMed',
        count(*)
    from screenings
    join articles using (article_id)
    where decision = 'included'
        and retrieval_status = 'deleted'
        and not coalesce(is_retracted, false)
    union all
    select
        15,
        'included',
        'reports in pooled figures',
        count(*)
    from pooled_articles
    union all
    select
        16,
        'included',
        'patients individually described in them',
        count(*)
    from pooled_patients
)

select
    step,
    phase,
    -- What goes on stands in the flow, what is taken out beside it.
    case when step in (2, 4, 5, 8, 12, 13, 14) then 'out' else 'flow' end as side,
    what,
    n
from steps
order by
    step,
    what

-- What is this database built from, with what, and how old is it?
with lines as (
    select
        1 as position,
        'built' as what,
        max(finished_at) as value
    from runs
    union all
    select
        2,
        'reports from ' || case source
            when 'entrez' then 'PubMed and PMC (Entrez)'
            when 'import' then 'files imported by hand'
            else 'the bundled starter corpus: no evidence'
        end,
        count(*)::varchar
    from articles
    group by source
    union all
    select
        3,
        'PubMed last asked',
        max(finished_on)
    from refreshes
    having max(finished_on) is not null
    union all
    select
        4,
        'newest record fetched',
        max(fetched_on)
    from retrieval
    having max(fetched_on) is not null
    union all
    select
        5,
        'years of publication',
        min(year)::varchar || ' to ' || max(year)::varchar
    from pooled_articles
    having count(year) > 0
    union all
    select
        6,
        'values set or changed by a reviewer',
        count(*)::varchar
    from corrections
    where patient_id is not null
        and not is_stale
        and not is_superseded
    union all
    select
        7,
        'checksum of the rules of extraction',
        left(max(rules_sha256), 12)
    from runs
)

select
    what,
    value
from lines
where value is not null
order by
    position,
    what

-- The PRISMA 2020 counts in the columns of the template of the R package PRISMA2020.
-- One report is one study here; imported and starter reports stand under other methods.
with last_refresh as (
    select *
    from refreshes
    where finished_on is not null
    order by started_on desc
    limit 1
),

reports as (
    select
        articles.source = 'entrez' as is_searched,
        articles.source,
        screenings.decision,
        screenings.reason,
        coalesce(articles.is_retracted, false) as is_retracted,
        coalesce(articles.retrieval_status, '') = 'deleted' as is_deleted,
        coalesce(extractions.status, '') = 'failed' as is_failed,
        article_id in (select article_id from pooled_articles) as is_pooled
    from articles
    join screenings using (article_id)
    left join extractions using (article_id)
),

reasons as (
    select
        is_searched,
        case
            when decision = 'excluded' then reason
            when is_retracted then 'Retracted'
            when is_deleted then 'Deleted at PubMed'
            when is_failed then 'Extraction failed'
            else 'Not extracted'
        end as reason,
        count(*) as n
    from reports
    where not is_pooled and (decision = 'included' or not is_searched)
    group by all
),

counts(data, n) as (
    select
        'database_results',
        coalesce(sum(searches.n_found), 0)::varchar
    from searches
    join last_refresh using (refresh_id)
    where searches.purpose = 'identification'
    union all
    select
        'duplicates',
        coalesce(sum(n_duplicates), 0)::varchar
    from last_refresh
    union all
    select
        'excluded_other',
        count(*)::varchar
    from retrieval
    where database = 'pubmed' and article_id is null
    union all
    unpivot (
        select
            count(*) filter (where source = 'starter')::varchar as website_results,
            count(*) filter (where source = 'import')::varchar as organisation_results,
            count(*) filter (where is_searched)::varchar as records_screened,
            count(*) filter (where is_searched and decision = 'excluded')::varchar as records_excluded,
            count(*) filter (where is_searched and decision = 'included')::varchar as dbr_sought_reports,
            count(*) filter (where is_searched and decision = 'included')::varchar as dbr_assessed,
            count(*) filter (where not is_searched)::varchar as other_sought_reports,
            count(*) filter (where not is_searched)::varchar as other_assessed,
            count(*) filter (where is_pooled)::varchar as new_studies,
            count(*) filter (where is_pooled)::varchar as new_reports,
            count(*) filter (where is_pooled)::varchar as total_studies,
            count(*) filter (where is_pooled)::varchar as total_reports
        from reports
    ) on columns(*) into name data value n
    union all
    select
        case when is_searched then 'dbr_excluded' else 'other_excluded' end,
        string_agg(reason || ', ' || n, '; ' order by reason)
    from reasons
    group by is_searched
),

boxes(position, data, node, box, boxtext) as (
    values
        (1, null, 'node4', 'prevstud', 'Previous studies'),
        (2, 'previous_studies', 'node5', 'box1', 'Studies included in previous version of review'),
        (3, 'previous_reports', null, 'box1', 'Reports of studies included in previous version of review'),
        (4, null, 'node6', 'newstud', 'Identification of new studies via databases and registers'),
        (5, 'database_results', 'node7', 'box2', 'Databases'),
        (6, 'register_results', null, 'box2', 'Registers'),
        (7, null, 'node16', 'othstud', 'Identification of new studies via other methods'),
        (8, 'website_results', 'node17', 'box11', 'Starter corpus of the program'),
        (9, 'organisation_results', null, 'box11', 'Reports imported by hand'),
        (10, 'citations_results', null, 'box11', 'Citation searching'),
        (11, 'duplicates', 'node8', 'box3', 'Duplicate records'),
        (12, 'excluded_automatic', null, 'box3', 'Records marked as ineligible by automation tools'),
        (13, 'excluded_other', null, 'box3', 'Records removed for other reasons'),
        (14, 'records_screened', 'node9', 'box4', 'Records screened'),
        (15, 'records_excluded', 'node10', 'box5', 'Records excluded'),
        (16, 'dbr_sought_reports', 'node11', 'box6', 'Reports sought for retrieval'),
        (17, 'dbr_notretrieved_reports', 'node12', 'box7', 'Reports not retrieved'),
        (18, 'other_sought_reports', 'node18', 'box12', 'Reports sought for retrieval'),
        (19, 'other_notretrieved_reports', 'node19', 'box13', 'Reports not retrieved'),
        (20, 'dbr_assessed', 'node13', 'box8', 'Reports assessed for eligibility'),
        (21, 'dbr_excluded', 'node14', 'box9', 'Reports excluded'),
        (22, 'other_assessed', 'node20', 'box14', 'Reports assessed for eligibility'),
        (23, 'other_excluded', 'node21', 'box15', 'Reports excluded'),
        (24, 'new_studies', 'node15', 'box10', 'New studies included in review'),
        (25, 'new_reports', null, 'box10', 'Reports of new included studies'),
        (26, 'total_studies', 'node22', 'box16', 'Total studies included in review'),
        (27, 'total_reports', null, 'box16', 'Reports of total included studies'),
        (28, 'identification', 'node1', 'identification', 'Identification'),
        (29, 'screening', 'node2', 'screening', 'Screening'),
        (30, 'included', 'node3', 'included', 'Included')
)

select
    boxes.data,
    boxes.node,
    boxes.box,
    boxes.boxtext as description,
    boxes.boxtext,
    boxes.boxtext as tooltips,
    null as url,
    coalesce(counts.n, '0') as n
from boxes
left join counts on counts.data = boxes.data
order by boxes.position

-- Which records left the search, were deleted at PubMed or could not be had, and do they still count?
select
    retrieval.database,
    retrieval.record_id,
    retrieval.status,
    articles.year,
    articles.title,
    pooled_articles.article_id is not null as is_pooled,
    (
        select count(*)
        from patients
        where patients.article_id = retrieval.article_id
    ) as n_patients,
    retrieval.message
from retrieval
left join articles using (article_id)
left join pooled_articles using (article_id)
where not retrieval.is_in_current_search
    or (retrieval.database = 'pubmed' and retrieval.status in ('absent', 'failed'))
order by
    retrieval.database desc,
    retrieval.status,
    retrieval.record_id

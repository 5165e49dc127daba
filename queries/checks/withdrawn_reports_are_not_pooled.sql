-- No report that was retracted, or deleted at PubMed, is in a pooled figure.
select
    pooled_articles.article_id,
    articles.is_retracted,
    articles.retrieval_status
from pooled_articles
join articles using (article_id)
where articles.is_retracted
    or articles.retrieval_status = 'deleted'
    or articles.article_id in (
        select article_id
        from retrieval
        where status = 'deleted'
    )

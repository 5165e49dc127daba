-- Which reports were retracted, corrected, updated or put under an expression of concern, and by what?
select
    article_links.kind,
    article_links.article_id,
    articles.year,
    articles.title,
    screenings.decision,
    pooled_articles.article_id is not null as is_pooled,
    article_links.pmid as notice_pmid,
    article_links.reference
from article_links
join articles using (article_id)
join screenings using (article_id)
left join pooled_articles using (article_id)
where article_links.kind in (
    'RetractionIn',
    'RetractedandRepublishedIn',
    'ExpressionOfConcernIn',
    'ErratumIn',
    'UpdateIn',
    'CorrectedandRepublishedIn'
)
order by
    article_links.kind,
    article_links.article_id

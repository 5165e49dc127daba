-- The reports whose patients and figures are pooled, for a list of references.
select
    articles.article_id,
    articles.pmid,
    articles.doi,
    articles.title,
    articles.authors,
    articles.journal,
    articles.year,
    articles.language
from articles
join pooled_articles using (article_id)
order by
    articles.year,
    articles.article_id

-- Which words does the optional model find that the vocabulary does not hold?
-- Candidates for a new row of the rules; empty where the model is not installed.
select
    lower(quote) as words,
    count(distinct article_id) as n_reports,
    count(*) as n_mentions,
    any_value(sentence order by article_id, section, char_start) as for_example
from unlisted_mentions
join pooled_articles using (article_id)
group by lower(quote)
order by
    n_reports desc,
    n_mentions desc,
    words

-- What the optional model found beside the vocabulary; words only where the licence allows it.
select
    unlisted_mentions.* replace (
        case when is_quotable then sentence end as sentence,
        case when is_quotable then quote end as quote
    )
from unlisted_mentions
join quotable_articles using (article_id)
order by
    article_id,
    section,
    char_start,
    char_end,
    label

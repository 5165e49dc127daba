-- Which reports' own words may leave this file: ours, the public domain, and Creative Commons.
-- Without a stated licence nothing is quoted: the words stay here, their place is exported.
select
    article_id,
    source,
    licence,
    coalesce(
        source = 'starter'
        or regexp_matches(lower(licence), 'creativecommons\.org|\bcc[ -]?(0|by)\b|public domain'),
        false
    ) as is_quotable
from articles

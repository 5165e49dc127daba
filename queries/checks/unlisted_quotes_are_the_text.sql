-- The words of an unlisted mention are exactly those characters of the text of its section.
select
    unlisted_mentions.article_id,
    unlisted_mentions.quote
from unlisted_mentions
left join sections
    on sections.article_id = unlisted_mentions.article_id
    and sections.section = unlisted_mentions.section
where sections.text is null
    or unlisted_mentions.quote is distinct from substr(
        sections.text,
        unlisted_mentions.char_start + 1,
        unlisted_mentions.char_end - unlisted_mentions.char_start
    )
order by unlisted_mentions.article_id

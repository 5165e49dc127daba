-- The words that decided a screening are exactly the characters that it names.
select
    screenings.article_id,
    screenings.quote
from screenings
left join sections
    on sections.article_id = screenings.article_id
    and sections.section = screenings.section
where screenings.quote is not null
    and screenings.quote is distinct from substr(
        sections.text,
        screenings.char_start + 1,
        screenings.char_end - screenings.char_start
    )
order by screenings.article_id

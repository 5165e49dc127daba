-- The sections that offsets point into, without their text: a text is had from PubMed or PMC.
select * exclude (text)
from sections
order by
    article_id,
    section

-- Says of each report what retrieval knows of its record: the PubMed record decides, and the PMC
-- article where there is no PubMed record.
update articles
set
    retrieval_status = null,
    is_in_current_search = null
where retrieval_status is not null
    or is_in_current_search is not null;

update articles
set
    retrieval_status = case
        when retrieval.database = 'pubmed' then retrieval.status
        when retrieval.is_in_current_search then 'current'
        else 'left'
    end,
    is_in_current_search = retrieval.is_in_current_search
from (
    select *
    from retrieval
    where article_id is not null
    qualify row_number() over (
        partition by article_id
        order by
            database = 'pubmed' desc,
            is_in_current_search desc,
            record_id
    ) = 1
) as retrieval
where articles.article_id = retrieval.article_id

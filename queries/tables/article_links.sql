-- One row is a link of a record to another publication: retraction, erratum, comment, update.
create table article_links (
    article_id varchar,
    kind varchar,
    pmid varchar,
    reference varchar
);

comment on table article_links is
    'One row is a link of a record to another publication: retraction, erratum, comment, update.';
comment on column article_links.article_id is
    'The report that carries the link; key of articles.';
comment on column article_links.kind is
    'Kind of link as PubMed names it, for example RetractionIn or ErratumIn.';
comment on column article_links.pmid is
    'PubMed number of the other publication; null where the link gives none.';
comment on column article_links.reference is
    'The other publication as the record cites it.';

-- One row is a report as it was parsed from what PubMed, PMC or the starter corpus gave.
create table articles (
    article_id varchar,
    pmid varchar,
    pmcid varchar,
    doi varchar,
    title varchar,
    vernacular_title varchar,
    journal varchar,
    year integer,
    language varchar,
    authors varchar[],
    affiliations varchar[],
    publication_types varchar[],
    mesh_terms varchar[],
    keywords varchar[],
    has_full_text boolean,
    text_basis varchar,
    licence varchar,
    is_retracted boolean,
    source varchar,
    raw_file varchar,
    text_sha256 varchar,
    retrieval_status varchar,
    is_in_current_search boolean,
    rows_sha256 varchar
);

comment on table articles is
    'One row is a report as it was parsed from what PubMed, PMC or the starter corpus gave.';
comment on column articles.article_id is
    'Key: PMID:..., or PMC:..., DOI:..., FILE:... where there is no PMID.';
comment on column articles.pmid is
    'PubMed number.';
comment on column articles.pmcid is
    'PubMed Central number, with its PMC prefix.';
comment on column articles.doi is
    'Digital object identifier, lower case.';
comment on column articles.title is
    'Title, without the square brackets of a translated title.';
comment on column articles.vernacular_title is
    'Title in the language of the report, where it is not English.';
comment on column articles.journal is
    'Journal as the record names it.';
comment on column articles.year is
    'Year of publication; null where the record gives none.';
comment on column articles.language is
    'Language code of the record, for example eng.';
comment on column articles.authors is
    'Authors in order: family name, blank, initials; collective authors by name.';
comment on column articles.affiliations is
    'Where the authors work, as the record names it; each once, in order.';
comment on column articles.publication_types is
    'Publication types of the record.';
comment on column articles.mesh_terms is
    'MeSH descriptors of the record.';
comment on column articles.keywords is
    'Keywords of the authors.';
comment on column articles.has_full_text is
    'True where the text of the body was read, not only the abstract.';
comment on column articles.text_basis is
    'What the values were read from: abstract or full_text.';
comment on column articles.licence is
    'Licence of the full text; null where none is stated.';
comment on column articles.is_retracted is
    'True where the record says that the report was retracted.';
comment on column articles.source is
    'Where the record came from: entrez, import, or starter (real reports restated in our words).';
comment on column articles.raw_file is
    'Name of the given file that holds the record.';
comment on column articles.text_sha256 is
    'Checksum of the sections that offsets point into; corrections are tied to it.';
comment on column articles.retrieval_status is
    'What PubMed says of the record now: current, left (the search finds it no longer), deleted (in no pooled figure), absent or failed (the copy of before is used); null where Entrez was not asked.';
comment on column articles.is_in_current_search is
    'False where the last search found the record no longer: it is kept; null where Entrez was not asked.';
comment on column articles.rows_sha256 is
    'Checksum of all that the rows of this report were made from but the decisions of reviewers: a run that finds the same takes them as they are.';

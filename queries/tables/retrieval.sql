-- One row is a PubMed record or a PMC article that was asked for, with what became of it.
create table retrieval (
    database varchar,
    record_id varchar,
    article_id varchar,
    status varchar,
    is_in_current_search boolean,
    first_fetched_on varchar,
    fetched_on varchar,
    revised_on varchar,
    pmcid varchar,
    full_text_status varchar,
    full_text_reason varchar,
    licence varchar,
    notices varchar[],
    raw_file varchar,
    message varchar
);

comment on table retrieval is
    'One row is a PubMed record or a PMC article that was asked for, with what became of it.';
comment on column retrieval.database is
    'pubmed or pmc.';
comment on column retrieval.record_id is
    'PubMed number, or PubMed Central number with its PMC prefix; with database the key.';
comment on column retrieval.article_id is
    'The report made from it; key of articles, null where there is none.';
comment on column retrieval.status is
    'PubMed: current, left (the search finds it no longer), deleted (PubMed sends it no longer), absent or failed (not received, or not received again); PMC: obtained, blocked (the publisher forbids it), absent or failed.';
comment on column retrieval.is_in_current_search is
    'False where the last search found it no longer: the copy is kept, and nothing is deleted here.';
comment on column retrieval.first_fetched_on is
    'When a copy was first received, ISO 8601, UTC.';
comment on column retrieval.fetched_on is
    'When the copy kept was received, ISO 8601, UTC; null where there is none.';
comment on column retrieval.revised_on is
    'When PubMed last revised the copy kept.';
comment on column retrieval.pmcid is
    'PubMed Central number of the article, with its PMC prefix.';
comment on column retrieval.full_text_status is
    'Of a PubMed record: obtained, blocked, absent, failed, not_in_pmc or not_asked.';
comment on column retrieval.full_text_reason is
    'Why the full text of a PubMed record was not obtained.';
comment on column retrieval.licence is
    'Licence of a PMC article; null where none is stated.';
comment on column retrieval.notices is
    'Retractions, expressions of concern, errata and updates that the PubMed record names, with the PubMed number of the notice.';
comment on column retrieval.raw_file is
    'Name of the given file that holds the copy.';
comment on column retrieval.message is
    'What the service or the publisher said.';

-- One row is a search of a refresh, as sent and as PubMed translated it.
create table searches (
    refresh_id varchar,
    name varchar,
    database varchar,
    purpose varchar,
    sent varchar,
    translated varchar,
    n_found integer,
    warnings varchar[]
);

comment on table searches is
    'One row is a search of a refresh, as sent and as PubMed translated it.';
comment on column searches.refresh_id is
    'The refresh; key of refreshes.';
comment on column searches.name is
    'Name of the search.';
comment on column searches.database is
    'pubmed or pmc.';
comment on column searches.purpose is
    'identification, or revisions: the search for kept records that PubMed has modified since.';
comment on column searches.sent is
    'The search as it was sent.';
comment on column searches.translated is
    'The search as the service translated it.';
comment on column searches.n_found is
    'Number of records that it found.';
comment on column searches.warnings is
    'What the service remarked, for example phrases that it does not know.';

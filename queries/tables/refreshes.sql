-- One row is a refresh of the corpus from Entrez.
create table refreshes (
    refresh_id varchar,
    started_on varchar,
    finished_on varchar,
    n_duplicates integer,
    n_requests integer,
    n_stored integer,
    n_full_text integer
);

comment on table refreshes is
    'One row is a refresh of the corpus from Entrez; those that found nothing new since this file was built are not in it.';
comment on column refreshes.refresh_id is
    'Key: the start of the refresh.';
comment on column refreshes.started_on is
    'Start, ISO 8601, UTC.';
comment on column refreshes.finished_on is
    'End, ISO 8601, UTC; null where the refresh was cut off, so that records may be missing.';
comment on column refreshes.n_duplicates is
    'Records that both the PubMed and the PMC search found, counted once.';
comment on column refreshes.n_requests is
    'Requests sent to Entrez; of a refresh that was resumed, those of its last part.';
comment on column refreshes.n_stored is
    'PubMed records kept when it ended, also those that had left the search.';
comment on column refreshes.n_full_text is
    'Full texts kept when it ended.';

-- One row is a record that a refresh changed, and how.
create table refresh_changes (
    refresh_id varchar,
    changed_on varchar,
    database varchar,
    record_id varchar,
    article_id varchar,
    change varchar,
    reason varchar,
    is_since_last_file boolean
);

comment on table refresh_changes is
    'One row is a record that a refresh changed, and how.';
comment on column refresh_changes.refresh_id is
    'The refresh; key of refreshes.';
comment on column refresh_changes.changed_on is
    'End of that refresh, ISO 8601, UTC.';
comment on column refresh_changes.database is
    'pubmed or pmc.';
comment on column refresh_changes.record_id is
    'The record; with database the key of retrieval.';
comment on column refresh_changes.article_id is
    'The report made from it; key of articles, null where there is none.';
comment on column refresh_changes.change is
    'new, revised, repaired, left, returned, deleted, absent, failed, retracted, expression of concern, erratum, updated; full text obtained, blocked, absent or failed.';
comment on column refresh_changes.reason is
    'Why, or by which notice.';
comment on column refresh_changes.is_since_last_file is
    'True where the database file before this one did not have the change yet; null where that file could not be read.';

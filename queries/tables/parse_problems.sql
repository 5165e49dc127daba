-- One row is a given file or record that did not become an article, and why.
create table parse_problems (
    raw_file varchar,
    record varchar,
    reason varchar
);

comment on table parse_problems is
    'One row is a given file or record that did not become an article, and why.';
comment on column parse_problems.raw_file is
    'Name of the given file.';
comment on column parse_problems.record is
    'The record within the file; null where it is the whole file.';
comment on column parse_problems.reason is
    'Why it did not become an article.';

-- One row says of a report whether its values were extracted, so that a failure never looks like "nothing found".
create table extractions (
    article_id varchar,
    status varchar,
    message varchar,
    input_sha256 varchar,
    patient_count bigint
);

comment on table extractions is
    'One row says of a report whether its values were extracted, so that a failure never looks like "nothing found".';
comment on column extractions.article_id is
    'The report; key of articles.';
comment on column extractions.status is
    'ran, failed, or not_attempted (excluded reports).';
comment on column extractions.message is
    'Why it failed; null where it ran.';
comment on column extractions.input_sha256 is
    'Checksum of text, rules and extractor that the result belongs to.';
comment on column extractions.patient_count is
    'Own patients with the disease as the text counts them, whether individually described or not; null where it does not say.';

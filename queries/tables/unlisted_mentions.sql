-- One row is words that the optional model takes for an entity and the vocabulary does not hold.
create table unlisted_mentions (
    article_id varchar,
    section varchar,
    char_start integer,
    char_end integer,
    quote varchar,
    sentence varchar,
    label varchar
);

comment on table unlisted_mentions is
    'One row is words that the optional model (en_core_sci_sm) takes for an entity and the vocabulary does not hold: for the reviewer, never a value. Empty where the model is not installed.';
comment on column unlisted_mentions.article_id is
    'The report; key of articles.';
comment on column unlisted_mentions.section is
    'Section of the quote; with article_id key of sections.';
comment on column unlisted_mentions.char_start is
    'Offset of the first character in the text of the section, from 0.';
comment on column unlisted_mentions.char_end is
    'Offset behind the last character.';
comment on column unlisted_mentions.quote is
    'The words.';
comment on column unlisted_mentions.sentence is
    'The sentence around them.';
comment on column unlisted_mentions.label is
    'What the model calls the entity.';

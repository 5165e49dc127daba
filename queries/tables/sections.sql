-- One row is a section of a report: the text that the offsets of findings point into.
create table sections (
    article_id varchar,
    section varchar,
    kind varchar,
    title varchar,
    text varchar,
    citations integer[]
);

comment on table sections is
    'One row is a section of a report: the text that the offsets of findings point into.';
comment on column sections.article_id is
    'The report; key of articles.';
comment on column sections.section is
    'Key of the section, unique within its report, for example abstract-2.';
comment on column sections.kind is
    'What it is: title, abstract, keywords, body, legend, table and so on.';
comment on column sections.title is
    'Heading or label of the section; null where it has none.';
comment on column sections.text is
    'The text itself.';
comment on column sections.citations is
    'Offsets into the text at which reference marks stood that were taken out of it.';

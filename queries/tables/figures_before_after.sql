-- One row is a pooled figure as the file before this one had it and as this one has it.
create table figures_before_after (
    position integer,
    figure varchar,
    n_before integer,
    n_stated_before integer,
    percent_before double,
    n_after integer,
    n_stated_after integer,
    percent_after double,
    is_changed boolean
);

comment on table figures_before_after is
    'One row is a pooled figure as the file before this one had it and as this one has it; runs.compared_with says which file that was.';
comment on column figures_before_after.position is
    'Order of the figures.';
comment on column figures_before_after.figure is
    'What is counted, as in the view pooled_figures.';
comment on column figures_before_after.n_before is
    'Number in the file before; null where there is nothing to compare with, or nobody spoke of it.';
comment on column figures_before_after.n_stated_before is
    'Of how many whose text says whether, in the file before; null where the figure is a plain number.';
comment on column figures_before_after.percent_before is
    'Share in the file before.';
comment on column figures_before_after.n_after is
    'Number in this file; null where nobody speaks of it any more.';
comment on column figures_before_after.n_stated_after is
    'Of how many whose text says whether, in this file; null where the figure is a plain number.';
comment on column figures_before_after.percent_after is
    'Share in this file.';
comment on column figures_before_after.is_changed is
    'True where the two differ; null where there is nothing to compare with.';

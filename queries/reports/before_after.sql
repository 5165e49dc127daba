-- What did the pooled figures say in the file before this one, and what do they say now?
select
    figure,
    n_before,
    n_stated_before,
    percent_before,
    n_after,
    n_stated_after,
    percent_after,
    round(percent_after - percent_before, 1) as difference,
    is_changed
from figures_before_after
where is_changed is not null
order by
    position,
    figure

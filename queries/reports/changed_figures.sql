-- Which pooled figures differ from those of the file before this one?
select
    figure,
    n_before,
    n_stated_before,
    percent_before,
    n_after,
    n_stated_after,
    percent_after,
    round(percent_after - percent_before, 1) as difference
from figures_before_after
where is_changed
order by
    position,
    figure

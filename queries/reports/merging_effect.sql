-- What did it change that patients of several reports were taken for one person?
select
    figure,
    n_before,
    n_stated_before,
    n_after,
    n_stated_after
from merging_effect
order by
    position,
    figure

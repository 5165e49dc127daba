-- How often is each organ involved, of the patients whose text says whether?
select *
from organ_proportions
order by
    n_present desc,
    organ

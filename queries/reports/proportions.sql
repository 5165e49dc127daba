-- What do the texts say of each patient, of how many, and how far could silence move it?
select *
from pooled_proportions
where variable not in (select organ from organ_systems)
order by
    case variable
        when 'male' then 1
        when 'paraprotein' then 2
        when 'igg_lambda' then 3
        when 'extracutaneous' then 4
        when 'dermato_neuro_syndrome' then 5
        when 'deaths' then 6
        else 7
    end

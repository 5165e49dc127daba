-- One row is a figure of a published series and whether it counts in pooled figures; left_out says
-- why not. A series gives way to its parent only where the parent has the same figure; fewer than
-- five patients are single patients, not a series.
select
    published_series.series,
    published_series.year,
    published_figures.variable,
    published_figures.n_present,
    published_figures.n_stated,
    coalesce(
        published_figures.left_out,
        case when published_series.n_patients < 5 then 'fewer than five patients' end,
        case
            when exists (
                select 1
                from published_figures as of_parent
                where of_parent.series = published_series.parent
                    and of_parent.variable = published_figures.variable
            ) then 'overlaps ' || published_series.parent
        end
    ) as left_out,
    published_figures.note,
    published_series.source
from published_figures
join published_series using (series)

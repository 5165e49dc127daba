-- Do the figures read from the series agree with what a person read in them?
select
    series_figures.series,
    series_figures.variable,
    series_figures.n_present as n_present_read,
    series_figures.n_stated as n_stated_read,
    published_figures.n_present,
    published_figures.n_stated,
    series_figures.n_present = published_figures.n_present
    and series_figures.n_stated is not distinct from published_figures.n_stated as is_same
from series_figures
join published_figures
    on published_figures.series = series_figures.series
    and published_figures.variable = series_figures.variable
order by
    series_figures.series,
    series_figures.variable

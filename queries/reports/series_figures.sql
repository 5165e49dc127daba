-- Which shares do reports give for a series as a whole, and which of them count in pooled figures?
select
    coalesce(series, article_id) as series,
    year,
    variable,
    n_present,
    n_stated,
    percent(n_present, n_stated) as percent_present,
    round(100 * wilson_low(n_present, n_stated), 1) as wilson_low,
    round(100 * wilson_high(n_present, n_stated), 1) as wilson_high,
    left_out
from series_figures
order by
    series,
    variable

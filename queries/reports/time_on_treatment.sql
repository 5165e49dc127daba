-- How long was each therapy given, of the episodes whose text says so?
select
    therapy,
    n_patients,
    n_episodes,
    n_months_stated,
    round(median_months, 1) as median_months,
    round(quartile_1_months, 1) as quartile_1,
    round(quartile_3_months, 1) as quartile_3,
    shortest_months as shortest,
    longest_months as longest,
    n_other_words,
    n_duration_not_stated as n_not_stated
from therapy_exposure
order by
    n_months_stated desc,
    n_episodes desc,
    therapy

-- What age do the patients have, by sex, where the text gives a single number?
select
    coalesce(sex, 'not reported') as sex,
    count(age_years) as n_with_age,
    count(*) - count(age_years) as n_without_age,
    count(*) as n_patients,
    round(avg(age_years), 1) as mean_years,
    median(age_years) as median_years,
    min(age_years) as youngest_years,
    max(age_years) as oldest_years
from pooled_patients
group by coalesce(sex, 'not reported')
order by sex

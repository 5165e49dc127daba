-- How many patients are there by sex and age at presentation?
with grouped as (
    select
        coalesce(sex, 'not reported') as sex,
        case
            when age_for_groups is null then 'not reported'
            when age_for_groups < 18 then 'below 18'
            when age_for_groups < 40 then '18 to 39'
            when age_for_groups < 60 then '40 to 59'
            when age_for_groups < 80 then '60 to 79'
            else '80 and over'
        end as age_group,
        age_for_groups
    from pooled_patients
)

select
    age_group,
    count(*) filter (where sex = 'female') as n_female,
    count(*) filter (where sex = 'male') as n_male,
    count(*) filter (where sex = 'not reported') as n_sex_not_reported,
    count(*) as n_patients
from grouped
group by age_group
order by
    min(age_for_groups) nulls last

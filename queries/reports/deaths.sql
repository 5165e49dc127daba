-- How many patients died, of those whose text gives an outcome, and after what follow-up?
select
    coalesce(text_basis, 'all') as read_from,
    count(*) filter (where outcome = 'dead') as n_dead,
    count(*) filter (where outcome <> 'not_reported') as n_stated,
    count(*) filter (where outcome = 'not_reported') as n_not_reported,
    percent(
        count(*) filter (where outcome = 'dead'),
        count(*) filter (where outcome <> 'not_reported')
    ) as percent_dead,
    round(
        100 * wilson_low(
            count(*) filter (where outcome = 'dead'),
            count(*) filter (where outcome <> 'not_reported')
        ),
        1
    ) as wilson_low,
    round(
        100 * wilson_high(
            count(*) filter (where outcome = 'dead'),
            count(*) filter (where outcome <> 'not_reported')
        ),
        1
    ) as wilson_high,
    count(follow_up_months) as n_with_follow_up,
    median(follow_up_months) as median_follow_up_months
from pooled_patients
group by rollup (text_basis)
order by read_from

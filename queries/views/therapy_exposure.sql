-- One row is a therapy of the pooled patients: of its episodes, how many tell how long it was given,
-- whether it was ended, and why. A reason counts only where the treatment was ended.
select
    therapy,
    count(distinct patient_id) as n_patients,
    count(*) as n_episodes,
    count(duration_months) as n_months_stated,
    count(duration_text) - count(duration_months) as n_other_words,
    count(*) - count(duration_text) as n_duration_not_stated,
    median(duration_months) as median_months,
    quantile_cont(duration_months, 0.25) as quartile_1_months,
    quantile_cont(duration_months, 0.75) as quartile_3_months,
    min(duration_months) as shortest_months,
    max(duration_months) as longest_months,
    count(*) filter (where is_stopped) as n_ended,
    count(*) filter (where not is_stopped) as n_going_on,
    count(*) filter (where is_stopped is null) as n_end_not_stated,
    count(*) filter (where is_stopped and stop_reason = 'adverse_effect') as n_adverse_effect,
    count(*) filter (where is_stopped and stop_reason = 'no_response') as n_no_response,
    count(*) filter (where is_stopped and stop_reason = 'remission') as n_remission,
    count(*) filter (where is_stopped and stop_reason = 'patient_choice') as n_patient_choice,
    count(*) filter (where is_stopped and stop_reason = 'death') as n_death,
    count(*) filter (where is_stopped and stop_reason = 'completed') as n_completed,
    count(*) filter (where is_stopped and stop_reason = 'other') as n_other,
    count(*) filter (where is_stopped and stop_reason is null) as n_reason_not_stated
from therapy_episodes
group by therapy

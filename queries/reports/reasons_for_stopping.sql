-- Why was each therapy ended, of the episodes whose text says that it was?
select
    therapy,
    n_episodes,
    n_ended,
    n_going_on,
    n_end_not_stated,
    n_adverse_effect,
    n_no_response,
    n_remission,
    n_patient_choice,
    n_death,
    n_completed,
    n_other,
    n_reason_not_stated,
    percent(n_adverse_effect, n_ended - n_reason_not_stated) as percent_adverse_of_stated,
    round(100 * wilson_low(n_adverse_effect, n_ended - n_reason_not_stated), 1) as wilson_low,
    round(100 * wilson_high(n_adverse_effect, n_ended - n_reason_not_stated), 1) as wilson_high
from therapy_exposure
order by
    n_ended desc,
    n_episodes desc,
    therapy

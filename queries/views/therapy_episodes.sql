-- One row is a treatment episode of a pooled patient; is_combination is true where another drug of
-- the patient has the same line, and null where the text gives no line.
select
    therapies.patient_id,
    pooled_patients.article_id,
    pooled_patients.year,
    pooled_patients.design,
    therapies.episode,
    therapies.therapy,
    therapies.therapy_class,
    therapies.line,
    therapies.response,
    therapies.is_relapse,
    therapies.duration_text,
    therapies.duration_months,
    therapies.is_stopped,
    therapies.stop_reason,
    case
        when therapies.line is not null
            then count(*) over (partition by therapies.patient_id, therapies.line) > 1
    end as is_combination
from therapies
join pooled_patients using (patient_id)

-- Where do abstract, text and table of a report differ, and which rows of tables match no patient?
select
    disagreements.article_id,
    patient_id,
    field,
    item,
    place_a,
    value_a,
    place_b,
    value_b
from disagreements
order by
    disagreements.article_id,
    patient_id nulls last,
    field,
    item,
    place_a,
    place_b

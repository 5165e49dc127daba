-- How accurate is the extraction on this corpus, as reviewers measured it in their audit?
select *
from measured_accuracy
order by
    field,
    text_basis

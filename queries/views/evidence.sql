-- One row is a value of a patient beside the words it was read from and where they stand.
select
    findings.patient_id,
    findings.article_id,
    articles.title,
    articles.source,
    findings.field,
    findings.item,
    findings.value,
    findings.status,
    findings.quote,
    findings.sentence,
    findings.section,
    findings.char_start,
    findings.char_end,
    findings.rule,
    findings.confidence,
    findings.has_correction
from findings
join articles using (article_id)
where findings.subject = 'patient'

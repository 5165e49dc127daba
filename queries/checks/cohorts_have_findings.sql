-- Every figure of a series has its finding in the same report.
select
    cohorts.article_id,
    cohorts.variable,
    cohorts.finding_id
from cohorts
left join findings
    on findings.finding_id = cohorts.finding_id
    and findings.article_id = cohorts.article_id
    and findings.field = 'cohort:' || cohorts.variable
where findings.finding_id is null
order by
    cohorts.article_id,
    cohorts.variable

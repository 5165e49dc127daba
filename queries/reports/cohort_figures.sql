-- Which figures are given for whole series, whose patients are not individually described?
select
    cohorts.article_id,
    pooled_articles.year,
    cohorts.variable,
    cohorts.statistic,
    cohorts.value,
    cohorts.numerator,
    cohorts.denominator,
    percent(cohorts.numerator, cohorts.denominator) as percent,
    findings.quote
from cohorts
join pooled_articles using (article_id)
left join findings using (finding_id)
order by
    cohorts.article_id,
    cohorts.variable,
    cohorts.statistic

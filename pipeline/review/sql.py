"""The questions that the review asks the DuckDB file. Reads nothing, writes nothing."""

from __future__ import annotations

ARTICLES = """
select
    articles.article_id,
    articles.pmid,
    articles.pmcid,
    articles.doi,
    articles.title,
    articles.journal,
    articles.year,
    articles.is_retracted,
    articles.source,
    articles.text_basis,
    articles.text_sha256,
    screenings.decision,
    screenings.reason,
    screenings.design,
    screenings.quote,
    screenings.decided_by,
    articles.article_id in (
        select article_id
        from refresh_changes
        where is_since_last_file
            and change in ('new', 'returned', 'revised', 'repaired', 'full text obtained')
    ) as is_new,
    extractions.status as extraction,
    extractions.message
from articles
left join screenings using (article_id)
left join extractions using (article_id)
order by articles.article_id
"""

# Every stated value with its surest finding, who decided it, and how many patients state its like.
# Only what orders and filters the queue: the words are read for the values that are shown.
VALUES = r"""
with evidence_of as (
    select
        patient_id,
        field as name,
        case when field in ('organ', 'manifestation') then value else item::varchar end as key,
        max(confidence) as confidence,
        arg_max(finding_id, confidence) as finding_id
    from findings
    where patient_id is not null and subject = 'patient'
    group by all
),

decided as (
    select
        patient_id,
        field,
        reviewer,
        value_extracted,
        value_after
    from corrections
    where not is_stale and not is_superseded
),

-- What a reviewer took away stays to be seen, with an empty value.
removed as (
    select
        patient_id,
        regexp_extract(field, '^\w+') as name,
        field,
        nullif(regexp_extract(field, '\[(.+)\]$', 1), '') as key,
        '' as value
    from decided
    where value_after is null
        and value_extracted is not null
        and patient_id in (select patient_id from patients)
        and field not like 'duplicate[%'
),

named as (
    select
        stated_values.*,
        pooled.patient_id is not null as is_pooled,
        case when name in ('organ', 'manifestation') then name || key else name end as figure
    from (
        select patient_id, name, field, key, value from stated_values
        union all
        select patient_id, name, field, key, value from removed
    ) as stated_values
    left join (select patient_id from pooled_patients) as pooled using (patient_id)
),

counted as (
    select figure, count(distinct patient_id) as n_alike
    from named
    where is_pooled and value <> ''
    group by figure
)

select
    named.patient_id,
    named.field,
    named.value,
    coalesce(decided.reviewer, 'rule') as decided_by,
    decided.value_extracted,
    evidence_of.confidence,
    evidence_of.finding_id,
    named.is_pooled,
    case when named.is_pooled then coalesce(counted.n_alike, 0) else 0 end as n_alike
from named
left join counted using (figure)
left join decided
    on decided.patient_id = named.patient_id
    and decided.field = named.field
left join evidence_of
    on evidence_of.patient_id = named.patient_id
    and evidence_of.name = named.name
    and evidence_of.key is not distinct from named.key
-- Without words of its own it follows from the organs, which are decided one by one.
where named.name <> 'has_extracutaneous' or evidence_of.finding_id is not null
order by named.patient_id, named.field
"""

# The findings whose sentence has some words in it, in any case.
SAYING = "select finding_id from findings where contains(lower(sentence), lower(?))"

# The words of some findings.
QUOTES = "select finding_id, quote from findings where finding_id in (select unnest(?))"

# One report: its sections in order, and all its findings.
SECTIONS = "select * from sections where article_id = ? order by rowid"
FINDINGS = "select * from findings where article_id = ? order by char_start, char_end desc"

PATIENTS = """
select article_id, list(patient_id order by rowid) as patient_ids
from patients
group by article_id
"""

# The patients of pooled reports, and whether each is counted as another.
MERGED = """
select
    patient_id,
    patient_id in (select patient_id from merged_patients) as is_merged
from patients
join pooled_articles using (article_id)
"""

MERGING_EFFECT = """
select
    figure,
    n_before || ' of ' || n_stated_before as "before",
    n_after || ' of ' || n_stated_after as "after"
from merging_effect
order by position, figure
"""

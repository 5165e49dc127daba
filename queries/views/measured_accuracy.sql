-- One row is a field and a text basis ('all': both) with the precision and recall that reviewers
-- measured on this corpus. Only the audit counts: decisions whose reason begins with 'audit seed',
-- and every value of reports that a reviewer read in full; a decision on another text does not.
with decisions as (
    select
        corrections.*,
        regexp_extract(corrections.field, '^\w+') as name,
        -- An adjudication wins, else the last row of the file.
        {'is_adjudication': coalesce(reason, '') like 'adjudicated:%', 'line': line} as place_in_time
    from corrections
    join articles using (article_id, text_sha256)
    where corrections.patient_id is not null
        and regexp_extract(corrections.field, '^\w+') not in ('patient', 'duplicate')
),

read_in_full as (
    select distinct article_id
    from corrections
    join articles using (article_id, text_sha256)
    where field = 'screening'
        and reason like 'audit seed %read in full%'
),

decided as (
    select
        article_id,
        patient_id,
        field,
        name,
        arg_max(coalesce(value_extracted, ''), place_in_time) as extracted,
        arg_max(coalesce(value_after, ''), place_in_time) as true_value,
        bool_or(coalesce(reason, '') like 'audit seed %') as is_audited
    from decisions
    group by
        article_id,
        patient_id,
        field,
        name
),

judged as (
    select * from decided
    union all
    select
        article_id,
        patient_id,
        field,
        name,
        value,
        value,
        false
    from stated_values
    where name not in ('line', 'dose_text', 'duration_text', 'has_extracutaneous')
        and not exists (
            select 1
            from decided
            where decided.patient_id = stated_values.patient_id
                and decided.field = stated_values.field
        )
),

compared as (
    select
        judged.name,
        articles.text_basis,
        read_in_full.article_id is not null as is_full,
        nullif(nullif(extracted, 'not_reported'), case when name = 'is_relapse' then 'false' else '' end)
            as extracted,
        nullif(nullif(true_value, 'not_reported'), case when name = 'is_relapse' then 'false' else '' end)
            as true_value
    from judged
    join articles using (article_id)
    left join read_in_full using (article_id)
    where judged.is_audited or read_in_full.article_id is not null
),

counted as (
    select
        name as field,
        coalesce(text_basis, 'all') as text_basis,
        count(*) filter (where extracted = true_value) as n_right,
        count(extracted) as n_audited,
        count(*) filter (where extracted = true_value and is_full) as n_found,
        count(true_value) filter (where is_full) as n_stated
    from compared
    group by grouping sets ((name, text_basis), (name))
)

select
    field,
    text_basis,
    n_right,
    n_audited,
    percent(n_right, n_audited) as percent_precision,
    round(100 * wilson_low(n_right, n_audited), 1) as precision_low,
    round(100 * wilson_high(n_right, n_audited), 1) as precision_high,
    n_found,
    n_stated,
    percent(n_found, n_stated) as percent_recall,
    round(100 * wilson_low(n_found, n_stated), 1) as recall_low,
    round(100 * wilson_high(n_found, n_stated), 1) as recall_high
from counted

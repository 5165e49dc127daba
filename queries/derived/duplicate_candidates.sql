-- Pairs of patients of different reports who may be one person: same sex, ages within a year, no
-- contradicting isotype, and either an author in common or the same stated isotype within 3 years.
insert into duplicate_candidates
with isotypes as (
    select
        patient_id,
        string_agg(
            coalesce(heavy_chain, '?') || '-' || coalesce(light_chain, '?'),
            ' + ' order by item
        ) as isotype
    from paraproteins
    group by patient_id
),

described as (
    select
        patients.patient_id,
        patients.article_id,
        patients.sex,
        coalesce(patients.age_years, (patients.age_low + patients.age_high) / 2) as age,
        isotypes.isotype,
        articles.year,
        -- Family names: an author is the family name, a blank and the initials.
        case
            when len(articles.authors) > 0 then string_split(
                regexp_replace(
                    lower(array_to_string(articles.authors, '|')), ' [^ |]{1,3}(\||$)', '\1', 'g'
                ),
                '|'
            )
        end as authors
    from patients
    join articles using (article_id)
    join screenings using (article_id)
    left join isotypes using (patient_id)
    where screenings.decision = 'included'
),

pairs as (
    select
        a.patient_id as patient_id_a,
        b.patient_id as patient_id_b,
        a.sex,
        a.age as age_a,
        b.age as age_b,
        a.year as year_a,
        b.year as year_b,
        case when a.isotype = b.isotype then a.isotype end as isotype,
        list_sort(list_intersect(a.authors, b.authors)) as shared_authors
    from described as a
    join described as b
        on a.sex = b.sex
        and a.article_id < b.article_id
        and abs(a.age - b.age) <= 1
        and (a.isotype is null or b.isotype is null or a.isotype = b.isotype)
),

likely as (
    select *
    from pairs
    where len(shared_authors) > 0
        or (isotype is not null and abs(year_a - year_b) <= 3)
),

decisions as (
    select
        least(patient_id, key) as patient_id_a,
        greatest(patient_id, key) as patient_id_b,
        arg_max(value_after, line) as decision
    from (
        select
            *,
            regexp_extract(field, '^duplicate\[(.+)\]$', 1) as key
        from corrections
        where field like 'duplicate[%' and not is_stale
    )
    group by all
),

named as (
    select
        patient_id_a,
        patient_id_b,
        'both ' || sex
            || ', aged ' || age_a::varchar || ' and ' || age_b::varchar
            || coalesce(', ' || isotype, '')
            || case
                when len(shared_authors) > 0
                    then ', shared author ' || array_to_string(shared_authors, ', ')
                else ''
            end
            || coalesce(', reported ' || year_a::varchar || ' and ' || year_b::varchar, '')
            as reason
    from likely
)

select
    named.patient_id_a,
    named.patient_id_b,
    named.reason,
    decisions.decision
from named
left join decisions
    on decisions.patient_id_a = least(named.patient_id_a, named.patient_id_b)
    and decisions.patient_id_b = greatest(named.patient_id_a, named.patient_id_b)
order by
    named.patient_id_a,
    named.patient_id_b;

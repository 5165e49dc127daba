-- Pairs of patients of different reports who may be one person. They must have the same sex, no
-- contradicting isotype, and ages within a year, or as many years apart as their reports. What
-- they have in common gives points (see the table); a pair is listed for an author or a centre in
-- common, else for two points, one of them clinical, unless the countries differ.
-- A pair that a person decided stays listed.

-- The parts of an affiliation between its commas, in small letters, without e-mail addresses,
-- numbers and full stops: 'dermatology', 'university hospital of x', 'x', 'switzerland'.
create or replace temp macro affiliation_parts(affiliation) as
    [
        part for part in [
            trim(regexp_replace(part, '[0-9.;]+', ' ', 'g')) for part in string_split(
                regexp_replace(lower(affiliation), 'electronic address:?|\S+@\S+', '', 'g'), ','
            )
        ] if part <> ''
    ];

-- The country that an affiliation ends with, one name for each.
create or replace temp macro country_of(affiliation) as
    case
        when regexp_matches(
            affiliation_parts(affiliation)[-1], '^(the )?(usa|u s a?|united states( of america)?)$'
        )
            then 'united states'
        when affiliation_parts(affiliation)[-1]
            in ('uk', 'u k', 'england', 'scotland', 'wales', 'northern ireland')
            then 'united kingdom'
        when affiliation_parts(affiliation)[-1] like '%china' then 'china'
        when affiliation_parts(affiliation)[-1] like '%korea' then 'korea'
        else affiliation_parts(affiliation)[-1]
    end;

-- The hospitals and universities that an affiliation names, departments left out.
create or replace temp macro centres_of(affiliation) as
    [
        part for part in affiliation_parts(affiliation)
        if regexp_matches(
            part,
            'univers|spital|hôpital|hopital|ospedale|klinik|clinic|institut|college|cent(er|re) '
        )
        and not regexp_matches(part, '^(department|division|section|service|unit|school|faculty)\b')
    ];

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

places as (
    select
        article_id,
        list(distinct country_of(affiliation)) as countries,
        list_distinct(flatten(list(centres_of(affiliation)))) as centres
    from (
        select
            article_id,
            unnest(affiliations) as affiliation
        from articles
    )
    where len(affiliation_parts(affiliation)) > 0
    group by article_id
),

included as (
    select patients.*
    from patients
    join screenings using (article_id)
    where screenings.decision = 'included'
),

-- A finding of at most one patient in twenty; two patients are always few.
rare_findings as (
    select
        manifestations.patient_id,
        list(manifestations.manifestation) as findings
    from manifestations
    join included using (patient_id)
    where manifestations.status = 'present'
        and manifestations.manifestation in (
            select manifestation
            from manifestations
            where status = 'present'
                and patient_id in (select patient_id from included)
            group by manifestation
            having count(distinct patient_id)
                <= greatest(2, 0.05 * (select count(*) from included))
        )
    group by manifestations.patient_id
),

described as (
    select
        included.patient_id,
        included.article_id,
        included.sex,
        coalesce(included.age_years, (included.age_low + included.age_high) / 2) as age,
        isotypes.isotype,
        articles.year,
        places.countries,
        places.centres,
        rare_findings.findings,
        -- Family names: an author is the family name, a blank and the initials.
        case
            when len(articles.authors) > 0 then string_split(
                regexp_replace(
                    lower(array_to_string(articles.authors, '|')), ' [^ |]{1,3}(\||$)', '\1', 'g'
                ),
                '|'
            )
        end as authors
    from included
    join articles using (article_id)
    left join isotypes using (patient_id)
    left join places using (article_id)
    left join rare_findings using (patient_id)
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
        coalesce(abs(a.year - b.year) <= 3, false) as is_near,
        abs(a.age - b.age) <= 1 as is_same_age,
        case when a.isotype = b.isotype then a.isotype end as isotype,
        list_sort(coalesce(list_intersect(a.authors, b.authors), [])) as authors,
        list_sort(coalesce(list_intersect(a.centres, b.centres), [])) as centres,
        list_sort(coalesce(list_intersect(a.countries, b.countries), [])) as countries,
        a.countries is not null and b.countries is not null as has_countries,
        list_sort(coalesce(list_intersect(a.findings, b.findings), [])) as findings
    from described as a
    join described as b
        on a.sex = b.sex
        and a.article_id < b.article_id
        and (
            abs(a.age - b.age) <= 1
            or abs((b.age - a.age) - (b.year - a.year)) <= 1
        )
        and (a.isotype is null or b.isotype is null or a.isotype = b.isotype)
),

weighed as (
    select
        *,
        len(authors) > 0 or len(centres) > 0 as is_same_place,
        isotype is not null or len(findings) > 0 as is_alike,
        3 * (len(authors) > 0)::integer
        + 2 * (len(centres) > 0)::integer
        + (len(countries) > 0)::integer
        + (isotype is not null)::integer
        + is_near::integer
        + least(len(findings), 2) as points
    from pairs
),

likely as (
    select
        patient_id_a,
        patient_id_b,
        points,
        'both ' || sex
            || ', aged ' || age_a::varchar || ' and ' || age_b::varchar
            || coalesce(', ' || isotype, '')
            || coalesce(', shared author ' || nullif(array_to_string(authors, ', '), ''), '')
            || coalesce(', shared centre ' || nullif(array_to_string(centres, ', '), ''), '')
            || coalesce(', both from ' || nullif(array_to_string(countries, ', '), ''), '')
            || coalesce(', both with the rare ' || nullif(array_to_string(findings, ', '), ''), '')
            || coalesce(', reported ' || year_a::varchar || ' and ' || year_b::varchar, '')
            as reason
    from weighed
    where is_same_place
        or (
            is_same_age
            and is_alike
            and points >= 2
            and (len(countries) > 0 or not has_countries)
        )
),

decisions as (
    select
        least(patient_id, key) as low,
        greatest(patient_id, key) as high,
        arg_max(value_after, line) as decision
    from (
        select
            *,
            regexp_extract(field, '^duplicate\[(.+)\]$', 1) as key
        from corrections
        where field like 'duplicate[%' and not is_stale
    )
    group by all
)

select
    patient_id_a,
    patient_id_b,
    points,
    reason,
    decisions.decision
from likely
left join decisions
    on decisions.low = least(patient_id_a, patient_id_b)
    and decisions.high = greatest(patient_id_a, patient_id_b)
union all
select
    low,
    high,
    0,
    'decided by a person; the reports do not suggest it',
    decision
from decisions
where decision is not null
    and not exists (
        select 1
        from likely
        where low = least(patient_id_a, patient_id_b)
            and high = greatest(patient_id_a, patient_id_b)
    )
order by
    points desc,
    patient_id_a,
    patient_id_b;

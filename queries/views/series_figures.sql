-- One row is a share that a pooled report gives for its series as a whole, as it was read, and why
-- it is left out of pooled figures, if so: its patients are told one by one, a person judged the
-- same figure unfit, or the parent of the series, also in the corpus, gives the figure.
-- The denominator: as stated; for a response the treated; for the light chain those with a
-- monoclonal protein; for deaths never guessed; else the patients of the series.
with counts as (
    select
        article_id,
        variable,
        max(numerator) as numerator,
        max(denominator) as denominator
    from cohorts
    join pooled_articles using (article_id)
    where statistic = 'count'
        and numerator is not null
        and variable not like '%:treated'
    group by
        article_id,
        variable
),

denominators as (
    select
        counts.article_id,
        counts.variable,
        counts.numerator as n_present,
        coalesce(counts.denominator, asked.numerator) as n_stated
    from counts
    left join cohorts as asked
        on asked.article_id = counts.article_id
        and asked.statistic = 'count'
        and asked.variable = case
            when counts.variable like '%:%' then split_part(counts.variable, ':', 1) || ':treated'
            when counts.variable = 'igg_lambda' then 'paraprotein'
            when counts.variable = 'deaths' then null
            else 'patients'
        end
    where counts.variable not in ('patients', 'female')
),

named as (
    select
        denominators.*,
        articles.year,
        published_series.series,
        published_series.parent
    from denominators
    join articles using (article_id)
    left join published_series
        on list_has_any(
            string_split(published_series.identifiers, ' '),
            [articles.article_id, 'PMID:' || articles.pmid, 'DOI:' || articles.doi]
        )
)

select
    named.article_id,
    named.year,
    named.series,
    named.variable,
    named.n_present,
    named.n_stated,
    case
        when named.n_stated is null then 'denominator not stated'
        when named.n_present > named.n_stated then 'more than the patients it was counted in'
        when exists (
            select 1
            from pooled_patients
            where pooled_patients.article_id = named.article_id
        ) then 'its patients are described one by one'
        when judged.left_out is not null then judged.left_out
        when exists (
            select 1
            from named as of_parent
            where of_parent.series = named.parent
                and of_parent.variable = named.variable
        ) then 'overlaps ' || named.parent
    end as left_out
from named
left join published_figures as judged
    on judged.series = named.series
    and judged.variable = named.variable

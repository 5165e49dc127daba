-- A sheet for appraising each pooled report: the items of CARE 2013 and the questions of Murad 2018,
-- with the words that may answer them, for a person to judge. No words found is no judgement.
with items(tool, item, question, fields, section_kinds) as (
    values
        ('CARE', 1, 'Title names the case report and its focus', []::varchar[], ['title']),
        ('CARE', 2, 'Key words', [], ['keywords']),
        ('CARE', 3, 'Abstract', [], ['abstract']),
        ('CARE', 4, 'Introduction says why the case is unique', [], []),
        ('CARE', 5, 'Patient information', ['age_years', 'age_low', 'sex'], []),
        ('CARE', 6, 'Clinical findings', ['organ', 'manifestation', 'has_extracutaneous'], []),
        ('CARE', 7, 'Timeline', ['follow_up_months', 'line'], []),
        (
            'CARE', 8, 'Diagnostic assessment',
            ['paraprotein_status', 'heavy_chain', 'light_chain', 'plasma_cell_disorder'], []
        ),
        (
            'CARE', 9, 'Therapeutic intervention',
            ['therapy', 'dose_text', 'duration_text', 'is_stopped', 'stop_reason'], []
        ),
        (
            'CARE', 10, 'Follow-up and outcomes',
            ['response', 'is_relapse', 'outcome', 'follow_up_months'], []
        ),
        ('CARE', 11, 'Discussion', [], []),
        ('CARE', 12, 'Patient perspective', [], []),
        ('CARE', 13, 'Informed consent', [], []),
        ('Murad', 1, 'Selection: do the patients represent the whole experience of the centre?', [], []),
        (
            'Murad', 2, 'Ascertainment: was the exposure adequately ascertained?',
            ['therapy', 'dose_text', 'duration_text'], []
        ),
        ('Murad', 3, 'Ascertainment: was the outcome adequately ascertained?', ['response', 'outcome'], []),
        ('Murad', 4, 'Causality: were other explanations ruled out?', [], []),
        ('Murad', 5, 'Causality: was there a challenge or rechallenge?', ['is_stopped', 'is_relapse'], []),
        ('Murad', 6, 'Causality: was there a dose-response effect?', ['dose_text'], []),
        ('Murad', 7, 'Causality: was follow-up long enough?', ['follow_up_months'], []),
        ('Murad', 8, 'Reporting: is the case told in enough detail for practice?', [], [])
),

words as (
    select
        items.tool,
        items.item,
        findings.article_id,
        string_agg(
            case when is_quotable then findings.quote || ' ' else '' end
            || format('[{} {}-{}]', findings.section, findings.char_start, findings.char_end),
            '; '
            order by findings.section, findings.char_start, findings.char_end, findings.finding_id
        ) as found
    from items
    join findings on list_contains(items.fields, findings.field) and findings.subject = 'patient'
    join quotable_articles using (article_id)
    group by all
),

parts as (
    select
        items.tool,
        items.item,
        sections.article_id,
        '[' || string_agg(distinct sections.section, ', ' order by sections.section) || ']' as found
    from items
    join sections on list_contains(items.section_kinds, sections.kind)
    group by all
)

select
    pooled_articles.article_id,
    pooled_articles.title,
    items.tool,
    items.item,
    items.question,
    coalesce(words.found, parts.found) as words_found,
    null as judgement,
    null as judged_by
from pooled_articles
cross join items
left join words
    on words.article_id = pooled_articles.article_id
    and words.tool = items.tool
    and words.item = items.item
left join parts
    on parts.article_id = pooled_articles.article_id
    and parts.tool = items.tool
    and parts.item = items.item
order by
    pooled_articles.article_id,
    items.tool,
    items.item

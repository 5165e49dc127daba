-- What do the short names in tables and answers stand for?
select
    id,
    any_value(label) as name
from vocabulary_therapies
where coalesce(label, '') <> ''
    and id not like 'regimen:%'
    and id not like 'ignore:%'
group by id
union all
select *
from (
    values
    ('male', 'Men'),
    ('paraprotein', 'Monoclonal protein'),
    ('igg_lambda', 'IgG-lambda, of those typed'),
    ('extracutaneous', 'Any organ beyond the skin'),
    ('has_extracutaneous', 'Any organ beyond the skin'),
    ('dermato_neuro_syndrome', 'Dermato-neuro syndrome'),
    ('deaths', 'Died'),
    ('MGUS', 'Monoclonal gammopathy of undetermined significance')
) as facts (id, name)
order by id

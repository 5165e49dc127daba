-- The phenotypic features of the Phenopackets: an HPO term, or one of our own (LOCAL) where HPO has none.
-- What was denied is excluded; an organ as a whole never is, since one denied symptom does not clear it.
-- HPO ids of organs: release 2025-01-16.
with organ_terms(organ, term_id, label) as (
    values
        ('neurologic', 'HP:0000707', 'Abnormality of the nervous system'),
        ('musculoskeletal', 'HP:0033127', 'Abnormality of the musculoskeletal system'),
        ('gastrointestinal', 'HP:0025031', 'Abnormality of the digestive system'),
        ('pulmonary', 'HP:0002086', 'Abnormality of the respiratory system'),
        ('cardiovascular', 'HP:0001626', 'Abnormality of the cardiovascular system'),
        ('vascular', 'HP:0002597', 'Abnormality of the vasculature'),
        ('renal', 'HP:0000077', 'Abnormality of the kidney'),
        ('hematologic', 'HP:0001871', 'Abnormality of blood and blood-forming tissues'),
        ('ocular', 'HP:0000478', 'Abnormality of the eye'),
        ('laryngeal', 'HP:0001600', 'Abnormality of the larynx'),
        ('hepatic', 'HP:0001392', 'Abnormality of the liver')
),

labels as (
    select
        id,
        min(label) as label
    from vocabulary_organs
    group by id
),

features as (
    select
        manifestations.patient_id,
        coalesce(manifestations.hpo_id, 'LOCAL:' || manifestations.manifestation) as term_id,
        coalesce(labels.label, manifestations.manifestation) as label,
        manifestations.status,
        'manifestation' as field,
        manifestations.manifestation as value
    from manifestations
    left join labels on labels.id = manifestations.manifestation
    union all
    select
        organ_involvement.patient_id,
        organ_terms.term_id,
        organ_terms.label,
        'present',
        'organ',
        organ_involvement.organ
    from organ_involvement
    join organ_terms using (organ)
    anti join manifestations
        on manifestations.patient_id = organ_involvement.patient_id
        and manifestations.organ = organ_involvement.organ
        and manifestations.status = 'present'
    where organ_involvement.status = 'present'
    union all
    select
        patient_id,
        'HP:0031047',
        'Paraproteinemia',
        paraprotein_status,
        'paraprotein_status',
        paraprotein_status
    from patients
    where paraprotein_status <> 'not_reported'
)

select
    features.patient_id,
    features.term_id,
    any_value(features.label order by features.value) as label,
    bool_and(features.status = 'absent') as is_excluded,
    any_value(findings.quote order by findings.confidence desc, findings.char_start)
        filter (where quotable_articles.is_quotable) as words
from features
join pooled_patients using (patient_id)
left join findings
    on findings.patient_id = features.patient_id
    and findings.field = features.field
    and findings.value = features.value
    and findings.subject = 'patient'
left join quotable_articles on quotable_articles.article_id = findings.article_id
group by
    features.patient_id,
    features.term_id
order by
    features.patient_id,
    features.term_id

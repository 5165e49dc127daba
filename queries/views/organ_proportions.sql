-- One row is an organ system: how many pooled patients have it of those whose text says whether,
-- with the Wilson interval, the rate of reporting, and the bounds with all silent texts counted as
-- absent (lower) or as present (upper).
select
    organ_systems.organ,
    coalesce(n_present, 0) as n_present,
    coalesce(n_stated, 0) as n_stated,
    coalesce(n_not_reported, 0) as n_not_reported,
    coalesce(n_patients, 0) as n_patients,
    percent_present,
    wilson_low,
    wilson_high,
    percent_reporting,
    lower_bound,
    upper_bound,
    coalesce(n_reports, 0) as n_reports,
    percent_from_abstracts
from organ_systems
left join pooled_proportions
    on pooled_proportions.variable = organ_systems.organ

-- One row is an M component of a pooled patient with its isotype; a chain that is not stated is
-- a question mark.
select
    paraproteins.patient_id,
    paraproteins.item,
    paraproteins.heavy_chain,
    paraproteins.light_chain,
    case
        when paraproteins.heavy_chain is null and paraproteins.light_chain is null then null
        else coalesce(paraproteins.heavy_chain, '?')
            || '-' || coalesce(paraproteins.light_chain, '?')
    end as isotype,
    paraproteins.concentration_g_per_l
from paraproteins
join pooled_patients using (patient_id)

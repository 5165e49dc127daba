-- One row is an M component of a patient; a biclonal patient has two.
create table paraproteins (
    patient_id varchar,
    item integer,
    heavy_chain varchar,
    light_chain varchar,
    concentration_g_per_l double,
    decided_by varchar
);

comment on table paraproteins is
    'One row is an M component of a patient; a biclonal patient has two.';
comment on column paraproteins.patient_id is
    'The patient; key of patients.';
comment on column paraproteins.item is
    'Number of the component within the patient, from 1.';
comment on column paraproteins.heavy_chain is
    'IgG, IgA, IgM, IgD or IgE; null where not stated.';
comment on column paraproteins.light_chain is
    'kappa or lambda; null where not stated.';
comment on column paraproteins.concentration_g_per_l is
    'Concentration of the M component in g/L.';
comment on column paraproteins.decided_by is
    'rule, or reviewer where a correction holds for this row.';

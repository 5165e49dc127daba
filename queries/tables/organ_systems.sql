-- One row is an organ system of the vocabulary; the skin is the disease itself and not one of them.
create table organ_systems (
    organ varchar
);

comment on table organ_systems is
    'One row is an organ system of the vocabulary; the skin is the disease itself and not one of them.';
comment on column organ_systems.organ is
    'Name of the organ system.';

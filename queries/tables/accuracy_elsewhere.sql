-- One row is a yes-or-no fact and how often the program read it rightly in other texts.
create table accuracy_elsewhere (
    variable varchar,
    n_found integer,
    n_true integer,
    n_left_out integer,
    n_false integer,
    measured_on varchar
);

comment on table accuracy_elsewhere is
    'One row is a yes-or-no fact and how often the program read it rightly in other texts, annotated by a person. Rows of diseases/*.accuracy.csv.';
comment on column accuracy_elsewhere.variable is
    'The fact, as in the view patient_facts.';
comment on column accuracy_elsewhere.n_found is
    'Patients who have it and were read as having it.';
comment on column accuracy_elsewhere.n_true is
    'Patients who have it, as the text says.';
comment on column accuracy_elsewhere.n_left_out is
    'Patients of whom the text does not say it and who were not read as having it.';
comment on column accuracy_elsewhere.n_false is
    'Patients of whom the text does not say it.';
comment on column accuracy_elsewhere.measured_on is
    'Which texts, and when.';

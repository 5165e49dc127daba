"""The patients, values and figures that stand in tables. Reads statements that are cells."""

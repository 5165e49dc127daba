"""The statistics of the report: numbers in, numbers out. Reads and writes nothing."""

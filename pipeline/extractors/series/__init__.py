"""The figures of a series told as a whole, from the numbers of its sentences. Reads statements."""

"""The notations of an age, by language and kind, and the words around one. Pure functions."""

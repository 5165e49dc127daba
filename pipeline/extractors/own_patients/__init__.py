"""Who the own patients of a report are, and which statement is whose. Reads statements."""

"""From the case reports of PubMed to one DuckDB file. Reads and writes nothing by itself."""

__version__ = "0.1.0"

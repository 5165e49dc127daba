"""The retrieve stage: keeps a complete, current copy of every record in `extracted/raw/`.

Reads the [search] table of a disease file and Entrez; the only stage that opens a connection.
"""

from __future__ import annotations

from pipeline.retrieve.errors import EntrezUnavailable, RetrieveError
from pipeline.retrieve.lock import run_lock
from pipeline.retrieve.manifest import Row
from pipeline.retrieve.pace import Pace
from pipeline.retrieve.raw import damage_of, import_files, raw_files, record_states, starter_files
from pipeline.retrieve.refresh import refresh
from pipeline.retrieve.summary import QueryReport, Refresh
from pipeline.retrieve.tables import retrieval_tables
from pipeline.retrieve.wording import lines_of

__all__ = [
    "EntrezUnavailable",
    "Pace",
    "QueryReport",
    "Refresh",
    "RetrieveError",
    "Row",
    "damage_of",
    "import_files",
    "lines_of",
    "raw_files",
    "record_states",
    "refresh",
    "retrieval_tables",
    "run_lock",
    "starter_files",
]

"""The retrieve stage: keeps a complete, current copy of every record in `extracted/raw/`.

Reads the [search] table of a disease file and Entrez; the only stage that opens a connection.
"""

from __future__ import annotations

from .errors import EntrezUnavailable, RetrieveError
from .lock import run_lock
from .manifest import Row
from .pace import Pace
from .raw import damage_of, import_files, raw_files, record_states, starter_files
from .refresh import refresh
from .summary import QueryReport, Refresh
from .tables import retrieval_tables
from .wording import lines_of

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

"""What a run was made from, so that a run with nothing new ends in seconds.

Reads the files a run depends on and `extracted/state.json`, which it also writes.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import msgspec

from pipeline.files import UnreadableFileError, sha256_of_file, write_atomically
from pipeline.language.unlisted import MODEL
from pipeline.records import RawFile

LIBRARIES = (  # those that decide what a value is or how it is counted
    "spacy",
    "scispacy",
    "medspacy",
    "pysbd",
    "biopython",
    "lxml",
    "msgspec",
    "duckdb",
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
    "lifelines",
)
# What of the rows of `retrieval` decides; dates and numbers of tries do not.
RETRIEVAL_FACTS = ("database", "record_id", "status", "is_in_current_search", "full_text_status")
CODE = Path(__file__).parent


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What the last complete run left: checksums of its inputs and of its DuckDB file."""

    inputs_sha256: str
    closing: str
    is_complete: bool
    database_sha256: str | None = None


def read_state(path: Path) -> State | None:
    """The state of the last run; None where there is none or where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def damage_of(database: Path, state: State | None) -> str | None:
    """Why the DuckDB file is not the one that the last run made; None where it is."""
    if not database.exists():
        return "is missing"
    if state is None:
        return "was left by a run that did not end"
    if sha256_of_file(database) != state.database_sha256:
        return "was changed or damaged since it was made"
    return None


def write_state(path: Path, state: State) -> None:
    write_atomically(path, msgspec.json.encode(state))


def inputs_sha256(
    raws: Iterable[RawFile],
    corrections: Path,
    queries: Path,
    retrieval: Iterable[Mapping[str, Any]] = (),
    disease: Iterable[Path] = (),
) -> str:
    """Checksum over all that decides the result: given files, corrections, queries, code, rules.

    `retrieval` are the rows of that table: a record deleted at PubMed changes no file.
    `disease` are the files of the disease, which may lie anywhere.
    """
    checksum = hashlib.sha256()
    for path in disease:
        checksum.update(f"{path.name}\n".encode() + path.read_bytes())
    for raw in sorted(raws, key=lambda raw: (raw.source, raw.name)):
        checksum.update(f"{raw.source}|{raw.name}|{raw.sha256}\n".encode())
    for row in retrieval:
        facts = [str(row.get(column)) for column in RETRIEVAL_FACTS]
        checksum.update(f"{'|'.join(facts)}\n".encode())
    if corrections.exists():
        checksum.update(bytes_of(corrections))
    checksum.update(code_sha256(queries).encode())
    return checksum.hexdigest()


def bytes_of(path: Path) -> bytes:
    """Raises UnreadableFileError: what a person wrote is never taken for nothing."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror}.") from error


def code_sha256(queries: Path) -> str:
    """Checksum over the program: code, rules, disease files and SQL, whatever git says of them."""
    checksum = hashlib.sha256()
    for path in (*files_below(queries, "*.sql"), *files_below(CODE, "*")):
        checksum.update(f"{path.name}\n".encode() + path.read_bytes())
    return checksum.hexdigest()


def files_below(folder: Path, pattern: str) -> list[Path]:
    """Source, rules and disease files below a folder, without what Python itself leaves there."""
    kinds = (".py", ".sql", ".csv", ".toml", ".html")
    return sorted(path for path in folder.rglob(pattern) if path.suffix in kinds)


def now_text() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def versions() -> dict[str, Any]:
    """Versions of Python, the libraries and, where it is installed, the optional model."""
    libraries = {name: version_of(name) for name in LIBRARIES}
    return {"python": platform.python_version(), **libraries, "model": version_of(MODEL)}

"""What parse is to read now: live records, else the starter corpus, and all imports.

Reads `extracted/raw/` and the starter folder; copies imported files into `extracted/raw/import/`.
"""

from __future__ import annotations

import os
import re
import stat
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipeline.files import sha256_of, write_atomically
from pipeline.records import RawFile, Source
from pipeline.retrieve.manifest import Key, Manifest, Row, append_rows, latest, read_manifest

OURS = "lies in the folder of what the program made; take a copy elsewhere if it is a report"


def record_states(extracted_dir: Path) -> dict[Key, Row]:
    """The present state of every record, by (database, id): fetched, left, deleted, absent ..."""
    return latest(read_manifest(extracted_dir / "raw" / "manifest.jsonl"))


def raw_files(
    extracted_dir: Path, starter_dir: Path, report: Callable[[str], None] | None = None
) -> list[RawFile]:
    """The files that parse is to read, older copies of a record before newer ones.

    Live records where any were ever fetched, otherwise `starter_dir/*.xml`; then the imports.
    A file whose checksum differs from the manifest is left out and named to `report`
    (a warning where none is given).
    """
    rows = read_manifest(extracted_dir / "raw" / "manifest.jsonl")
    states = latest(rows)
    tell = report or (lambda sentence: warnings.warn(sentence, stacklevel=2))
    live = _known_files(extracted_dir, states, ("pubmed", "pmc"), "entrez", tell)
    imports = _known_files(extracted_dir, states, ("import",), "import", tell)
    has_live = any(row.file and row.database != "import" for row in rows)
    return [*(live if has_live else starter_files(starter_dir)), *imports]


def starter_files(starter_dir: Path) -> list[RawFile]:
    """The bundled starter corpus, in the order of its names."""
    return [
        RawFile(
            path=str(path),
            name=f"starter/{path.name}",
            source="starter",
            sha256=sha256_of(path.read_bytes()),
        )
        for path in sorted(starter_dir.glob("*.xml"))
    ]


def _known_files(
    extracted_dir: Path,
    states: dict[Key, Row],
    databases: tuple[str, ...],
    source: Source,
    tell: Callable[[str], None],
) -> list[RawFile]:
    """The undamaged files that hold the present state of some record."""
    checksums = {row.file: row.sha256 for row in states.values() if row.database in databases}
    files = []
    for name in sorted((n for n in checksums if n), key=lambda n: (databases.index(_kind(n)), n)):
        path = extracted_dir / name
        if (damage := damage_of(path, checksums[name])) is None:
            digest = checksums[name] or ""
            files.append(RawFile(path=str(path), name=name, source=source, sha256=digest))
        else:
            remedy = "import the file again" if source == "import" else "a live run fetches it anew"
            tell(f"{path} {damage} and is not used: {remedy}.")
    return files


def _kind(name: str) -> str:
    """'pubmed', 'pmc' or 'import' of a name like raw/pubmed/x.xml."""
    return name.split("/")[1]


def damage_of(path: Path, sha256: str | None) -> str | None:
    """What is wrong with a raw file, or None where it is as it was received."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return None if sha256_of(data) == sha256 else "was changed after it was received"


def import_files(paths: Sequence[Path], extracted_dir: Path) -> list[tuple[Path, RawFile | str]]:
    """Copy files people already have, byte for byte, into `extracted/raw/import/`.

    Folders are walked in the order of their names, hidden files left out. What the
    program made is not taken: its report.html would be read as one more report.
    Returns each file with its copy, or with the reason why it could not be taken.
    """
    states = record_states(extracted_dir)
    taken: list[tuple[Path, RawFile | str]] = []
    rows: dict[Key, Row] = {}
    ours = extracted_dir.resolve()
    for path in (found for given in paths for found in _walk(Path(given), ours)):
        outcome = OURS if _is_made(path, ours) else _take(path, extracted_dir)
        taken.append((path, outcome))
        if isinstance(outcome, RawFile):
            row = _import_row(outcome)
            known = states.get(row.key)
            if known is None or known.file != row.file:
                rows.setdefault(row.key, row)
    if rows:
        append_rows(extracted_dir / "raw" / "manifest.jsonl", list(rows.values()))
    return taken


def _is_made(path: Path, ours: Path) -> bool:
    """Whether a file is of the program's making, not a copy of what was brought in before."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself lies nowhere
        return False
    return real.is_relative_to(ours) and not real.is_relative_to(ours / "raw" / "import")


def _walk(given: Path, ours: Path) -> Iterator[Path]:
    """The files below `given`, those of a folder `ours` inside it left out."""
    if not given.is_dir():
        yield given
        return
    for folder, subfolders, names in os.walk(given):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not name.startswith(".") and Path(folder, name).resolve() != ours
        )
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith("."))


def _take(path: Path, extracted_dir: Path) -> RawFile | str:
    """The copy of a file, or the reason why there is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "not an ordinary file"
        data = path.read_bytes()
    except FileNotFoundError:
        return "there is no such file"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if not data:
        return "the file is empty"
    digest = sha256_of(data)
    folder = extracted_dir / "raw" / "import"
    earlier = sorted(folder.glob(f"{digest[:16]}-*"))  # the same bytes under another name
    copy = earlier[0] if earlier else folder / f"{digest[:16]}-{_safe_name(path.name)}"
    if damage_of(copy, digest) is not None:
        write_atomically(copy, data)
    name = copy.relative_to(extracted_dir).as_posix()
    return RawFile(path=str(copy), name=name, source="import", sha256=digest)


def _safe_name(name: str) -> str:
    """A file name of plain letters, digits, dots and hyphens, at most 80 characters."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name).lstrip(".") or "file"
    return plain if len(plain) <= 80 else plain[:40] + plain[-40:]


def _import_row(raw: RawFile) -> Row:
    return Row(
        id=raw.sha256[:16],
        database="import",
        status="fetched",
        run="import",
        fetched_on=datetime.now(UTC).isoformat(timespec="seconds"),
        file=raw.name,
        sha256=raw.sha256,
    )


def forget_damaged(manifest: Manifest, extracted_dir: Path) -> list[str]:
    """Mark records of damaged live files as not received, so that they are fetched anew.

    Returns one sentence per damaged file.
    """
    damages: dict[str, str | None] = {}
    forgotten = []
    for row in [*manifest.stored("pubmed").values(), *manifest.stored("pmc").values()]:
        name = row.file or ""
        if name not in damages:
            damages[name] = damage_of(extracted_dir / name, row.sha256)
        if damages[name]:
            forgotten.append(_without_copy(row))
    if forgotten:
        manifest.append(forgotten)
    return [f"{extracted_dir / n} {d}: fetching it anew." for n, d in damages.items() if d]


def _without_copy(row: Row) -> Row:
    return Row(
        id=row.id,
        database=row.database,
        status="failed",
        run=row.run,
        fetched_on=row.fetched_on,
        reason="damaged",
        pmid=row.pmid,
        pmcid=row.pmcid,
        notices=row.notices,
        record_sha256=row.record_sha256,
        message="the raw file was damaged or missing",
    )

"""'doctor': what is set up, what is missing and what to do about it, one line each.

Reads the settings, the rules and what is below `extracted/`; writes to standard output, changes
nothing and asks nobody.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from pipeline.settings import NCBI_BASE_URL, Settings
from pipeline.telling import show

MARKS = {"ok": "ok", "note": "note", "problem": "PROBLEM"}
LEAST_FREE_BYTES = 500_000_000  # a corpus of a thousand reports, its copies and the new file


class Check(msgspec.Struct, frozen=True):
    """One thing looked at; only a problem stands in the way of a run."""

    state: Literal["ok", "note", "problem"]
    text: str


def doctor(_: argparse.Namespace, settings: Settings) -> int:
    """Print every check; 0 where nothing stands in the way of a run, else 1."""
    found = [check for look in CHECKS for check in look(settings)]
    for check in found:
        show(f"{MARKS[check.state]:<8} {check.text}")
    n_problems = sum(check.state == "problem" for check in found)
    show("Nothing stands in the way of a run." if not n_problems else f"{n_problems} to mend.")
    return 1 if n_problems else 0


def python_and_libraries(_: Settings) -> Iterator[Check]:
    from pipeline import state

    fits = (3, 11) <= sys.version_info[:2] < (3, 13)
    yield Check(
        "ok" if fits else "problem",
        f"Python {sys.version.split()[0]}{'' if fits else ': 3.11 or 3.12 is needed; make run'}",
    )
    versions = state.versions()
    missing = [name for name in state.LIBRARIES if versions[name] is None]
    if missing:
        yield Check("problem", f"not installed: {', '.join(missing)}; `make run` installs them")
    else:
        yield Check("ok", ", ".join(f"{name} {versions[name]}" for name in state.LIBRARIES))
    model = versions["model"]
    said = f"version {model}" if model else "not installed; nothing depends on it"
    yield Check("ok" if model else "note", f"optional language model: {said}")


def identity(settings: Settings) -> Iterator[Check]:
    """The e-mail address and the key are never shown."""
    email = settings.ncbi_email
    if not email:
        yield Check("note", "NCBI_EMAIL is not set: runs use the starter corpus; see .env.example")
    elif "@" not in email or " " in email:
        yield Check("problem", "NCBI_EMAIL is not an e-mail address: correct it")
    else:
        yield Check("ok", "NCBI_EMAIL is set: runs ask Entrez")
    has_key = bool(settings.ncbi_api_key)
    yield Check("ok" if has_key else "note", f"NCBI_API_KEY is {'set' if has_key else 'not set'}")
    yield from address(settings)


def address(settings: Settings) -> Iterator[Check]:
    if settings.entrez_base_url == NCBI_BASE_URL:
        return
    parts = urlsplit(settings.entrez_base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield Check("problem", "ENTREZ_BASE_URL is no http:// or https:// address: correct it")
        return
    is_open = parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1")
    warning = "; address and key travel unencrypted: use https" if is_open else ""
    yield Check("note", f"ENTREZ_BASE_URL leads to {parts.hostname}{warning}")


def rules_files(settings: Settings) -> Iterator[Check]:
    from pipeline.rules import RulesError, bundled_rules, read_disease

    try:
        n_rows = sum(len(rows) for rows in bundled_rules().tables.values())
        read_disease(settings.disease)
    except RulesError as error:
        yield Check("problem", f"{error} Mend that row.")
    else:
        yield Check("ok", f"rules: {n_rows:,} rows; disease: {settings.disease_name}")


def folder_and_room(settings: Settings) -> Iterator[Check]:
    folder = settings.extracted_dir
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not existing.is_dir():
        yield Check("problem", f"{existing} is no folder: set EXTRACTED_DIR to one")
        return
    if not os.access(existing, os.W_OK):
        yield Check("problem", f"{existing} cannot be written: allow it or set EXTRACTED_DIR")
        return
    free = shutil.disk_usage(existing).free
    text = f"{folder.absolute()} can be written, {free / 1e9:.1f} GB free"
    yield Check("ok" if free > LEAST_FREE_BYTES else "problem", text)


def given_records(settings: Settings) -> Iterator[Check]:
    from pipeline import retrieve
    from pipeline.files import UnreadableFileError

    try:
        rows = retrieve.record_states(settings.extracted_dir)
    except UnreadableFileError as error:
        yield Check("problem", str(error))
        return
    files = {row.file: row.sha256 for row in rows.values() if row.file}
    if not files:
        yield Check("note", "no record was fetched or imported yet")
        return
    held = sum(row.file is not None for row in rows.values())
    yield Check("ok", f"{held:,} records in {len(files):,} raw files")
    for name, checksum in sorted(files.items()):
        if damage := retrieve.damage_of(settings.extracted_dir / name, checksum):
            yield Check("note", f"{name} {damage}: a live run fetches it anew, or import it again")


def decisions(settings: Settings) -> Iterator[Check]:
    from pipeline import load

    path = settings.extracted_dir / "corrections.csv"
    try:
        n_rows = len(load.read_corrections(path))
    except load.CorrectionsError as error:
        yield Check("problem", f"{error} No run goes on before that line is mended.")
    else:
        yield Check("ok", f"corrections.csv: {n_rows:,} decisions")


def made_file(settings: Settings) -> Iterator[Check]:
    from pipeline import state

    known = state.read_state(settings.extracted_dir / "state.json")
    if known is None or not settings.database.exists():
        yield Check("note", f"{settings.database.name} is not made yet: make run")
    elif damage := state.damage_of(settings.database, known):
        yield Check("note", f"{settings.database.name} {damage}: make run makes it again")
    else:
        yield Check("ok", f"{settings.database.name} is the one that the last run made")


def notes_of_others(settings: Settings) -> Iterator[Check]:
    """Files that other programs leave where they work on ours."""
    lock = settings.extracted_dir / ".~lock.corrections.csv#"
    if lock.exists():
        yield Check("note", f"{lock.name}: corrections.csv is open in a spreadsheet program")
    if Path(".env").is_file() and Path(".env").stat().st_mode & 0o077:
        yield Check("note", ".env can be read by other users of this machine: chmod 600 .env")


CHECKS: tuple[Callable[[Settings], Iterator[Check]], ...] = (
    python_and_libraries,
    identity,
    rules_files,
    folder_and_room,
    given_records,
    decisions,
    made_file,
    notes_of_others,
)

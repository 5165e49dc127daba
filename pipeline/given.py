"""The given files of a run: refreshed from Entrez, kept from before, bundled, or brought along.

Reads the settings, the disease profile and `extracted/raw/`; writes through retrieve only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import parse, retrieve
from pipeline.records import RawFile
from pipeline.rules import known_diseases, read_disease, starter_folder
from pipeline.settings import Settings
from pipeline.telling import GO_LIVE, say, warn, warn_of

Given = tuple[list[RawFile], dict[str, Any]]  # the files, and what the run says of itself


class NothingGivenError(Exception):
    """There is nothing to read, or it is of another disease; the message says what to do."""


def refuse_other_disease(settings: Settings) -> None:
    """Two diseases in one folder would share the given files and the corrections."""
    for name in known_diseases():
        if name != settings.disease_name and (settings.extracted_dir / f"{name}.duckdb").exists():
            raise NothingGivenError(
                f"{settings.extracted_dir} holds {name}, the disease asked for is"
                f" {settings.disease_name}: set EXTRACTED_DIR to a folder of its own."
            )


def refreshed_files(settings: Settings) -> Given:
    """The given files after a refresh from Entrez."""
    refreshed = retrieve.refresh(read_disease(settings.disease)["search"], settings, say)
    for line in retrieve.lines_of(refreshed):
        say(line)
    raws, facts = given_files(settings)
    return raws, {**facts, "mode": "live", "refresh": refreshed, "queries": refreshed.queries}


def files_at_hand(settings: Settings, is_starter: bool) -> Given:
    """The given files of a run that asks nobody: those fetched before, else the starter corpus."""
    starter = starter_folder(settings.disease)
    raws, facts = (retrieve.starter_files(starter), {}) if is_starter else given_files(settings)
    if not raws:
        raise NothingGivenError(
            f"{settings.disease_name} has no starter corpus in {starter}. {GO_LIVE}"
        )
    if any(raw.source == "starter" for raw in raws):
        say(f"Starter corpus: bundled reports restated in our own words. {GO_LIVE}")
        return raws, {**facts, "mode": "starter"}
    say(f"The records fetched before are used; PubMed is not asked. {GO_LIVE}")
    return raws, {**facts, "mode": "kept"}


def given_files(settings: Settings) -> Given:
    """The files to read; those that are missing or damaged are named, and counted for the run."""
    unusable: list[str] = []
    starter = starter_folder(settings.disease)
    raws = retrieve.raw_files(settings.extracted_dir, starter, unusable.append)
    for sentence in unusable:
        warn(sentence)
    return raws, {"n_unusable_files": len(unusable)} if unusable else {}


def count_only(settings: Settings) -> None:
    """Dry run: the counts of every search; writes nothing."""
    search = read_disease(settings.disease)["search"]
    for line in retrieve.lines_of(retrieve.refresh(search, settings, say, dry_run=True)):
        say(line)


def take_in(paths: Sequence[Path], settings: Settings) -> tuple[bool, dict[str, parse.ParsedFile]]:
    """Keep each file and say what is in it; whether all of it could be used, and what was read.

    Raises NothingGivenError where not one file could be taken.
    """
    taken = retrieve.import_files(paths, settings.extracted_dir)
    is_clean, parsed = True, {}
    for path, outcome in taken:
        if isinstance(outcome, str):
            is_clean = False
            warn(f"{path}: {outcome}")
            continue
        file = parsed[parse.reuse_key(outcome)] = parse.read_file(outcome)
        say(f"{path}: {len(file.reports)} record{'' if len(file.reports) == 1 else 's'}")
        for problem in file.problems:
            is_clean = False
            warn_of(problem, str(path))
    if not any(isinstance(outcome, RawFile) for _, outcome in taken):
        asked = ", ".join(map(str, paths))
        raise NothingGivenError(f"Nothing was imported: there is no file to take in {asked}.")
    return is_clean, parsed

"""Files that were damaged between two runs: raw files, the DuckDB file, our own notes, rules.

Reads and writes only below the folder of the world.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from verdict import Verdict
from world import World, database_of

ROOT = Path(__file__).parents[2]
Damage = Callable[[bytes, random.Random], bytes | None]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def zeroed(data: bytes, chance: random.Random) -> bytes:
    """A page of zeroes, as a file system leaves it after a power loss."""
    place = chance.randrange(len(data))
    return data[:place] + b"\0" * min(4096, len(data) - place) + data[place + 4096 :]


def emptied(_data: bytes, _chance: random.Random) -> bytes:
    return b""


def replaced(_data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(5000)


def removed(_data: bytes, _chance: random.Random) -> None:
    return None


DAMAGES: tuple[Damage, ...] = (cut, flipped, zeroed, emptied, replaced, removed)


def inflict(path: Path, damage: Damage, chance: random.Random) -> None:
    data = damage(path.read_bytes(), chance)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)


def damaged_raw(world: World, chance: random.Random) -> Verdict:
    """Every raw file, damaged in every way: named, and fetched anew."""
    verdict = Verdict("damaged raw file")
    for path in sorted((world.old / "raw").glob("p*/*.xml")):
        for damage in DAMAGES:
            folder = world.fresh()
            target = folder / path.relative_to(world.old)
            inflict(target, damage, chance)
            outcome = world.warm.run(folder)
            verdict.n_cases += 1
            if target.name not in outcome.text:
                verdict.remarks.append(f"{target.name}, {damage.__name__}: not named")
            verdict.mixed += world.unfinished(folder, outcome)
    return verdict


def damaged_database(world: World, chance: random.Random) -> Verdict:
    """The DuckDB file, damaged: made anew from what was given, also where nothing else is new."""
    verdict = Verdict("damaged DuckDB file")
    for number in range(5 * len(DAMAGES)):
        damage = DAMAGES[number % len(DAMAGES)]
        kind = "old" if number % 2 else "new"
        folder = world.fresh("work", kind)
        inflict(database_of(folder), damage, chance)
        outcome = world.warm.run(folder)
        verdict.n_cases += 1
        verdict.lost += world.lost(folder)
        verdict.mixed += world.unfinished(folder, outcome, kind)
    return verdict


def damaged_notes(world: World, chance: random.Random) -> Verdict:
    """What the program notes for itself, damaged: it costs time, no row."""
    verdict = Verdict("damaged notes (state, extractions, run logs)")
    names = [p.relative_to(world.old) for p in (world.old / "raw" / "runs").glob("*.json")]
    ours = ("state.json", "parsed.jsonl", "screenings.jsonl", "extractions.jsonl", "results.jsonl")
    for name in (*map(Path, ours), *names):
        for damage in DAMAGES:
            folder = world.fresh()
            inflict(folder / name, damage, chance)
            outcome = world.warm.run(folder)
            verdict.n_cases += 1
            verdict.mixed += [f"{name}: {t}" for t in world.unfinished(folder, outcome)]
            verdict.lost += world.lost(folder)
    return verdict


def half_edited_rules(world: World, chance: random.Random) -> Verdict:
    """A rules file saved in the middle of an edit: refused by name, and the old file stays."""
    verdict = Verdict("rules or disease file broken in the middle of an edit")
    program = world.folder / "program"
    shutil.rmtree(program, ignore_errors=True)
    for name in ("pipeline", "queries"):
        shutil.copytree(ROOT / name, program / name)
    folder = world.fresh("work", "old")
    for path, text in halves(program, chance):
        before = path.read_bytes()
        path.write_bytes(text)
        outcome = cold_run(program, folder)
        path.write_bytes(before)
        verdict.n_cases += 1
        if outcome.returncode != 1 or path.name not in outcome.stderr:
            verdict.remarks.append(f"{path.name}: {outcome.returncode} {outcome.stderr[-300:]}")
        verdict.lost += world.lost(folder)
        verdict.mixed += world.mixed(folder)
    return verdict


def halves(program: Path, chance: random.Random) -> Iterator[tuple[Path, bytes]]:
    """Files of rules as an editor that died may leave them: cut inside a row, or empty."""
    rules = sorted((program / "pipeline" / "rules").glob("*.csv"))
    for path in chance.sample(rules, 4):
        lines = path.read_bytes().splitlines(keepends=True)
        row = chance.randrange(1, len(lines))
        yield path, b"".join(lines[:row]) + lines[row].partition(b",")[0]
    yield rules[0], b""
    profile = next((program / "pipeline" / "diseases").glob("*.toml"))
    data = profile.read_bytes()
    yield profile, data[: data.index(b" = ") + 3]


def cold_run(program: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "EXTRACTED_DIR": str(folder), "NCBI_EMAIL": ""}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "run"],
        cwd=program, env=environment, capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip

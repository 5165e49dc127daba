"""Kills, full disks and damage in whole refreshes against the stand-in Entrez; counts what is lost.

    make chaos            at least 500 kills and every other fault; some minutes
    make chaos KILLS=50   fewer

Writes below a temporary folder. Ends with 1 where anything was lost, mixed or not as it should be.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from damage import damaged_database, damaged_notes, damaged_raw, half_edited_rules
from disks import clock, file_limit, full_disk, read_only
from fake_entrez import FakeEntrez
from kills import import_loop, kill_loop
from verdict import Verdict
from world import Warm, World

IMPORT_SHARE = 10  # one kill of an import for so many of a refresh


def loops(world: World, n_kills: int, chance: random.Random) -> dict[str, Callable[[], Verdict]]:
    return {
        "kills": lambda: kill_loop(world, n_kills, chance),
        "import": lambda: import_loop(world, max(n_kills // IMPORT_SHARE, 1), chance),
        "disk": lambda: full_disk(world),
        "limit": lambda: file_limit(world),
        "read-only": lambda: read_only(world),
        "clock": lambda: clock(world),
        "raw": lambda: damaged_raw(world, chance),
        "database": lambda: damaged_database(world, chance),
        "notes": lambda: damaged_notes(world, chance),
        "rules": lambda: half_edited_rules(world, chance),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", nargs="*", help="names of loops")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, FakeEntrez() as fake:
        folder = Path(name)
        warm = Warm(folder, fake.base_url)
        world = World(folder, fake, warm)
        world.prepare()
        chosen = loops(world, options.kills, random.Random(options.seed))
        verdicts = []
        for loop in options.only or chosen:
            verdicts.append(chosen[loop]())
            print("\n".join(verdicts[-1].lines()), flush=True)
        warm.stop()
    n_lost, n_mixed = (
        sum(len(v) for v in part)
        for part in zip(*((verdict.lost, verdict.mixed) for verdict in verdicts), strict=True)
    )
    print(f"lost = {n_lost}, mixed = {n_mixed}")
    return 0 if all(verdict.is_clean for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())

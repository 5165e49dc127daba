"""Kill -9 anywhere in a whole refresh or import: at random moments and between two file operations.

Reads and writes only below the folder of the world.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from verdict import Verdict
from world import Outcome, World

from pipeline.fingerprint import fingerprint_of

MOST_IN_A_ROW = 5
SHORTEST_SECONDS = 0.5
ANSWER_SECONDS = 0.004  # so that kills fall into requests, too


def kill_loop(world: World, n_kills: int, chance: random.Random) -> Verdict:
    """Runs killed in the middle, up to five in a row on one folder, then one that ends."""
    verdict = Verdict("kill -9 in a whole refresh")
    while verdict.n_cases < n_kills:
        folder = world.fresh()
        world.fake.before_answer = lambda _seen: time.sleep(ANSWER_SECONDS)
        for _ in range(chance.randint(1, MOST_IN_A_ROW)):
            outcome = killed(world, folder, chance, "run")
            if outcome.status != -signal.SIGKILL:  # the kill came too late
                break
            verdict.n_cases += 1
            verdict.lost += world.lost(folder)
            verdict.mixed += world.mixed(folder)
        world.fake.before_answer = None
        ended = world.warm.run(folder)
        world.usual.seconds = max(ended.seconds, SHORTEST_SECONDS)  # as busy as the machine is now
        verdict.mixed += world.unfinished(folder, ended)
        verdict.lost += world.lost(folder)
        print(f"\r  {verdict.n_cases} kills", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return verdict


def killed(world: World, folder: Path, chance: random.Random, *arguments: str) -> Outcome:
    """A run that dies: at a moment, or just before the n-th operation on a file or socket."""
    if chance.random() < 0.5:
        dies_at = chance.randint(1, max(world.usual.n_events, 1))
        return world.warm.run(folder, *arguments, dies_at=dies_at)
    process = world.warm.start(folder, *arguments)
    time.sleep(chance.uniform(0.0, world.usual.seconds))
    kill(process)
    return world.warm.end()


def kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:  # it had ended by then
        return


def import_loop(world: World, n_kills: int, chance: random.Random) -> Verdict:
    """The same for an import into a folder that holds live records."""
    verdict = Verdict("kill -9 in an import")
    given = world.folder / "given"
    shutil.rmtree(given, ignore_errors=True)
    given.mkdir()
    starter = Path(__file__).parents[2] / "pipeline" / "starter"
    for path in sorted(starter.glob("D00*.xml"))[:4]:
        shutil.copy(path, given)
    arguments = ("import", str(given))
    whole = world.fresh("whole", "old")
    assert world.warm.run(whole, *arguments).status == 0
    expected = fingerprint_of(whole / "scleromyxedema.duckdb").sha256
    known = {**world.fingerprints, "new": expected}
    world.fingerprints, before = known, world.fingerprints
    while verdict.n_cases < n_kills:
        folder = world.fresh("work", "old")
        outcome = killed(world, folder, chance, *arguments)
        if outcome.status == -signal.SIGKILL:
            verdict.n_cases += 1
        verdict.lost += world.lost(folder)
        verdict.mixed += world.mixed(folder)
        verdict.remarks += ended_well(world.warm.run(folder, *arguments))
        if fingerprint_of(folder / "scleromyxedema.duckdb").sha256 != expected:
            verdict.mixed.append("the rows are not those of an undisturbed import")
        verdict.lost += world.lost(folder)
    world.fingerprints = before
    return verdict


def ended_well(outcome: Outcome) -> list[str]:
    return [] if outcome.status == 0 else [f"status {outcome.status}: {outcome.text[-300:]}"]

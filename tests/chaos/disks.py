"""Disks that fill up, folders that cannot be written, clocks that go back.

Reads and writes only below the folder of the world; mounts a small tmpfs there where that is
allowed, and limits the size of files where it is not.
"""

from __future__ import annotations

import copy
import shutil
import subprocess
from pathlib import Path

from verdict import Verdict
from world import Outcome, World, database_of

KILOBYTES_OVER = (0, 4, 16, 48, 128, 256, 512, 1024, 1536, 2048, 3072, 4096)
FILE_LIMITS = tuple(2**power for power in range(8, 23))


def full_disk(world: World) -> Verdict:
    """A tmpfs with less and less room; then room is made, and the run ends."""
    verdict = Verdict("disk full (tmpfs)")
    mount = world.folder / "small"
    mount.mkdir(exist_ok=True)
    for kilobytes in KILOBYTES_OVER:
        folder = world.fresh()
        used = sum(p.stat().st_blocks for p in folder.rglob("*") if p.is_file()) // 2
        n_files = sum(1 for _ in folder.rglob("*"))
        if not mounted(mount, used + 4 * n_files // 4 + kilobytes):
            verdict.name = "disk full (tmpfs could not be mounted: see the next line)"
            return verdict
        try:
            small = mount / "extracted"
            shutil.copytree(folder, small)
            judge_refused(verdict, world, small, world.warm.run(small))
            subprocess.run(["mount", "-o", "remount,size=64m", str(mount)], check=True)
            verdict.mixed += world.unfinished(small, world.warm.run(small))
        finally:
            subprocess.run(["umount", str(mount)], check=True)
    return verdict


def mounted(mount: Path, kilobytes: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(mount)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def file_limit(world: World) -> Verdict:
    """No file may grow beyond a limit: every write can fail, each in its turn."""
    verdict = Verdict("write refused (file size limit)")
    for limit in FILE_LIMITS:
        folder = world.fresh()
        outcome = world.warm.run(folder, largest_file_bytes=limit)
        if outcome.status != 0:
            judge_refused(verdict, world, folder, outcome)
        verdict.mixed += world.unfinished(folder, world.warm.run(folder))
    return verdict


def judge_refused(verdict: Verdict, world: World, folder: Path, outcome: Outcome) -> None:
    """A run that could not write: everything old is there, and the message says what to do."""
    verdict.n_cases += 1
    verdict.lost += world.lost(folder)
    verdict.mixed += world.mixed(folder)
    if outcome.status not in (0, 1):
        verdict.remarks.append(f"status {outcome.status}")
    if "Traceback" in outcome.text:
        verdict.remarks.append(outcome.text[-400:])
    if outcome.status == 1 and "again" not in outcome.text.strip().splitlines()[-1]:
        verdict.remarks.append(f"does not say what to do: {outcome.text[-200:]}")


def read_only(world: World) -> Verdict:
    """The whole folder, or one of its subfolders, cannot be written."""
    verdict = Verdict("read-only folder")
    for name in ("", "raw", "raw/pubmed", "raw/runs", "raw/pmc"):
        folder = world.fresh()
        (folder / name).chmod(0o555)
        outcome = world.warm.run(folder, is_bound_by_modes=True)
        (folder / name).chmod(0o755)
        if outcome.status != 1 and not name:  # a subfolder may not be needed by this run
            verdict.remarks.append(f"status {outcome.status}")
        judge_refused(verdict, world, folder, outcome)
        verdict.mixed += world.unfinished(folder, world.warm.run(folder))
    return verdict


def clock(world: World) -> Verdict:
    """The clock goes back, or was ahead in an earlier run and is put right again."""
    verdict = Verdict("clock going back or ahead")
    for first, second in ((0, -3), (0, -400), (500, 0), (500, -1), (-400, 0)):
        folder = world.fresh("work", "old")
        if first:
            world.warm.run(folder, clock_shift_days=first)
        world.fake.records = copy.deepcopy(world.records["new"])
        outcome = world.warm.run(folder, clock_shift_days=second)
        verdict.n_cases += 1
        verdict.mixed += [f"{first}, {second}: {t}" for t in world.unfinished(folder, outcome)]
        verdict.lost += world.lost(folder)
        again = world.warm.run(folder, clock_shift_days=second)
        if "Nothing new" not in again.text:
            verdict.remarks.append(f"{first}, {second}: a second run does not settle")
        assert database_of(folder).exists()
    return verdict

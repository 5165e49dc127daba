"""A reviewer's notebook killed while it writes: no decision is lost, none is half-written."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from review_cases import decision

from pipeline import load, review

Write = Callable[[Path], None]
KEPT = [decision(reviewer="bob", reason="kept"), decision(reviewer="bob", reason="kept, too")]
LONG = decision(reason="x" * 20_000)


def add_one(path: Path) -> None:
    review.append(path, [LONG])


def add_two(path: Path) -> None:
    review.append(path, [LONG, decision(field="outcome", value_after="alive")])


def take_one_back(path: Path) -> None:
    review.retract(path, [KEPT[1]])


def in_child(act: Callable[[], None]) -> int:
    """Run `act` in a process of its own; the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        act()
        os._exit(0)
    return os.waitpid(child, 0)[1] & 0x7F


def killed_at(step: int, write: Write, path: Path) -> bool:
    """Whether `write` was still running when it was killed before its `step`-th line."""
    left = step

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        left -= event == "line"
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def act() -> None:
        sys.settrace(trace)
        write(path)
        sys.settrace(None)

    return in_child(act) == signal.SIGKILL


@pytest.mark.parametrize(
    "write", [add_one, take_one_back, pytest.param(add_two, marks=pytest.mark.slow)]
)
def test_kill_before_any_line_leaves_the_old_file_or_the_new_one(
    write: Write, tmp_path: Path
) -> None:
    """Every line that runs from the click to the disk, ours and the library's, in turn."""
    path = tmp_path / "corrections.csv"
    review.append(path, KEPT)
    old = path.read_bytes()
    write(path)
    new = path.read_bytes()
    seen: list[bytes] = []
    for step in range(10_000):
        path.write_bytes(old)
        if not killed_at(step, write, path):
            break
        seen.append(path.read_bytes())
        assert seen[-1] in (old, new), f"killed before line {step}"
    assert len(seen) > 100
    assert {old, new} == set(seen)
    path.write_bytes(old)
    write(path)
    assert [one.name for one in tmp_path.iterdir()] == ["corrections.csv"]


def write_and_tell(path: Path, told: int) -> None:
    """Write for ever, and tell each decision after it is stored."""
    number = len(review.read_decisions(path)[0])
    while True:
        review.append(path, [decision(reason=f"number {number} " + "x" * 5000)])
        os.write(told, f"{number}\n".encode())
        number += 1


def test_fifty_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    """Every decision that was told as stored is there, whole, in order; the next can be stored."""
    path = tmp_path / "corrections.csv"
    chance = random.Random(20260131)
    n_before = 0
    for _ in range(50):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            write_and_tell(path, writing)
        os.close(writing)
        with os.fdopen(reading) as told:
            # After so many decisions and a moment, however fast the machine is.
            first = [told.readline() for _ in range(chance.randrange(4))]
            time.sleep(chance.uniform(0, 0.02))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            n_told = len(first) + len(told.read().split())
        decisions, problems = review.read_decisions(path)
        assert problems == []
        assert len(decisions) - n_before in (n_told, n_told + 1)
        numbers = [int(one.reason.split()[1]) for one in decisions]
        assert numbers == list(range(len(decisions)))
        assert all(len(one.reason) > 5000 for one in decisions)
        n_before = len(decisions)
    assert n_before > 50
    review.append(path, [decision()])
    assert len(load.read_corrections(path)) == n_before + 1

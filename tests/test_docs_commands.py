"""Every command and code block of the README and the guides, run in a clone of its own.

A block is run in the order of its page. What cannot run everywhere says so in itself, after `# `:
`needs the network`, `needs the duckdb command`, `needs R with the package duckdb`, `opens a
browser`, `needs podman`. Such a line is checked for what it names, and run where it can be.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from pipeline.__main__ import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "extracted" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))
QUESTIONS = {path.stem for path in (ROOT / "queries" / "reports").glob("*.sql")}
# Pages of measurements hold runs of hours; what they name is checked, not run.
ONLY_NAMED = {"performance.md", "reliability.md", "statistics.md"}


class Block(NamedTuple):
    kind: str
    text: str


def blocks_of(page: Path) -> Iterator[Block]:
    fenced = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    yield from (Block(*found) for found in fenced.findall(page.read_text(encoding="utf-8")))


def has_r_duckdb() -> bool:
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(duckdb)"], capture_output=True).returncode == 0


CAN: dict[str, Callable[[], bool]] = {
    "needs the network": lambda: False,
    "opens a browser": lambda: False,
    "needs podman": lambda: False,
    "takes long": lambda: False,
    "needs the duckdb command": lambda: shutil.which("duckdb") is not None,
    "needs R with the package duckdb": has_r_duckdb,
}


def can_run(text: str) -> bool:
    return all(can() for mark, can in CAN.items() if f"# {mark}" in text)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree as git has it, with an environment that is already set up."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    (binaries / "python").chmod(0o755)
    (folder / ".venv" / f"ready-{sys.version_info[0]}.{sys.version_info[1]}").touch()
    return folder


def shell(line: str, clone: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL")}
    environment |= {"NCBI_EMAIL": "", "PYTHON": sys.executable, "PWD": str(clone)}
    result = subprocess.run(
        ["bash", "-euc", line],
        cwd=clone, env=environment, capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert result.returncode == 0, f"{line}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def named_things_exist(line: str) -> None:
    """A command that is not run must at least be one of ours, or of the tool it says it needs."""
    for target in re.findall(r"\bmake ([a-z-]+)", line):
        assert target in TARGETS, line
    for name in re.findall(r"\bQ=(\w+)", line):
        assert name in QUESTIONS, line
    for command in re.findall(r"-m pipeline ([a-z]+)", line):
        assert command in COMMANDS, line


@pytest.fixture(scope="module")
def built(clone: Path) -> Path:
    shell("make run", clone)
    return clone


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_a_page_runs(page: Path, built: Path) -> None:
    for block in blocks_of(page):
        if block.kind == "console":
            run_console(block.text, built, is_run=page.name not in ONLY_NAMED)
        elif page.name not in ONLY_NAMED:
            run_code(block, built)


def run_console(text: str, clone: Path, *, is_run: bool) -> None:
    for line in text.splitlines():
        assert line.startswith("$ "), f"a console block holds commands only: {line}"
        named_things_exist(line)
        if is_run and can_run(line):
            shell(line.removeprefix("$ "), clone)


def run_code(block: Block, clone: Path) -> None:
    if block.kind == "sql":
        database = clone / "extracted" / "scleromyxedema.duckdb"
        with duckdb.connect(str(database), read_only=True) as connection:
            assert connection.execute(block.text).fetchall()
    elif block.kind == "python":
        subprocess.run([sys.executable, "-c", block.text], cwd=clone, check=True, timeout=200)
    elif block.kind == "r" and can_run(block.text):
        subprocess.run(["Rscript", "-e", block.text], cwd=clone, check=True, timeout=200)
    else:
        assert block.kind in ("text", "mermaid", "r"), f"nobody runs a block of {block.kind}"


def test_the_first_page_shows_the_answer_as_it_is(built: Path) -> None:
    shown = next(b.text for b in blocks_of(ROOT / "README.md") if b.kind == "text")
    assert shown.strip() == shell("make query Q=isotypes", built).strip()


def test_every_mark_is_a_known_one() -> None:
    """A mark that nobody knows would be no mark, and its line would run."""
    for page in PAGES:
        for mark in re.findall(r"# ((?:needs|opens|takes) .+)$", page.read_text("utf-8"), re.M):
            assert mark in CAN, f"{page.name}: {mark}"


def test_the_containerfile_copies_what_exists() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    for names in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        for name in names.split()[:-1]:
            assert (ROOT / name).exists(), name

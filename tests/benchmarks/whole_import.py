"""Time and memory of a whole import and of one more report: `whole_import.py 10000`.

Reads the starter corpus; writes a corpus and everything derived into a temporary folder.
The reports are the starter reports again and again under other numbers, of other years, as files
of PubMed XML of at most 5,000, half of what PubMed lets a person download at once.
Each import is a process of its own; its stages are timed in it, by processor time.
"""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "pipeline" / "starter"
MOST_IN_A_FILE = 5_000
FIRST_YEAR, N_YEARS = 1950, 76  # of one year, all copies of a report would be likely duplicates
RECORD = re.compile(r"<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
# Where each stage begins: module, function, name in the table.
STAGES = (
    ("pipeline.given", "take_in", "reading the file given"),
    ("pipeline.__main__", "parsed_articles", "articles of all files"),
    ("pipeline.screen", "screen_anew", "screening"),
    ("pipeline.kept_extractions", "earlier_extractions", "extractions of before"),
    ("pipeline.kept_extractions", "write_extractions", "extraction"),
    ("pipeline.load", "load", "loading, with views and checks"),
    ("pipeline.analyse", "write_report", "report"),
)


def records() -> list[str]:
    """The starter records without their ids: each is then a report of its own."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(STARTER.glob("*.xml"))]
    found = [record for text in texts for record in RECORD.findall(text)]
    return [re.sub(r"\s*<(PMID|PubmedData)\b.*?</\1>", "", one, flags=re.DOTALL) for one in found]


def write_corpus(folder: Path, numbers: range) -> list[Path]:
    """Files of PubMed XML: the records in turn, each under its own number."""
    folder.mkdir()
    starts = range(numbers.start, numbers.stop, MOST_IN_A_FILE)
    paths = [folder / f"from_{start:07}.xml" for start in starts]
    for path, start in zip(paths, starts, strict=True):
        write_file(path, range(start, min(start + MOST_IN_A_FILE, numbers.stop)))
    return paths


def write_file(path: Path, numbers: range) -> None:
    known = records()
    with path.open("w", encoding="utf-8") as handle:
        handle.write('<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n')
        for number in numbers:
            handle.write(record_of(known, number))
        handle.write("</PubmedArticleSet>\n")


def record_of(known: list[str], number: int) -> str:
    copy, place = divmod(number, len(known))
    year = f"<Year>{FIRST_YEAR + copy % N_YEARS}</Year>"
    pmid = f"<PMID>{90_000_000 + number}</PMID>\n    <Article "
    return re.sub(r"<Year>\d+</Year>", year, known[place]).replace("<Article ", pmid, 1) + "\n"


def lines_of(given: list[Path], folder: Path) -> Iterator[str]:
    """Import files in a process of its own; a line for each stage and one for all."""
    environment = {**os.environ, "EXTRACTED_DIR": str(folder), "NCBI_EMAIL": ""}
    command = [sys.executable, __file__, "--import", *map(str, given)]
    started = time.perf_counter()
    child = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(said)
    yield from (line for line in said.splitlines() if line.startswith("|"))
    spent = used.ru_utime + used.ru_stime
    clock = time.perf_counter() - started
    yield f"| all, with the start of Python | {spent:.1f} | {used.ru_maxrss / 1024:.0f} |"
    yield f"| by the clock | {clock:.1f} | |"


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which then prints what it cost and the largest memory after it."""
    import resource

    @functools.wraps(function)
    def run(*arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            spent = time.process_time() - started
            print(f"| {name} | {spent:.2f} | {largest:.0f} |", file=sys.stderr)

    return run


def import_timed(given: list[str]) -> int:
    """The command `import`, its stages timed."""
    import importlib

    from pipeline import __main__ as command

    for module, function, name in STAGES:
        home = importlib.import_module(module)
        setattr(home, function, timed(name, getattr(home, function)))
    return command.main(["import", *given])


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for given, numbers in (
            ("all", range(count)),
            ("one more", range(count, count + 1)),
        ):
            paths = write_corpus(folder / given, numbers)
            print(f"\n| {given}, {len(numbers)} reports | processor time, s | memory, MB |")
            print("|---|---|---|")
            for line in lines_of(paths, folder / "extracted"):
                print(line, flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1] == "--import":
        sys.exit(import_timed(sys.argv[2:]))
    main(int(sys.argv[1]))

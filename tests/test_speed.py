"""What reading may cost, as ratios within one run; `make bench` prints them all."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from pipeline import bench
from pipeline.answers import bundled_extractor, starter_articles
from pipeline.parse.plain import read_plain
from pipeline.rules import bundled_rules


@pytest.mark.slow
def test_reading_costs_at_most_twice_the_floor() -> None:
    """Processor time of the whole extractor against scispaCy's tokens, sentences, abbreviations."""
    readers = bench.readers_of(bundled_rules())
    chosen = {name: readers[name] for name in (bench.FLOOR, bench.OWN)}
    seconds = bench.seconds_of(chosen, list(starter_articles().values()))
    assert seconds[bench.OWN] <= 2.0 * seconds[bench.FLOOR]


REPEATED = (
    "Patient 3: a 45-year-old woman was treated with IVIG and improved. ",
    "Patient 3 (F, 50), IVIG, CR; ",
    "Patient 3: thalidomide, complete response; ",
    "no rash, ",
    "IgG lambda and ",
)


@pytest.mark.slow
@pytest.mark.parametrize("line", REPEATED)
def test_one_line_repeated_without_end_costs_in_proportion(line: str) -> None:
    """Twice the text may cost three times as much, not four; 90,000 characters under 30 s."""
    extract = bundled_extractor()
    seconds = []
    for n_characters in (45_000, 90_000):
        article = read_plain(line * (n_characters // len(line)), "X", "Scleromyxedema").article
        started = time.process_time()
        extract(article)
        seconds.append(time.process_time() - started)
    assert seconds[1] <= 30
    assert seconds[1] <= 3 * seconds[0] + 0.5


def modules_loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that a command imports."""
    code = (
        "import runpy, sys; sys.argv[0] = 'pipeline'\n"
        "try: runpy.run_module('pipeline', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print('MODULES', *{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True,
        input="A 57-year-old woman had scleromyxedema.",
    )  # fmt: skip
    (line,) = (line for line in run.stdout.splitlines() if line.startswith("MODULES "))
    return set(line.split()[1:])


@pytest.mark.parametrize("arguments", [("--help",), ("query",)])
def test_help_and_query_do_not_load_the_language(arguments: tuple[str, ...]) -> None:
    assert not modules_loaded_by(*arguments) & {"spacy", "scispacy", "medspacy"}


def test_read_does_not_load_what_medspacy_loads_for_other_parts() -> None:
    loaded = modules_loaded_by("read", "-")
    assert "medspacy" in loaded
    assert not loaded & {"nltk", "sklearn", "scipy", "pandas", "quickumls"}

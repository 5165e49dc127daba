"""The pooling against R's metafor: its stored answers, and those it gives now where R is there.

The stored answers are made by `Rscript pool.R data_sets.csv answers.csv` in tests/data/metafor.
"""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit, logit

from pipeline.analyse.statistics import fitting, glmm
from pipeline.analyse.statistics.two_step import two_step

FOLDER = Path(__file__).parent / "data" / "metafor"
FOUR_DIGITS = 5e-5


def read(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["name"]: row for row in csv.DictReader(handle)}


SETS = read(FOLDER / "data_sets.csv")
NAMES = list(SETS)


def near(answer: str | float) -> object:
    return pytest.approx(float(answer), rel=FOUR_DIGITS, abs=FOUR_DIGITS)


def numbers(name: str, column: str) -> list[int]:
    return [int(part) for part in SETS[name][column].split()]


def compare(name: str, answer: dict[str, str]) -> None:
    """Logit, its error, tau², the check and the contrast agree to four digits."""
    x, n = numbers(name, "present"), numbers(name, "stated")
    pooled, checked = glmm.pool(x, n), two_step(x, n)
    assert pooled is not None
    assert pooled.is_converged
    assert pooled.tau is not None
    assert checked is not None
    assert logit(pooled.estimate) == near(answer["logit"])
    assert pooled.tau**2 == near(answer["tau2"])
    assert error_of(x, n) == near(answer["error"])
    assert checked.logit == near(answer["reml_logit"])
    assert checked.tau2 == near(answer["reml_tau2"])
    assert checked.low == near(expit(float(answer["reml_low"])))
    assert checked.high == near(expit(float(answer["reml_high"])))
    if SETS[name]["second"]:
        found = glmm.contrast(x, n, [kind == 1 for kind in numbers(name, "second")])
        assert found is not None
        assert math.log(found.odds_ratio) == near(answer["contrast"])
        assert found.tau**2 == near(answer["contrast_tau2"])


def error_of(x: list[int], n: list[int]) -> float:
    events, totals = glmm.counted(x, n)
    design = np.ones((len(events), 1))
    return fitting.standard_error(events, totals, design, fitting.maximise(events, totals, design))


def test_there_are_at_least_ten_data_sets_and_three_contrasts() -> None:
    assert len(NAMES) >= 10
    assert sum(bool(row["second"]) for row in SETS.values()) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_agrees_with_the_stored_answers_of_metafor(name: str) -> None:
    compare(name, read(FOLDER / "answers.csv")[name])


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What the metafor of this machine answers; skips where R or metafor is not installed."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed (Debian: r-cran-metafor)")
    has_metafor = subprocess.run(
        [rscript, "-e", "quit(status = !requireNamespace('metafor', quietly = TRUE))"], check=False
    )
    if has_metafor.returncode != 0:
        pytest.skip("R has no metafor (Debian: r-cran-metafor)")
    path = tmp_path_factory.mktemp("metafor") / "answers.csv"
    subprocess.run(
        [rscript, FOLDER / "pool.R", FOLDER / "data_sets.csv", path], check=True, timeout=240
    )
    return read(path)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_agrees_with_the_metafor_of_this_machine(
    name: str, fresh: dict[str, dict[str, str]]
) -> None:
    compare(name, fresh[name])

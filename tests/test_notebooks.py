"""Both notebooks run to the end as scripts and as exports, on data, on none, and read-only."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from load_cases import Corpus

from pipeline.files import sha256_of

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ("review", "pooled_analysis")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the root of the project, with the data of `folder` and a closed network."""
    closed = "http://127.0.0.1:9"
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"EXTRACTED_DIR": str(folder), "MARIMO_SKIP_UPDATE_CHECK": "1"}
    environment |= {"HTTP_PROXY": closed, "HTTPS_PROXY": closed, "REVIEWER": "anna"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like extracted/ with the small corpus in it."""
    made = tmp_path_factory.mktemp("extracted")
    Corpus().load(made)
    (made / "cases.duckdb").rename(made / "scleromyxedema.duckdb")
    return made


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_as_a_script_and_leaves_the_data_alone(folder: Path, name: str) -> None:
    """Without a browser, without anyone deciding, no byte of what was there changes."""
    before = {path.name: sha256_of(path.read_bytes()) for path in folder.iterdir()}
    done = run(folder, f"notebooks/{name}.py")
    assert (done.returncode, done.stderr) == (0, "")
    after = {path.name: sha256_of(path.read_bytes()) for path in folder.iterdir()}
    assert after == before


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_without_a_database_it_says_what_to_do(tmp_path: Path, name: str) -> None:
    """A page that cannot show anything says so; it does not fail and makes no file."""
    show = (
        "import sys; sys.path.insert(0, 'notebooks')\n"
        f"from {name} import app\n"
        "print([output.text for output in app.run()[0] if output is not None])"
    )
    done = run(tmp_path, "-c", show)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{tmp_path}/scleromyxedema.duckdb yet; `make run` makes it" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("review", ("Confirm (c)", "57-year-old", "newer data")),
        (
            "pooled_analysis",
            ("Therapies and responses", "Organs involved", "gastrointestinal 0 of 1"),
        ),
    ],
)
def test_exports_html_with_its_results(
    folder: Path, tmp_path: Path, name: str, shown: tuple[str, ...]
) -> None:
    page = tmp_path / f"{name}.html"
    done = run(folder, "-m", "marimo", "export", "html", f"notebooks/{name}.py", "-o", str(page))
    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    for words in shown:
        assert words in text, words
    assert "Traceback" not in text
    assert "This cell raised an exception" not in text


def test_cells_make_notebooks_without_faults() -> None:
    """marimo itself finds no double definition, no cycle and no hidden dependency."""
    paths = [f"notebooks/{name}.py" for name in NOTEBOOKS]
    done = run(ROOT, "-m", "marimo", "check", "--strict", *paths)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_opens_the_database_for_reading_only(name: str) -> None:
    source = (ROOT / "notebooks" / f"{name}.py").read_text(encoding="utf-8")
    assert "read_only" in source or "duckdb" not in source
    opened = re.findall(r"duckdb\.connect\(([^)]*)\)", source)
    assert set(opened) <= {""}, "only a database in memory is opened here; the file is attached"

"""The wheel: it holds what the tree holds, and runs in an environment of its own.

`make wheel-test` does the same with every dependency installed anew; here they are borrowed from
the environment that runs the tests, so that no network is needed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KINDS = {".py", ".csv", ".toml", ".xml", ".md", ".html", ".sql", ".R"}


def files_of(name: str) -> set[str]:
    """The files of a folder of the clone that belong into a wheel, as paths below the folder."""
    folder = ROOT / name
    kept = (path for path in folder.rglob("*") if "__pycache__" not in path.parts)
    made = ("__marimo__",)
    return {
        path.relative_to(folder).as_posix()
        for path in kept
        if path.is_file() and not any(part in made for part in path.parts)
    }


def test_every_package_is_listed_and_every_kind_of_file_taken_along() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "pipeline").rglob("__init__.py")
    }
    assert set(settings["packages"]) == found | set(settings["package-dir"])
    kinds = {Path(name).suffix for top in ("pipeline", "queries") for name in files_of(top)}
    assert kinds <= KINDS
    taken = {Path(pattern).suffix for pattern in settings["package-data"]["*"]}
    assert kinds - {".py"} <= taken


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is left in the clone."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pipeline", "queries", "notebooks"):
        ignored = shutil.ignore_patterns("__pycache__", "__marimo__")
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / "source" / name)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", str(folder), "."], cwd=folder / "source", check=True, timeout=200)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The `bin` of an environment with nothing of ours but the wheel."""
    folder = wheel.parent / "empty"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=200)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*install, "--no-index", str(wheel)], check=True, timeout=200)
    return folder / "bin"


def call(*command: str, folder: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment |= {"NCBI_EMAIL": "", "DISEASE": "", "EXTRACTED_DIR": ""}
    result = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=280
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.slow
def test_the_wheel_holds_what_the_tree_holds(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("pipeline/")}
    ours = {f"pipeline/{name}" for name in files_of("pipeline")}
    ours |= {f"pipeline/{top}/{name}" for top in ("queries", "notebooks") for name in files_of(top)}
    assert held == ours


@pytest.mark.slow
def test_the_wheel_runs_outside_the_clone(installed: Path, tmp_path: Path) -> None:
    """The starter corpus to a DuckDB file, a question, the report, an export, both notebooks."""
    python, command = str(installed / "python"), str(installed / "scleromyxedema")
    where = call(python, "-c", "import pipeline; print(pipeline.__path__)", folder=tmp_path)
    assert str(installed.parent) in where
    assert "Starter corpus" in call(python, "-m", "pipeline", "run", folder=tmp_path)
    assert (tmp_path / "extracted" / "scleromyxedema.duckdb").exists()
    assert "IgG-lambda" in call(command, "query", "isotypes", folder=tmp_path)
    assert "report.html" in call(command, "report", folder=tmp_path)
    assert "files written" in call(command, "export", folder=tmp_path)
    assert (tmp_path / "extracted" / "export" / "datapackage.json").exists()
    assert "usage: scleromyxedema " in call(command, "run", "--help", folder=tmp_path)
    for name in ("review", "pooled_analysis"):
        program = "from pipeline.settings import NOTEBOOKS; print(NOTEBOOKS)"
        notebooks = call(python, "-c", program, folder=tmp_path).strip()
        call(python, f"{notebooks}/{name}.py", folder=tmp_path)

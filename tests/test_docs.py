"""The README and its kin name only what exists, and name every command there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.__main__ import COMMANDS

ROOT = Path(__file__).parent.parent
DOCS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "extracted/README.md")]
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_named_targets_questions_and_links_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= TARGETS
    for name in re.findall(r"make query Q=([a-z_]+)", text):
        assert (ROOT / "queries" / "reports" / f"{name}.sql").exists(), name
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (path.parent / link).exists(), link


def test_readme_names_every_target_and_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in TARGETS - {"help", "lint"}:
        assert f"`make {target}`" in text, target
    for command in COMMANDS:
        said = f"make {command}" in text or f"pipeline {command}" in text
        assert said, command


def test_every_setting_is_in_the_example_file() -> None:
    settings = (ROOT / "pipeline" / "settings.py").read_text(encoding="utf-8")
    named = set(re.findall(r'values\.get\(\s*"([A-Z_]+)"', settings))
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.M))
    assert named == listed


def test_first_screen_has_the_two_commands_a_result_and_the_folder() -> None:
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:35])
    for words in ("$ make run", "$ make query Q=", "IgG-lambda", "extracted/"):
        assert words in first

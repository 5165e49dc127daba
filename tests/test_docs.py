"""The README and its kin name only what exists, and name every command there is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from pipeline import __version__
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


def test_the_citation_is_of_this_version_and_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == __version__ == project["version"]
    assert citation["license"] == project["license"] == "MIT"
    holder = citation["authors"][0]["name"]
    assert holder == project["authors"][0]["name"]
    assert holder in (ROOT / "LICENSE").read_text(encoding="utf-8")


FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_issue_forms_have_what_a_form_needs(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.stem == "config":
        assert set(form) == {"blank_issues_enabled"}
        return
    assert {"name", "description", "body"} <= set(form)
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0
    for part in form["body"]:
        assert "value" in part["attributes"] or "label" in part["attributes"]


def test_guides_name_only_what_exists_and_the_first_page_leads_to_each() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name})" in first, page.name
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"

"""The Makefile: bare `make` lists the targets, a wrong Python is refused in one sentence."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_bare_make_lists_every_target_with_its_purpose() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    listed = make().stdout
    for target in phony.group(1).split():
        assert re.search(rf"^  make {target} +\S", listed, re.MULTILINE), target


def test_a_wrong_python_is_refused_with_one_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements-3.11.lock", "requirements-3.12.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    fake = tmp_path / "old python"
    fake.write_text("#!/bin/sh\necho 3.9\n", encoding="utf-8")
    fake.chmod(0o755)
    result = make("run", f"PYTHON={fake}", folder=tmp_path)
    assert result.returncode != 0
    assert "Python 3.11 or 3.12 is needed" in result.stderr
    assert "found: 3.9" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_locks_pin_hashes_and_hold_no_addresses() -> None:
    for lock in sorted(ROOT.glob("requirements-*.lock")):
        text = lock.read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE | re.IGNORECASE)
        assert len(pins) > 50
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
        assert "index-url" not in text


def test_clean_never_touches_what_was_given_or_judged(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    extracted = tmp_path / "extracted"
    given = ("raw/pubmed/a.xml", "corrections.csv", "README.md")
    others = ("scleredema/raw/pubmed/b.xml", "scleredema/corrections.csv")
    made = ("x.duckdb", "report.html", "export/a.csv", "scleredema/y.duckdb", "demo/raw.jsonl")
    for name in (*given, *others, *made):
        (extracted / name).parent.mkdir(parents=True, exist_ok=True)
        (extracted / name).write_text("x", encoding="utf-8")
    assert make("clean", folder=tmp_path).returncode == 0
    left = {str(p.relative_to(extracted)) for p in extracted.rglob("*") if p.is_file()}
    assert left == {*given, *others}
    assert not (extracted / "demo").exists()

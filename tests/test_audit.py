"""The audit never says "nothing known" where it could not ask."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import audit
import pytest

CLEAN = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}
SKIPPED = {"dependencies": [{"name": "a", "skip_reason": "Dependency not found"}]}
KNOWN = {
    "dependencies": [
        {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
    ]
}


@pytest.mark.parametrize(
    ("printed", "status", "words"),
    [
        (json.dumps(CLEAN), 0, "1 packages checked, 0 known advisories"),
        (json.dumps(KNOWN), 1, "a 1: PYSEC-1, mended in 1.1"),
        (json.dumps(SKIPPED), 2, "nothing was checked"),
        ("", 2, "nothing was checked"),
        ("<html>", 2, "nothing was checked"),
    ],
)
def test_what_pip_audit_prints_is_told(printed: str, status: int, words: str) -> None:
    program = [sys.executable, "-c", f"print({printed!r})"]
    found, lines = audit.audit(program, Path("requirements-3.11.lock"))
    assert found == status
    assert words in "\n".join(lines)

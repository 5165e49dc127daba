"""What the program is made of: the licences of all that is installed, and a CycloneDX list of it.

    make licences    writes docs/licences.md from the lock and the installed packages
    make sbom        writes build/sbom.cdx.json (CycloneDX 1.6)

Reads requirements-<version>.lock and the metadata of the installed packages.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
from pipeline import __version__

ROOT = Path(__file__).parent.parent
LOCK = ROOT / f"requirements-{sys.version_info[0]}.{sys.version_info[1]}.lock"
LICENCES = ROOT / "docs" / "licences.md"
SBOM = ROOT / "build" / "sbom.cdx.json"
PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ \\;\n]+)")
NAME = "scleromyxedema-pipeline"


def pins(lock: Path) -> dict[str, tuple[str, list[str]]]:
    """Name to version and SHA-256 hashes of every package of a lock."""
    found = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8")):
        if pin := PIN.match(block):
            found[pin[1]] = (pin[2], re.findall(r"sha256:([0-9a-f]{64})", block))
    return found


def licence_of(name: str) -> str:
    """The licence that a package declares: the SPDX expression, a classifier, or its own words."""
    try:
        declared: Any = metadata(name)
    except PackageNotFoundError:
        return "not installed here"
    return (
        declared.get("License-Expression")
        or classifier_of(declared)
        or (declared.get("License") or "").strip().partition("\n")[0][:60]
        or "not declared"
    )


def classifier_of(declared: Any) -> str:
    names = [
        text.rpartition(" :: ")[2]
        for text in declared.get_all("Classifier") or ()
        if text.startswith("License :: ") and text != "License :: OSI Approved"
    ]
    return ", ".join(sorted(set(names)))


def licence_table() -> str:
    """docs/licences.md: every pinned package with its version and licence."""
    rows = [f"| {n} | {v} | {licence_of(n)} |" for n, (v, _) in sorted(pins(LOCK).items())]
    return "\n".join(
        [
            "# Licences of what is installed",
            "",
            f"Made by `make licences` from `{LOCK.name}` and what the packages declare of"
            " themselves; not legal advice.",
            "",
            "| package | version | licence |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def sbom() -> dict[str, Any]:
    """A CycloneDX 1.6 bill of materials; its serial number follows from the lock."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name.lower()}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "licenses": [{"license": {"name": licence_of(name)}}],
            "properties": [{"name": "lock:sha256", "value": value} for value in hashes],
        }
        for name, (version, hashes) in sorted(pins(LOCK).items())
    ]
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    root = f"pkg:pypi/{NAME}@{__version__}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": root, "name": NAME, "version": __version__,
            }
        },
        "components": components,
        "dependencies": [{"ref": root, "dependsOn": [c["bom-ref"] for c in components]}],
    }  # fmt: skip


def main() -> int:
    wanted = sys.argv[1:]
    if "licences" in wanted:
        LICENCES.write_text(licence_table(), encoding="utf-8")
        print(f"{LICENCES} written.")
    if "sbom" in wanted:
        SBOM.parent.mkdir(exist_ok=True)
        SBOM.write_text(json.dumps(sbom(), indent=1) + "\n", encoding="utf-8")
        print(f"{SBOM} written.")
    return 0 if wanted else 2


if __name__ == "__main__":
    sys.exit(main())

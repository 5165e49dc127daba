"""Every installed package is pinned by hash, has a licence in the list, and stands in the SBOM."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import supply_chain

TESTS = supply_chain.ROOT / "tests"
LOCKS = [
    *sorted(supply_chain.ROOT.glob("requirements-*.lock")),
    TESTS / "audit.lock",
    TESTS / "fuzz" / "atheris.lock",
]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_its_hashes(lock: Path) -> None:
    pinned = supply_chain.pins(lock)
    assert pinned
    assert [name for name, (_, hashes) in pinned.items() if not hashes] == []


def test_the_sbom_names_every_package_once_with_its_version() -> None:
    made = supply_chain.sbom()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    found = {c["name"]: c["version"] for c in made["components"]}
    assert found == {name: pin for name, (pin, _) in supply_chain.pins(supply_chain.LOCK).items()}
    refs = [c["bom-ref"] for c in made["components"]]
    assert len(refs) == len(set(refs)) > 50
    assert made["dependencies"][0]["dependsOn"] == refs


def test_the_list_of_licences_is_that_of_the_lock() -> None:
    """Versions differ between the two Pythons; the list is that of Python 3.11."""
    listed = re.findall(r"^\| ([\w.-]+) \| ([^ ]+) \| ([^|]+) \|$", made_list(), re.MULTILINE)
    lock = supply_chain.ROOT / "requirements-3.11.lock"
    assert {name: pin for name, pin, _ in listed} == {
        name: pin for name, (pin, _) in supply_chain.pins(lock).items()
    }
    assert [name for name, _, licence in listed if licence.strip() == "not installed here"] == []


def made_list() -> str:
    return supply_chain.LICENCES.read_text(encoding="utf-8").replace("| package | version |", "")


def test_no_licence_forbids_use_beside_the_project() -> None:
    """Licences that bind what is built with them beyond their own files would show here."""
    strong = re.compile(r"\bAGPL|Affero|\bSSPL|Commons Clause|non-?commercial", re.IGNORECASE)
    assert not strong.search(made_list())

"""What the tests of retrieval share: a fast pace, one call of refresh, and what complete means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from fake_entrez import FakeEntrez
from lxml import etree

from pipeline import retrieve
from pipeline.settings import Settings

EMAIL = "reader+mine@example.org"
KEY = "0123456789abcdef0123456789abcdef0123"
SEARCH: dict[str, Any] = {
    "pubmed": [
        {"name": "heading", "term": '"Scleromyxedema"[Mesh]'},
        {"name": "words", "term": 'scleromyxedema[tiab] OR "lichen myxedematosus"[tiab]'},
    ],
    "pmc": [{"name": "title", "term": "scleromyxedema[Title]"}],
}


def fast_pace(folder: Path, **changes: Any) -> retrieve.Pace:
    """No waits, nothing else loosened."""
    pace = retrieve.Pace(
        first_wait_seconds=0.0,
        timeout_seconds=5.0,
        window_seconds=0.0,
        sleep=lambda _seconds: None,
        limiter_dir=folder / "limiter",
    )
    return replace(pace, **changes)


def settings_for(fake: FakeEntrez, folder: Path, key: str | None = None) -> Settings:
    return Settings(
        ncbi_email=EMAIL,
        ncbi_api_key=key,
        entrez_base_url=fake.base_url,
        extracted_dir=folder / "extracted",
    )


def run(
    fake: FakeEntrez,
    folder: Path,
    report: Callable[[str], None] = lambda _line: None,
    dry_run: bool = False,
    key: str | None = None,
    **changes: Any,
) -> retrieve.Refresh:
    """One refresh of the corpus in `folder/extracted` at the fast pace."""
    settings = settings_for(fake, folder, key)
    return retrieve.refresh(SEARCH, settings, report, dry_run, fast_pace(folder, **changes))


def stored_pmids(folder: Path) -> list[str]:
    """The PMIDs in the files that parse is given, each as often as it stands there."""
    files = retrieve.raw_files(folder / "extracted", folder / "no-starter")
    paths = [file.path for file in files if "/pubmed/" in file.name]
    roots = [etree.fromstring(Path(path).read_bytes()) for path in paths]
    found = [
        root.xpath("*/MedlineCitation/PMID/text()|*/BookDocument/PMID/text()") for root in roots
    ]
    return sorted(str(pmid) for pmids in found for pmid in pmids)


def full_texts(folder: Path) -> list[str]:
    """The PMCIDs of which there is a file."""
    files = retrieve.raw_files(folder / "extracted", folder / "no-starter")
    return sorted(Path(f.path).name.partition(".")[0][3:] for f in files if "/pmc/" in f.name)


def assert_complete(fake: FakeEntrez, folder: Path) -> None:
    """Every record of the search is there exactly once, every full text too."""
    expected = [r for r in fake.records.values() if r.is_found and not r.is_deleted]
    assert sorted(set(stored_pmids(folder))) == sorted(r.pmid for r in expected)
    assert full_texts(folder) == sorted(r.pmcid for r in expected if r.pmcid)

"""The one-way rule, read from the import statements: who may know and do what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"
STAGES = {
    "retrieve", "parse", "screen", "extract", "load", "analyse", "review", "evaluate", "export",
}  # fmt: skip
COMMON = {
    "records", "rules", "files", "settings", "progress", "spreadsheet", "state", "intervals",
    "held_articles",
}  # fmt: skip
MAY_IMPORT = {
    "records": set(),
    "rules": {"records"},
    "published": {"rules"},
    "files": {"records"},
    "held_articles": {"files", "records"},
    "settings": set(),
    "spreadsheet": set(),
    "progress": set(),
    "intervals": set(),
    "state": {"files", "language", "records"},
    "language": {"records", "rules", "language"},
    "extractors": {"records", "rules", "extractors", "language"},  # of language, see below
    "retrieve": {"retrieve", *COMMON},
    "parse": {"parse", "language", *COMMON},
    "screen": {"screen", "language", *COMMON},
    "extract": {"extract", "language", "extractors", *COMMON},
    "load": {"load", *COMMON},
    "analyse": {"analyse", "kept", *COMMON},
    "review": {"review", *COMMON},
    "arguments": set(),
    "fingerprint": set(),
    "doctor": {"load", "retrieve", "telling", *COMMON},
    "telling": {"records", "settings"},
    "kept": {"files", "telling"},
    "kept_extractions": {"files", "held_articles", "records", "telling"},
    "given": {"parse", "retrieve", "telling", *COMMON},
    "export": {"export", *COMMON},
    "query": {"telling", *COMMON},
    "read": {"parse", *COMMON},
    "answers": {
        "analyse",
        "bench",
        "evaluate",
        "export",
        "extract",
        "fingerprint",
        "given",
        "parse",
        "query",
        "read",
        "retrieve",
        "screen",
        "telling",
        *COMMON,
    },
    "bench": {"evaluate", "extract", "language", *COMMON},
    "evaluate": {"evaluate", "language", *COMMON},
}
PROGRAM = "scleromyxedema-pipeline"
CONNECTING = {"socket", "urllib", "http", "requests", "httpx", "ftplib", "Bio"}


def modules() -> list[Path]:
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if path.name != "__init__.py" or path.parent != PACKAGE
    )


def part_of(path: Path) -> str:
    """The stage or shared module a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every module name a file imports, relative imports made absolute."""
    package = ("pipeline", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            if module == "pipeline":
                yield from (f"pipeline.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> set[str]:
    names = (name.split(".") for name in imported(path))
    return {parts[1] for parts in names if parts[0] == "pipeline" and len(parts) > 1}


def names_of(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PACKAGE)) for path in paths]


INNER = [path for path in modules() if path.name != "__main__.py"]


@pytest.mark.parametrize("path", INNER, ids=names_of(INNER))
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    """A stage never imports a stage; only the command line knows their order."""
    assert part_of(path) in MAY_IMPORT, f"say in MAY_IMPORT what {part_of(path)} may import"
    assert own_imports(path) <= MAY_IMPORT[part_of(path)]


def test_only_retrieve_can_open_a_connection() -> None:
    for path in modules():
        names = {name for name in imported(path) if name != "urllib.parse"}  # it only cuts texts
        roots = {name.split(".")[0] for name in names}
        if part_of(path) != "retrieve":
            assert not roots & CONNECTING, path


def test_extractors_know_of_language_only_how_words_are_written() -> None:
    """Sentences, context and tellers reach them as records, never by a call."""
    known = {f"pipeline.language.{name}" for name in ("expressions", "folding", "numbers")}
    for path in INNER:
        if part_of(path) == "extractors":
            language = {name for name in imported(path) if name.startswith("pipeline.language")}
            assert language <= known, path


def test_only_load_opens_the_database_for_writing() -> None:
    """Whoever else connects to a DuckDB file says read_only=True."""
    for path in modules():
        if part_of(path) == "load":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "duckdb.connect":
                assert "read_only=True" in ast.unparse(node), path


def test_the_disease_is_named_in_data_and_the_command_line_only() -> None:
    """A second disease is a file: only the command line may know the first one's name."""
    for path in INNER:
        # the name of the DuckDB file; the default; the description of the command line
        if part_of(path) in ("settings", "rules", "arguments"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = [text for text in strings_of(tree) if "scleromyx" in text.lower()]
        assert set(named) <= {PROGRAM}, path


def strings_of(tree: ast.Module) -> Iterator[str]:
    """The string constants of a module that are no docstrings."""
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docs = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, documented)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value not in docs
        ):
            yield node.value

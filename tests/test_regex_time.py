"""No regular expression of the code or of the rules can be made to run for long by a text."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pumping import general_strings, pumped_strings

import pipeline
from pipeline.rules import bundled_rules

MOST_SECONDS = 0.25
PACKAGE = Path(pipeline.__file__).parent
GENERAL = general_strings()
FUNCTIONS = {"search", "match", "fullmatch", "sub", "split", "findall", "finditer", "compile"}


def compiled_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value, also inside its lists, tuples and mappings."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for item in value.values():
            yield from compiled_in(item, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < 3:
        for item in value:
            yield from compiled_in(item, depth + 1)


def patterns_of_code() -> dict[tuple[str, int], str]:
    """Pattern and flags to where it stands: compiled in a module, or given to a call of re."""
    found: dict[tuple[str, int], str] = {}
    for info in pkgutil.walk_packages([str(PACKAGE)], "pipeline."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for pattern in compiled_in(value):
                if isinstance(pattern.pattern, str):
                    found.setdefault((pattern.pattern, pattern.flags), f"{info.name}.{name}")
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if is_call_of_re(node) and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                text = node.args[0].value  # type: ignore[attr-defined]
                if isinstance(text, str):
                    found.setdefault((text, re.UNICODE), f"{path.name}:{node.lineno}")  # type: ignore[attr-defined]
    return found


def is_call_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in FUNCTIONS
        and bool(node.args)
    )


def seconds_of(pattern: re.Pattern[str], text: str) -> float:
    begun = time.process_time()
    pattern.search(text)
    return time.process_time() - begun


def slowest(source: str, flags: int) -> tuple[float, str]:
    """The worst time of a pattern over the strings against it, twice measured if it is bad."""
    pattern = re.compile(source, flags)
    worst, worst_text = 0.0, ""
    for text in (*GENERAL, *pumped_strings(source, flags)):
        seconds = seconds_of(pattern, text)
        if seconds > MOST_SECONDS:
            seconds = min(seconds, seconds_of(pattern, text))
        if seconds > worst:
            worst, worst_text = seconds, text
    return worst, worst_text


def too_slow(patterns: dict[tuple[str, int], str]) -> list[str]:
    found = []
    for (source, flags), where in patterns.items():
        seconds, text = slowest(source, flags)
        if seconds > MOST_SECONDS:
            found.append(f"{where}: {seconds:.2f} s on {text[:20]!r}…{text[-8:]!r}: {source[:200]}")
    return found


def test_the_strings_find_a_pattern_that_blows_up() -> None:
    """The test can fail: these are slow, their harmless forms are not."""
    assert slowest(r"[a-z]{3,}[^\n]*[.?!](\s|$)", 0)[0] > MOST_SECONDS
    assert slowest(r"(?:a|aa){1,12}$b", 0)[0] < MOST_SECONDS
    assert any(text.startswith("q" * 100) for text in pumped_strings("pq+r", 0))


def test_every_pattern_of_the_code() -> None:
    patterns = patterns_of_code()
    assert len(patterns) > 100
    assert too_slow(patterns) == []


@pytest.mark.parametrize("name", sorted(bundled_rules().tables))
def test_every_pattern_of_the_rules(name: str) -> None:
    rows = bundled_rules().table(name)
    written = {(row.term, re.IGNORECASE): row.name for row in rows if row.match == "regex"}
    written |= {(row.unless, re.IGNORECASE): row.name for row in rows if row.unless}
    assert too_slow(written) == []

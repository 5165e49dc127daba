"""No regular expression of the code or of the rules can be made to run for long by a text."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pumping import general_strings, pumped_strings

import pipeline
from pipeline.language.any_of import AnyOf
from pipeline.rules import bundled_rules

MOST_SECONDS = 0.5  # at 2,000 characters: quadratic passes, cubic and worse do not
PACKAGE = Path(pipeline.__file__).parent
GENERAL = general_strings()
CODE = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
FUNCTIONS = {"search", "match", "fullmatch", "sub", "split", "findall", "finditer", "compile"}


def compiled_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value, also inside its lists, tuples and mappings."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, AnyOf):
        yield value.pattern
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


class TooSlowError(Exception):
    """The search was stopped."""


def stop(*_arguments: object) -> None:
    raise TooSlowError


def is_anchored(where: str) -> bool:
    """Whether a named pattern of the code is only ever tried at one place of a text."""
    name = where.rpartition(".")[2]
    used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\(", CODE))
    return bool(used) and used <= {"match", "fullmatch"}


def is_slow(pattern: re.Pattern[str], text: str, is_anchored: bool) -> bool:
    """Whether a search takes more than its seconds of this process; it is stopped then."""
    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        pattern.match(text) if is_anchored else pattern.search(text)
    except TooSlowError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


def slow_text(source: str, flags: int, is_anchored: bool = False) -> str | None:
    """A string on which a pattern is slow; None where there is none among those against it."""
    pattern = re.compile(source, flags)
    texts = (*GENERAL, *pumped_strings(source, flags))
    return next((text for text in texts if is_slow(pattern, text, is_anchored)), None)


def too_slow(patterns: Mapping[tuple[str, int], str]) -> list[str]:
    found = []
    for (source, flags), where in patterns.items():
        text = slow_text(source, flags, is_anchored(where))
        if text is not None:
            found.append(f"{where}: on {text[:20]!r}…{text[-8:]!r}: {source[:200]}")
    return found


def test_the_strings_find_a_pattern_that_blows_up() -> None:
    """The test can fail: these are slow, their harmless forms are not."""
    assert slow_text(r"[a-z]{3,}[^\n]*[.?!](\s|$)", 0) is not None
    assert slow_text(r"(?:a|aa)+$b", 0) is not None
    assert slow_text(r"[a-z]{3}[^\n]{0,40}[.?!]", 0) is None
    assert any("q" * 100 in text for text in pumped_strings("pq+r", 0))


def test_every_pattern_of_the_code() -> None:
    patterns = patterns_of_code()
    assert len(patterns) > 100
    assert too_slow(patterns) == []


@pytest.mark.parametrize("name", sorted(bundled_rules().tables))
def test_every_pattern_of_the_rules(name: str) -> None:
    rows = bundled_rules().table(name)
    written = {(row.term, int(re.IGNORECASE)): row.name for row in rows if row.match == "regex"}
    written |= {(row.unless, int(re.IGNORECASE)): row.name for row in rows if row.unless}
    assert too_slow(written) == []

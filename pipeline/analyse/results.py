"""Models and drawings of the reports before, kept by all that they are made from.

Reads nothing and writes nothing: `write_report` gives what was kept, and keeps what was used.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from pipeline.files import sha256_of, sha256_of_code
from pipeline.state import version_of, versions

CODE = ("analyse/*.py", "analyse/statistics/*.py", "intervals.py")


class Made(msgspec.Struct, frozen=True):
    """What a function gave, as JSON can hold it."""

    value: Any


class Results:
    """What functions gave, by the checksum of function, input, program and libraries.

    `kept` are those of before; `used` are those asked for, which are to be kept.
    """

    def __init__(self, kept: Mapping[str, Made] | None = None) -> None:
        self.kept: Mapping[str, Made] = kept or {}
        self.used: dict[str, Made] = {}

    def of(self, function: Callable[..., Any], *given: Any) -> Any:
        """What `function` gives of `given`, both as JSON can hold them."""
        return self.of_key(key_of(function, given), lambda: function(*given))

    def drawn(self, draw: Callable[[Any], Any], table: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, which must depend on the function and the table alone."""
        given = [list(map(str, table.dtypes)), table.to_csv(index=False)]
        return self.of_key(key_of(draw, given), make)

    def of_key(self, key: str, make: Callable[[], Any]) -> Any:
        if key not in self.used:
            self.used[key] = self.kept.get(key) or Made(as_kept(make()))
        return self.used[key].value


def as_kept(value: Any) -> Any:
    """The value as it will be read again, so that both times are the same."""
    return msgspec.json.decode(msgspec.json.encode(value))


def key_of(function: Callable[..., Any], given: Any) -> str:
    name = f"{function.__module__}.{function.__qualname__}"
    return sha256_of(msgspec.json.encode([name, given, made_by()]))


@functools.cache
def made_by() -> list[Any]:
    """What changes a result other than its input."""
    return [sha256_of_code(*CODE), versions(), version_of("matplotlib")]

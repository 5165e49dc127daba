"""What earlier runs made of the same input, kept by key, so that only what is new is made again.

Reads and writes the file it is given, below `extracted/`: derived, and may be deleted.
A key is a checksum of all that the value depends on, so that a value is right or not found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from pipeline.files import UnreadableFileError, read_rows, write_rows
from pipeline.telling import warn

Value = TypeVar("Value", bound=msgspec.Struct)


class Kept(msgspec.Struct, Generic[Value], frozen=True):
    """A value and the checksum of what it was made from."""

    key: str
    value: Value


def read_kept(path: Path, kind: type[Value]) -> dict[str, Value]:
    """The values by key; none where there is no file, or a damaged one, which only costs time."""
    try:
        return {kept.key: kept.value for kept in read_rows(path, Kept[kind])}  # type: ignore[valid-type]
    except UnreadableFileError as error:
        warn(f"{error}: what it held is made again.")
        return {}


def made_from_kept(
    path: Path,
    kind: type[Value],
    make: Callable[[Mapping[str, Value]], dict[str, Value]],
    is_lasting: Callable[[Value], bool] = lambda _: True,
) -> dict[str, Value]:
    """What `make` gives from the values that earlier runs kept; the lasting ones, and no others,
    are kept for the next run."""
    before = read_kept(path, kind)
    values = make(before)
    keep(path, before, {key: value for key, value in values.items() if is_lasting(value)})
    return values


def keep(path: Path, before: Mapping[str, Value], values: Mapping[str, Value]) -> None:
    """Write the values where the file holds others: the same keys have the same values."""
    if values.keys() != before.keys():
        write_rows(path, (Kept(key, value) for key, value in values.items()))

"""Progress on long steps, on standard error, quiet when that is not a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable


def counted(what: str) -> Callable[[int, int], None]:
    """A function to call with (number done, number in all); it rewrites one line."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def show(done: int, total: int) -> None:
        ending = "\n" if done == total else ""
        sys.stderr.write(f"\r{what} {done} of {total}{ending}")
        sys.stderr.flush()

    return show

"""What a run says of its reading: how much was read anew, and why all of it was."""

from __future__ import annotations

import pytest

from pipeline.telling import line_of_reading


@pytest.mark.parametrize(
    ("read_anew", "read_before", "says_why"),
    [(9, 9, True), (9, 0, False), (1, 9, False), (0, 9, False)],
)
def test_when_all_is_read_again_the_line_says_why(
    read_anew: int, read_before: int, says_why: bool
) -> None:
    counts = {"extracted": 9, "failed": 0, "read_anew": read_anew, "read_before": read_before}
    line = line_of_reading(counts)
    assert line.startswith(f"Included reports: {read_anew} read anew, {9 - read_anew} unchanged")
    assert ("changed: any" in line) == says_why

"""The readers keep their promises on damaged and invented input, and on every case found before.

`make fuzz` goes on for longer with the same targets.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent / "fuzz"))
from targets import TARGETS, found_cases, seeds, timed

FOUND = [(name, path) for name in TARGETS for path in found_cases(name)]
SPICES = [
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e".encode(), b"&#0;",
    b"&#xD800;", b"&nbsp;", b"<![CDATA[", b"<!--", b"]]>", b"<!DOCTYPE a>", b'"', b"'", b"\r",
    b"\n\n", b"\t", b"=1+1", b"9" * 400, b"../../x", b"'; drop table articles; --",
    b"<script>alert(1)</script>", "IgGλ".encode(), b"{", b"[", b"(" * 50, b"\\", b"%s%n",
]  # fmt: skip


QUIETLY = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A seed with pieces cut out, doubled and spiced."""
    data = draw(st.sampled_from(seeds(name)))[:3000]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 200)))
        piece = draw(st.sampled_from([*SPICES, data[start:end] * 2]))
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_input_breaks_no_promise(name: str) -> None:
    target = timed(TARGETS[name])

    @settings(QUIETLY, max_examples=60)
    @given(damaged(name))
    def run(data: bytes) -> None:
        target(data)

    run()


@pytest.mark.parametrize("name", TARGETS)
def test_invented_input_breaks_no_promise(name: str) -> None:
    target = timed(TARGETS[name])

    @settings(QUIETLY, max_examples=40)
    @given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode())))
    def run(data: bytes) -> None:
        target(data)

    run()


@pytest.mark.parametrize(("name", "path"), FOUND, ids=lambda value: getattr(value, "name", value))
def test_every_case_found_before(name: str, path: Path) -> None:
    timed(TARGETS[name])(path.read_bytes())

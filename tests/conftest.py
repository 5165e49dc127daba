"""For every test: no connection beyond the loopback interface, no settings of the person who runs
it, and the stand-in Entrez on request.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from fake_entrez import FakeEntrez

SETTINGS = (
    "NCBI_EMAIL", "NCBI_API_KEY", "ENTREZ_BASE_URL", "EXTRACTED_DIR", "DISEASE", "LOG_FORMAT",
)  # fmt: skip
LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to look up or reach another machine fails the test, also a caught one."""

    def guarded(name: str) -> None:
        real = getattr(socket.socket, name)

        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if self.family != socket.AF_UNIX:
                refuse_if_far(address[0])
            return real(self, *arguments)

        monkeypatch.setattr(socket.socket, name, call)

    for name in ("connect", "connect_ex", "sendto"):
        guarded(name)
    look_up = socket.getaddrinfo

    def local_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        refuse_if_far(host)
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", local_look_up)


def refuse_if_far(host: Any) -> None:
    """Fail the test unless the host is this machine itself."""
    if host and not str(host).startswith(LOOPBACK):
        pytest.fail(f"a test tried to reach {host}; tests stay on the loopback interface")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of whoever runs the tests must not change what they do; empty ones also keep
    a `.env` in the clone from speaking.
    """
    for name in SETTINGS:
        monkeypatch.setenv(name, "")


@pytest.fixture
def fake_entrez() -> Iterator[FakeEntrez]:
    """A listening stand-in without records; add them with `fake_entrez.add(n, n_full_texts)`."""
    with FakeEntrez() as fake:
        yield fake

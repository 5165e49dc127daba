"""How retrieval fails, in the three ways a caller has to tell apart. Reads and writes nothing."""

from __future__ import annotations

from typing import Literal

TroubleKind = Literal["busy", "server", "unreachable", "silent", "damaged"]


class RetrieveError(Exception):
    """Retrieval cannot go on; the message is one sentence that says what to do."""


class EntrezUnavailable(RetrieveError):  # noqa: N818 (a public name)
    """Entrez does not answer usably at the moment; running again later is the remedy."""


class Trouble(Exception):  # noqa: N818 (not yet an error: most trouble passes)
    """One request failed in a way that may pass; `reason` completes the sentence 'Entrez ...'."""

    def __init__(
        self, kind: TroubleKind, reason: str, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds

    @property
    def is_splittable(self) -> bool:
        """True where a smaller request may succeed: one record can spoil or stall a batch."""
        return self.kind in ("server", "silent", "damaged")

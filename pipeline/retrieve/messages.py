"""What people are told of a failure, in a plain sentence. Reads and writes nothing."""

from __future__ import annotations

from pipeline.retrieve.errors import EntrezUnavailable, Trouble


def unavailable(trouble: Trouble) -> EntrezUnavailable:
    """The plain message for trouble that did not pass."""
    remedy = {
        "unreachable": "check the network connection (and ENTREZ_BASE_URL, if set)",
        "busy": "wait some minutes, or stop other programs that ask NCBI from here",
    }.get(trouble.kind, "the service seems to be disturbed")
    return EntrezUnavailable(
        f"Entrez {trouble.reason}, and kept doing so: {remedy}, then run again;"
        " what has arrived is kept."
    )

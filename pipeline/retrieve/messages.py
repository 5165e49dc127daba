"""What people are told: failures in a plain sentence, never a secret. Reads, writes nothing."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable

from ..settings import Settings
from .errors import EntrezUnavailable, Trouble


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


def redactor(settings: Settings) -> Callable[[str], str]:
    """A function that takes the key, the e-mail address and network addresses out of a message."""
    secrets = [value for value in (settings.ncbi_api_key, settings.ncbi_email) if value]
    forms = {form for value in secrets for form in (value, urllib.parse.quote_plus(value))}

    def redact(text: str) -> str:
        for form in sorted(forms, key=len, reverse=True):
            text = text.replace(form, "***")
        return re.sub(r"\b\d{1,3}(\.\d{1,3}){3}\b", "***", text)

    return redact

"""What an answer of Entrez is: XML, a list of ids, an error in disguise. Reads bytes only.

An answer with status 200 can be an error, and one with 400 can be worth another try,
so bodies are judged as well as statuses.
"""

from __future__ import annotations

import re
import time
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
from lxml import etree

from pipeline.retrieve.errors import RetrieveError, Trouble

MOST_ELEMENTS = 8_000_000  # one takes some 120 bytes in memory; 200 records have about 80,000
_RATE_LIMIT = re.compile(rb"api rate limit exceeded|too many requests", re.I)
_BAD_KEY = re.compile(rb"api[ _-]?key[^.<]{0,40}(invalid|not valid)|invalid api", re.I)
_OUR_FAULT = re.compile(r"invalid db name|empty id list|neither query_key nor id", re.I)


class FoundIds(msgspec.Struct, frozen=True):
    """One esearch answer."""

    count: int
    ids: tuple[str, ...]
    translation: str
    warnings: tuple[str, ...]


def read_xml(body: bytes) -> Any:
    """The root element of an answer.

    Raises Trouble where the body is empty, JSON, HTML, cut short, or an <ERROR>.
    """
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if not start:
        raise Trouble("damaged", "sent an empty answer")
    if _RATE_LIMIT.search(body[:2000]):
        raise Trouble("busy", "says that too many requests came from this address or key")
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        raise Trouble("server", "sent a web page in place of an answer")
    if not start.startswith(b"<"):
        raise Trouble("damaged", "sent something that is not XML")
    if b"<!ENTITY" in body or body.count(b"<") - body.count(b"</") > MOST_ELEMENTS:
        raise Trouble("damaged", "sent XML that could do harm (its own entities, or far too large)")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise Trouble("damaged", "sent an answer that is cut short or broken") from None
    if root.tag in ("eFetchResult", "eSearchResult", "ePostResult", "eLinkResult"):
        _raise_error(root)
    return root


def _raise_error(root: Any) -> None:
    error = root.find("ERROR")
    if error is None:
        return
    text = text_of(error)[:160]
    if _OUR_FAULT.search(text):
        raise RetrieveError(f"Entrez refused a request ({text}): please report this as a defect.")
    raise Trouble("damaged", f"answered with an error ({text})")


def failure_of_status(status: int, headers: Message, body: bytes) -> Exception:
    """The exception that stands for an answer whose HTTP status is not 200."""
    if status == 429 or _RATE_LIMIT.search(body):
        reason = "says that too many requests came from this address or key"
        return Trouble("busy", reason, _retry_after_seconds(headers))
    if status >= 500:
        return Trouble("server", f"answered with status {status}", _retry_after_seconds(headers))
    if _BAD_KEY.search(body):
        return RetrieveError("NCBI refused the API key: correct NCBI_API_KEY or leave it empty.")
    if status == 403:
        return RetrieveError(
            "NCBI refuses requests from this address (status 403): wait, then write to"
            " eutilities@ncbi.nlm.nih.gov if it stays so."
        )
    if status == 400:  # also sent for a backend that timed out, so worth another try
        return _failure_of_bad_request(body)
    if status in (413, 414):
        return Trouble("damaged", "found the request too long")
    return RetrieveError(
        f"The Entrez address answered with status {status}: check ENTREZ_BASE_URL."
    )


def _failure_of_bad_request(body: bytes) -> Exception:
    try:
        read_xml(body)
    except (Trouble, RetrieveError) as failure:
        return failure
    return Trouble("server", "answered with status 400")


def _retry_after_seconds(headers: Message) -> float | None:
    """Retry-After in seconds; the service may give a number or a date."""
    value = str(headers.get("Retry-After") or "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())


def text_of(element: Any) -> str:
    """All text below an element, blanks made single."""
    return " ".join("".join(element.itertext()).split())


def found_ids(body: bytes) -> FoundIds:
    """The count, ids, translation and warnings of an esearch answer.

    Raises RetrieveError where PubMed did not know a field: it then searches without it.
    """
    root = read_xml(body)
    count = root.findtext("Count") or ""
    if root.tag != "eSearchResult" or not re.fullmatch(r"\s*[0-9]{1,12}\s*", count):
        raise Trouble("damaged", "sent an answer to a search that holds no count")
    unknown = [text_of(field) for field in root.findall("ErrorList/FieldNotFound")]
    if unknown:
        raise RetrieveError(
            f"PubMed does not know the search field {', '.join(unknown)}:"
            " correct the [search] part of the disease file."
        )
    noticed = root.xpath("ErrorList/*|WarningList/*")
    return FoundIds(
        count=int(count),
        ids=tuple(normal_id(text_of(item)) for item in root.findall("IdList/Id")),
        translation=text_of(root.find("QueryTranslation"))
        if root.find("QueryTranslation") is not None
        else "",
        warnings=tuple(f"{item.tag}: {text_of(item)}" for item in noticed),
    )


def normal_id(text: str) -> str:
    """An id without 'PMC', version and leading zeros: '0123' and 'PMC123.1' are '123'."""
    match = re.fullmatch(r"(?:PMC)?0*([0-9]{1,12})(?:\.[0-9]{1,4})?", text.strip(), re.I)
    if match is None:
        raise Trouble("damaged", f"sent an id that is no number ({text.strip()[:20]})")
    return match[1]

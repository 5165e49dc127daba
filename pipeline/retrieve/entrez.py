"""The one place that sends requests: Bio.Entrez behind our own address, limit, time-outs and retry.

Bio.Entrez builds the requests; it neither waits on 429 nor sets a time-out,
and has no setting for the address, so its `urlopen` is replaced while a run lasts.
Reads the network, writes nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import math
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from email.message import Message
from typing import Any, TypeVar

from Bio import Entrez

from pipeline.retrieve.answers import failure_of_status
from pipeline.retrieve.errors import EntrezUnavailable, RetrieveError, Trouble
from pipeline.retrieve.messages import unavailable
from pipeline.retrieve.pace import Pace, limiter_for
from pipeline.settings import NCBI_BASE_URL, Settings, redactor

TOOL = "scleromyxedema-pipeline"
LARGEST_ANSWER_BYTES = 200_000_000
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
SLOW_TRIES = 3  # where nobody listens or answers, a fourth try seldom helps

Checked = TypeVar("Checked")


class Client:
    """Asks Entrez politely and stubbornly; counts the requests and the failures in a row."""

    def __init__(self, settings: Settings, pace: Pace, report: Callable[[str], None]) -> None:
        self.settings = settings
        self.pace = pace
        self.redact = redactor(settings)
        self._report = report
        self.n_requests = 0
        self.n_failures_in_row = 0
        self._last_success = time.monotonic()
        host = _checked_host(settings.entrez_base_url)
        self._opener = _opener(host)
        self._limiter = limiter_for(host, bool(settings.ncbi_api_key), pace, _is_loopback(host))

    def report(self, line: str) -> None:
        """Tell the person who runs this, without secrets."""
        self._report(self.redact(line))

    def ask(
        self, utility: str, check: Callable[[bytes], Checked], tries: int, **parameters: str
    ) -> tuple[bytes, Checked]:
        """The bytes of an answer that `check` accepted, and what it made of them.

        Raises Trouble after `tries` failures, EntrezUnavailable where asking on is useless,
        RetrieveError where another try cannot help.
        """
        for failures in range(1, tries + 1):
            try:
                body = self._send(utility, parameters)
                checked = check(body)
            except Trouble as trouble:
                trouble.reason = self.redact(trouble.reason)  # the service may repeat what it got
                self._note(trouble, failures, tries)
            else:
                self.n_failures_in_row = 0
                self._last_success = time.monotonic()
                return body, checked
        raise AssertionError("the last failure is raised by _note")

    def _note(self, trouble: Trouble, failures: int, tries: int) -> None:
        """Count a failure; wait for the next try, or raise where there is none."""
        self.n_failures_in_row += 1
        asked_to_wait = trouble.retry_after_seconds or 0.0
        if asked_to_wait > self.pace.longest_retry_after_seconds:
            minutes = math.ceil(asked_to_wait / 60)
            raise EntrezUnavailable(f"Entrez asks to wait {minutes} minutes: run again after that.")
        drought_seconds = time.monotonic() - self._last_success
        has_failed_long = drought_seconds > self.pace.drought_seconds
        if has_failed_long or self.n_failures_in_row >= self.pace.failures_in_row:
            raise unavailable(trouble)
        last = min(tries, SLOW_TRIES) if trouble.kind in ("unreachable", "silent") else tries
        if failures >= last:
            raise trouble
        seconds = self.pace.wait_seconds(failures, trouble.retry_after_seconds)
        self.report(f"Entrez {trouble.reason}; trying again in {seconds:.0f} s.")
        self.pace.sleep(seconds)

    def pause(self) -> None:
        """Wait a little before going on after a request that failed for good."""
        self.pace.sleep(self.pace.wait_seconds(1, None))

    def _send(self, utility: str, parameters: dict[str, str]) -> bytes:
        """One request, its whole body; every way of failing as Trouble or RetrieveError."""
        if self.n_requests >= self.pace.request_cap:
            raise RetrieveError(
                f"The run reached its cap of {self.pace.request_cap:,} requests:"
                " run again to go on from here."
            )
        self.n_requests += 1
        try:
            with _bio_entrez(self.settings, self._urlopen):
                return bytes(getattr(Entrez, utility)(**parameters).read())
        except urllib.error.HTTPError as error:
            with error:  # its address may hold the key: never let it reach a message
                body = _error_body(error)
                failure = failure_of_status(error.code, error.headers, body)
            raise failure from None
        except TimeoutError:
            raise Trouble("silent", "stayed silent") from None
        except urllib.error.URLError as error:
            raise _trouble_of_url_error(error) from None
        except (http.client.HTTPException, OSError):
            raise Trouble("server", "broke the connection off") from None

    def _urlopen(self, request: urllib.request.Request) -> io.BytesIO:
        """In place of Biopython's urlopen: our address, our limit, a time-out, the whole body."""
        if not request.full_url.startswith(NCBI_BASE_URL):
            raise RetrieveError("A request was about to leave for another host than Entrez.")
        address = self.settings.entrez_base_url + request.full_url[len(NCBI_BASE_URL) :]
        data = request.data if isinstance(request.data, bytes) else None
        ours = urllib.request.Request(  # noqa: S310 (the scheme was checked)
            address, data=data, method=request.get_method(), headers={"User-Agent": TOOL}
        )
        deadline = time.monotonic() + self.pace.whole_answer_seconds
        with self._limiter.slot():
            response = self._opener.open(ours, timeout=self.pace.timeout_seconds)
        with response:
            return _Body(_read_whole(response, deadline))


class _Body(io.BytesIO):
    """A body already read, with the one attribute that Bio.Entrez looks at."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.headers = Message()
        self.headers["Content-Type"] = "text/xml"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could lead the key and the address to another host: it is an error here."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


def _is_loopback(host: str) -> bool:
    return urllib.parse.urlsplit(f"//{host}").hostname in LOOPBACK_HOSTS


def _opener(host: str) -> urllib.request.OpenerDirector:
    """Certificates and host names are checked, whatever the defaults of this Python are."""
    https = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect(), https]
    if _is_loopback(host):  # a proxy cannot reach this machine's own loopback address
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


def _checked_host(base_url: str) -> str:
    try:
        parts = urllib.parse.urlsplit(base_url)
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # half a bracket, a port beyond 65535
        is_address = False
    if not is_address or not base_url.isascii() or len(base_url.split()) > 1:
        raise RetrieveError("ENTREZ_BASE_URL must be an http:// or https:// address: correct it.")
    return parts.netloc.rpartition("@")[2]


@contextlib.contextmanager
def _bio_entrez(settings: Settings, urlopen: Callable[..., io.BytesIO]) -> Iterator[None]:
    """Bio.Entrez with our identity, one try and our urlopen; everything is put back afterwards."""
    ours = {
        "urlopen": urlopen,
        "max_tries": 1,
        "tool": TOOL,
        "email": settings.ncbi_email,
        "api_key": settings.ncbi_api_key,
    }
    before = {name: getattr(Entrez, name) for name in ours}
    try:
        for name, value in ours.items():
            setattr(Entrez, name, value)
        Entrez._open.previous = 0  # the limiter above replaces Biopython's own wait
        yield
    finally:
        for name, value in before.items():
            setattr(Entrez, name, value)


def _read_whole(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """The body, checked against Content-Length: a short body read in pieces raises nothing."""
    declared = response.headers.get("Content-Length") or ""
    pieces: list[bytes] = []
    n_bytes = 0
    while piece := response.read1(1 << 16):
        pieces.append(piece)
        n_bytes += len(piece)
        if time.monotonic() > deadline:
            raise Trouble("silent", "sent its answer too slowly")
        if n_bytes > LARGEST_ANSWER_BYTES:
            raise Trouble("damaged", "sent an answer without end")
    if declared.isdigit() and n_bytes < int(declared):
        raise Trouble("damaged", "sent an answer that is cut short")
    return b"".join(pieces)


def _error_body(error: urllib.error.HTTPError) -> bytes:
    try:
        return error.read(65536)
    except (http.client.HTTPException, OSError):
        return b""


def _trouble_of_url_error(error: urllib.error.URLError) -> Trouble:
    if isinstance(error.reason, TimeoutError):
        return Trouble("silent", "stayed silent")
    if isinstance(error.reason, ssl.SSLCertVerificationError):
        return Trouble("unreachable", "shows a certificate that cannot be trusted")
    if isinstance(error.reason, ConnectionResetError | BrokenPipeError):
        return Trouble("server", "broke the connection off")
    return Trouble("unreachable", "cannot be reached")

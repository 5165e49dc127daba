"""A stand-in for Entrez on the loopback interface: esearch, epost, efetch (PubMed, PMC), elink.

It serves records made here, deterministic and as many as asked, logs every request with its time,
and can be told to fail at chosen request positions in the ways the real service fails.
Reads nothing, writes nothing.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

MOST_IDS = 9_999
MANY_DAYS = 365 * 30
FIRST_PMID = 10_000_000
PERSISTENT = -1

FAULTS = (
    "429",
    "429 retry-after",
    "429 json with status 200",
    "400 time-out text",
    "400 out of range",
    "500",
    "502",
    "503",
    "html with status 200",
    "empty",
    "truncated",
    "truncated by a byte",
    "broken xml",
    "broken chunk",
    "silence",
    "stall in body",
    "dropped connection",
    "reset connection",
    "refused connection",
    "expired webenv",
    "dropped ids",
    "error with status 200",
)
HARD_FAULTS = ("403", "400 bad key", "redirect")


@dataclass
class FakeRecord:
    """A PubMed record of the stand-in; `is_found` says whether the disease search finds it."""

    pmid: str
    created: date
    modified: date
    pmcid: str | None = None
    is_found: bool = True
    is_deleted: bool = False
    is_book: bool = False
    is_blocked: bool = False
    has_pmc_article: bool = True
    is_retracted: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)
    title_note: str = ""


@dataclass(frozen=True)
class Seen:
    """A request as it arrived: its number from 0, the second it came, what it asked."""

    position: int
    seconds: float
    method: str
    utility: str
    parameters: dict[str, str]
    id_lists: tuple[str, ...]

    @property
    def ids(self) -> list[str]:
        return [i for given in self.id_lists for i in given.split(",") if i]


class FakeEntrez:
    """The stand-in; use as a context manager, then `base_url` is where it listens."""

    def __init__(self, n_records: int = 0, n_full_texts: int = 0) -> None:
        self.records: dict[str, FakeRecord] = {}
        self.requests: list[Seen] = []
        self.faults: dict[int, str] = {}
        self.fault_from: tuple[int, str] | None = None
        self.spoiled: set[str] = set()  # ids that break every answer they are in
        self.before_answer: Callable[[Seen], None] | None = None
        self.retry_after = "1"
        self.warnings: list[tuple[str, str]] = []
        self.field_not_found: str | None = None
        self._histories: dict[str, list[list[str]]] = {}
        self._lock = threading.Lock()
        self._server: _Server | None = None
        self._port = 0
        self.add(n_records, n_full_texts)

    def __enter__(self) -> FakeEntrez:
        self.listen()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.hang_up()

    def listen(self) -> None:
        """Start, or start again on the same port."""
        if self._server is None:
            self._server = _Server(("127.0.0.1", self._port), _Handler)
            self._server.fake = self
            self._port = int(self._server.server_address[1])
            threading.Thread(
                target=self._server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True
            ).start()

    def hang_up(self) -> None:
        """Refuse connections from now on."""
        if self._server is not None:
            server, self._server = self._server, None
            server.shutdown()
            server.server_close()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/entrez/eutils/"

    def add(self, n_records: int, n_full_texts: int = 0) -> list[FakeRecord]:
        """More records; the first `n_full_texts` of them are in PMC."""
        added: list[FakeRecord] = []
        for number in range(len(self.records), len(self.records) + n_records):
            created = date(1990, 1, 1) + timedelta(days=number * 7919 % MANY_DAYS)
            record = FakeRecord(str(FIRST_PMID + number), created, created)
            if len(added) < n_full_texts:
                record.pmcid = str(2_000_000 + number)
            self.records[record.pmid] = record
            added.append(record)
        return added

    def revise(self, pmid: str, **changes: Any) -> None:
        """Change a record and its modification date, which becomes today."""
        record = self.records[pmid]
        record.modified = (datetime.now(UTC) - timedelta(hours=5)).date()
        record.title_note += ", corrected"
        for name, value in changes.items():
            setattr(record, name, value)

    def fail_once(self, position: int, fault: str) -> None:
        self.faults = {position: fault}
        self.fault_from = None

    def fail_from(self, position: int, fault: str) -> None:
        self.faults = {}
        self.fault_from = (position, fault)

    def recover(self) -> None:
        """No more faults; listening again; the log starts anew."""
        self.faults, self.fault_from, self.requests = {}, None, []
        self.listen()

    def asked(self, utility: str, db: str | None = None) -> list[Seen]:
        """The requests of one utility so far."""
        requests = [seen for seen in self.requests if seen.utility == utility]
        return [seen for seen in requests if db in (None, seen.parameters.get("db"))]

    def most_in_any(self, window_seconds: float) -> int:
        """The largest number of requests that arrived within any stretch of this length."""
        times = sorted(seen.seconds for seen in self.requests)
        return max(sum(t <= s < t + window_seconds for s in times) for t in times)

    def fault_at(self, position: int) -> str | None:
        if self.fault_from is not None and position >= self.fault_from[0]:
            return self.fault_from[1]
        return self.faults.get(position)

    def note(self, handler: _Handler, utility: str, query: dict[str, list[str]]) -> Seen:
        with self._lock:
            seen = Seen(
                position=len(self.requests),
                seconds=time.monotonic(),
                method=handler.command,
                utility=utility,
                parameters={name: values[-1] for name, values in query.items()},
                id_lists=tuple(query.get("id", [])),
            )
            self.requests.append(seen)
            return seen

    # answers

    def answer(self, seen: Seen, drops_ids: bool) -> tuple[int, bytes]:
        """Status and body of an undisturbed answer."""
        makers = {
            "esearch": self._esearch,
            "epost": self._epost,
            "efetch": self._efetch,
            "elink": self._elink,
        }
        if seen.utility not in makers:
            return 404, b"<html><body>Not found</body></html>"
        return makers[seen.utility](seen, drops_ids)

    def _esearch(self, seen: Seen, drops_ids: bool) -> tuple[int, bytes]:
        asked = seen.parameters
        found = self.find(asked["term"], asked["db"])
        start, most = int(asked.get("retstart", 0)), int(asked.get("retmax", 20))
        notes = list(self.warnings)
        if asked["db"] == "pubmed":
            if start > MOST_IDS - 1 and len(found) > MOST_IDS:
                text = f"'retstart' cannot be larger than {MOST_IDS - 1}"
                return 200, _xml("eSearchResult", f"<ERROR>{text}</ERROR>")
            if start + most > MOST_IDS and len(found) > MOST_IDS:
                most = MOST_IDS - start
                notes.append(
                    ("OutputMessage", f"Restrictions achieved. Adjusted to {start}, {most}")
                )
        if not found:
            notes.append(("OutputMessage", "No items found."))
        page = found[start : start + most][int(drops_ids) :]
        history = self._history(asked, found) if asked.get("usehistory") == "y" else ""
        return 200, self._search_answer(asked, len(found), start, page, history, notes)

    def _search_answer(
        self,
        asked: dict[str, str],
        count: int,
        start: int,
        page: list[str],
        history: str,
        notes: list[tuple[str, str]],
    ) -> bytes:
        ids = "".join(f"<Id>{i}</Id>" for i in page)
        errors = "".join(f"<{k}>{escape(t)}</{k}>" for k, t in notes if k == "PhraseNotFound")
        if self.field_not_found:
            errors += f"<FieldNotFound>{escape(self.field_not_found)}</FieldNotFound>"
        warnings = "".join(f"<{k}>{escape(t)}</{k}>" for k, t in notes if k != "PhraseNotFound")
        return _xml(
            "eSearchResult",
            f"<Count>{count}</Count><RetMax>{len(page)}</RetMax><RetStart>{start}</RetStart>"
            f"{history}<IdList>{ids}</IdList><TranslationSet/>"
            f"<QueryTranslation>{escape(asked['term'])}</QueryTranslation>"
            + (f"<ErrorList>{errors}</ErrorList>" if errors else "")
            + (f"<WarningList>{warnings}</WarningList>" if warnings else ""),
        )

    def _history(self, asked: dict[str, str], ids: list[str]) -> str:
        env = asked.get("WebEnv") or f"MCID_{len(self._histories) + 1}"
        keys = self._histories.setdefault(env, [])
        keys.append(ids)
        return f"<QueryKey>{len(keys)}</QueryKey><WebEnv>{env}</WebEnv>"

    def _epost(self, seen: Seen, _drops_ids: bool) -> tuple[int, bytes]:
        return 200, _xml("ePostResult", self._history(seen.parameters, seen.ids))

    def _asked_ids(self, seen: Seen) -> list[str] | None:
        """The ids of an efetch, from the request or from the history; None where that expired."""
        if "WebEnv" not in seen.parameters:
            return seen.ids
        keys = self._histories.get(seen.parameters["WebEnv"], [])
        number = int(seen.parameters.get("query_key", 0))
        if not 1 <= number <= len(keys):
            return None
        start = int(seen.parameters.get("retstart", 0))
        return keys[number - 1][start : start + int(seen.parameters.get("retmax", 10_000))]

    def _efetch(self, seen: Seen, drops_ids: bool) -> tuple[int, bytes]:
        ids = self._asked_ids(seen)
        if ids is None:
            return 400, _xml("eFetchResult", "<ERROR>Unable to obtain query: expired</ERROR>")
        if not ids:
            return 400, _xml("eFetchResult", "<ERROR>Empty ID list; nothing to do</ERROR>")
        ids = [str(int(i.removeprefix("PMC"))) for i in ids]
        if self.spoiled & set(ids):
            return 200, _xml("PubmedArticleSet", "<PubmedArticle>")[:-30]
        ids = ids[int(drops_ids) :]
        if seen.parameters["db"] == "pmc":
            return 200, self._pmc_answer(ids)
        known = [self.records[i] for i in ids if i in self.records]
        doctype = (
            '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"'
            ' "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">'
        )
        body = "".join(pubmed_xml(record) for record in known if not record.is_deleted)
        return 200, _xml("PubmedArticleSet", body, doctype)

    def _pmc_answer(self, ids: list[str]) -> bytes:
        by_pmcid = {r.pmcid: r for r in self.records.values() if r.pmcid and r.has_pmc_article}
        articles = "".join(jats_xml(by_pmcid[i]) for i in ids if i in by_pmcid)
        doctype = (
            '<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN"'
            ' "https://dtd.nlm.nih.gov/ncbi/pmc/articleset/nlm-articleset-2.0.dtd">'
        )
        return _xml("pmc-articleset", articles, doctype)

    def _elink(self, seen: Seen, _drops_ids: bool) -> tuple[int, bytes]:
        """One LinkSet per `id=`; a comma list is merged into one, as the service does."""
        return 200, _xml("eLinkResult", "".join(self._link_set(g) for g in seen.id_lists))

    def _link_set(self, given: str) -> str:
        ids = given.split(",")
        sources = "".join(f"<Id>{i}</Id>" for i in ids)
        records = [self.records[i] for i in ids if i in self.records]
        links = "".join(f"<Link><Id>{r.pmcid}</Id></Link>" for r in records if r.pmcid)
        target = f"<DbTo>pmc</DbTo><LinkName>pubmed_pmc</LinkName>{links}"
        return (
            f"<LinkSet><DbFrom>pubmed</DbFrom><IdList>{sources}</IdList>"
            + (f"<LinkSetDb>{target}</LinkSetDb>" if links else "")
            + "</LinkSet>"
        )

    def find(self, term: str, db: str) -> list[str]:
        """The ids that a term finds, newest first; words find what the disease search finds."""
        found = _Term(term, list(self.records.values())).evaluate()
        records = sorted((self.records[i] for i in found), key=lambda r: r.created, reverse=True)
        if db == "pmc":
            return [r.pmcid for r in records if r.pmcid and r.has_pmc_article]
        return [r.pmid for r in records]


class _Term:
    """Evaluates a search term from left to right, as PubMed does."""

    TOKEN = re.compile(
        r'\s*(\(|\)|AND\b|OR\b|NOT\b|"[^"]*"\[\w+\]\s*:\s*"[^"]*"\[\w+\]'
        r'|(?:"[^"]*"|[^\s()\[\]"]+)\[[^\]]*\])'
    )

    def __init__(self, term: str, records: list[FakeRecord]) -> None:
        self.tokens = self._split(term)
        self.records = records
        self.place = 0

    def _split(self, term: str) -> list[str]:
        tokens, end = [], 0
        while term[end:].strip():
            match = self.TOKEN.match(term, end)
            if match is None:
                raise ValueError(f"the stand-in cannot read this term: {term[end : end + 60]}")
            tokens.append(match[1])
            end = match.end()
        return tokens

    def evaluate(self) -> set[str]:
        result = self._operand()
        while self.place < len(self.tokens) and self.tokens[self.place] != ")":
            operator = self.tokens[self.place]
            self.place += 1
            right = self._operand()
            if operator == "AND":
                result = result & right
            elif operator == "NOT":
                result = result - right
            else:
                result = result | right
        return result

    def _operand(self) -> set[str]:
        token = self.tokens[self.place]
        self.place += 1
        if token == "(":
            result = self.evaluate()
            self.place += 1
            return result
        if ":" in token and (parts := re.match(r'"(.*?)"\[(\w+)\]\s*:\s*"(.*?)"', token)):
            return self._between(parts[2], parts[1], parts[3])
        if token.endswith("[uid]"):
            return {r.pmid for r in self.records if r.pmid == token[:-5]}
        return {r.pmid for r in self.records if r.is_found}

    def _between(self, tag: str, first: str, last: str) -> set[str]:
        low, high = (first + "/01/01")[:10], (last + "/12/31")[:10]
        field_of = "modified" if tag == "mdat" else "created"
        return {r.pmid for r in self.records if low <= f"{getattr(r, field_of):%Y/%m/%d}" <= high}


def case_text(record: FakeRecord) -> str:
    """A short invented case, the same for the same PMID."""
    number = int(record.pmid)
    woman = number % 2 == 0
    age = 35 + number % 41
    return (
        f"We describe a {age}-year-old {'woman' if woman else 'man'} with scleromyxedema."
        f" Serum immunofixation showed an IgG {'lambda' if number % 3 else 'kappa'} paraprotein."
        f" {'She' if woman else 'He'} complained of {('dysphagia', 'dyspnea')[number % 2]}."
        f" Treatment with intravenous immunoglobulin led to"
        f" {('complete remission', 'partial improvement')[number % 5 == 0]} of the skin lesions."
    )


def pubmed_xml(record: FakeRecord) -> str:
    """A PubMed record with reference-list ids that are not its own."""
    title = f"Scleromyxedema in practice, observation {int(record.pmid) - FIRST_PMID}"
    title += record.title_note
    abstract = f"<Abstract><AbstractText>{case_text(record)}</AbstractText></Abstract>"
    if record.is_book:
        return (
            f'<PubmedBookArticle><BookDocument><PMID Version="1">{record.pmid}</PMID>'
            f"<ArticleTitle>{title}</ArticleTitle>{abstract}</BookDocument></PubmedBookArticle>"
        )
    kinds = ["Case Reports", *(["Retracted Publication"] if record.is_retracted else [])]
    types = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in kinds)
    links = "".join(
        f'<CommentsCorrections RefType="{kind}"><RefSource>J Inv. 2026</RefSource>'
        f'<PMID Version="1">{pmid}</PMID></CommentsCorrections>'
        for kind, pmid in record.links
    )
    own = f'<ArticleId IdType="pubmed">{record.pmid}</ArticleId>'
    own += f'<ArticleId IdType="pmc">PMC{record.pmcid}</ArticleId>' if record.pmcid else ""
    return (
        '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">'
        f'<PMID Version="1">{record.pmid}</PMID>{_date("DateRevised", record.modified)}'
        "<Article><Journal><Title>Journal of Invented Dermatology</Title><JournalIssue><PubDate>"
        f"<Year>{record.created.year}</Year></PubDate></JournalIssue></Journal>"
        f"<ArticleTitle>{title}.</ArticleTitle>{abstract}<Language>eng</Language>"
        f"<PublicationTypeList>{types}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{links}</CommentsCorrectionsList></MedlineCitation>"
        f"<PubmedData><History>{_date('PubMedPubDate', record.created, 'entrez')}</History>"
        f"<ArticleIdList>{own}</ArticleIdList><ReferenceList><Reference><ArticleIdList>"
        '<ArticleId IdType="pmc">PMC999999</ArticleId></ArticleIdList></Reference>'
        "</ReferenceList></PubmedData></PubmedArticle>"
    )


def _date(tag: str, day: date, status: str | None = None) -> str:
    attribute = f' PubStatus="{status}"' if status else ""
    parts = f"<Year>{day.year}</Year><Month>{day.month:02}</Month><Day>{day.day:02}</Day>"
    return f"<{tag}{attribute}>{parts}</{tag}>"


def jats_xml(record: FakeRecord) -> str:
    """A PMC article; without a body where the publisher forbids it."""
    body = (
        "<body><sec><title>Case report</title>"
        f"<p>{case_text(record)}</p><p>The patient was followed for two years.</p></sec></body>"
    )
    comment = (
        "<!--The publisher of this article does not allow downloading of the full text"
        " in XML form.-->"
    )
    licence = '<license xlink:href="https://creativecommons.org/licenses/by/4.0/"/>'
    return (
        '<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="case-report">'
        f"{comment if record.is_blocked else ''}<front><article-meta>"
        f'<article-id pub-id-type="pmc">PMC{record.pmcid}</article-id>'
        f'<article-id pub-id-type="pmid">{record.pmid}</article-id>'
        "<title-group><article-title>Scleromyxedema in practice</article-title></title-group>"
        f"<permissions>{licence}</permissions></article-meta></front>"
        f"{'' if record.is_blocked else body}<back/></article>"
    )


def _xml(root: str, body: str, doctype: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}{doctype}\n<{root}>{body}</{root}>\n".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    fake: FakeEntrez

    def handle_error(self, *_arguments: object) -> None:
        """A client that went away is part of the tests, not news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30

    def log_message(self, *_arguments: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._handle(urlsplit(self.path).query)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._handle(self.rfile.read(length).decode())

    def _handle(self, query: str) -> None:
        fake = self.server.fake
        utility = urlsplit(self.path).path.rpartition("/")[2].removesuffix(".fcgi")
        seen = fake.note(self, utility, parse_qs(query))
        self.close_connection = True
        if fake.before_answer is not None:
            fake.before_answer(seen)
        fault = fake.fault_at(seen.position)
        if fault in (None, "dropped ids"):
            status, body = fake.answer(seen, drops_ids=fault is not None)
            self._send(status, body)
        else:
            self._fail(fake, fault or "", fake.answer(seen, drops_ids=False)[1])

    def _send(self, status: int, body: bytes, kind: str = "text/xml", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _fail(self, fake: FakeEntrez, fault: str, good: bytes) -> None:
        if fault in _PLAIN_FAULTS:
            status, kind, body = _PLAIN_FAULTS[fault]
            headers = {"Retry_After": fake.retry_after} if fault == "429 retry-after" else {}
            if fault == "redirect":
                headers["Location"] = "http://elsewhere.invalid/"
            self._send(status, body, kind, **headers)
        elif fault == "broken xml":
            self._send(200, good[: len(good) * 2 // 3])
        elif fault == "refused connection":
            threading.Thread(target=fake.hang_up, daemon=True).start()
            self._drop(with_reset=True)
        elif fault in ("dropped connection", "reset connection"):
            self._drop(with_reset=fault == "reset connection")
        elif fault == "silence":
            self._wait_until_gone()
        else:
            self._break_body(fault, good)

    def _break_body(self, fault: str, good: bytes) -> None:
        """Headers as if all were well, then less than they promise."""
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        if fault == "broken chunk":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n" % len(good) + good[: len(good) // 2])
        else:
            self.send_header("Content-Length", str(len(good)))
            self.end_headers()
            end = len(good) - 1 if fault == "truncated by a byte" else len(good) * 2 // 3
            self.wfile.write(good[:end])
        self.wfile.flush()
        if fault == "stall in body":
            self._wait_until_gone()
        elif fault not in ("truncated", "truncated by a byte", "broken chunk"):
            raise ValueError(f"no such fault: {fault}")

    def _wait_until_gone(self) -> None:
        """Say nothing until the client has given up."""
        self.connection.settimeout(30)
        self.connection.recv(1)

    def _drop(self, with_reset: bool) -> None:
        if with_reset:
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()


_RATE_BODY = json.dumps(
    {"error": "API rate limit exceeded", "api-key": "203.0.113.7", "count": "4", "limit": "3"}
).encode()
_PAGE = b"<!DOCTYPE html>\n<html><body><h1>NCBI - WWW Error 500 Diagnostic</h1></body></html>"
_TIME_OUT = (
    "<ERROR>Error: External viewer error: Empty Response. Bytes read: 0 Status: Timeout</ERROR>"
)
_RANGE = "<ERROR>Cannot retrieve history data: OUT OF RANGE. Parameter retstart=1 + 1</ERROR>"
_PLAIN_FAULTS: dict[str, tuple[int, str, bytes]] = {
    "429": (429, "text/html", _PAGE),
    "429 retry-after": (429, "application/json", _RATE_BODY),
    "429 json with status 200": (200, "application/json", _RATE_BODY),
    "400 time-out text": (400, "text/xml", _xml("eFetchResult", _TIME_OUT)),
    "400 out of range": (400, "text/xml", _xml("eFetchResult", _RANGE)),
    "500": (500, "text/html", _PAGE),
    "502": (502, "text/html", _PAGE),
    "503": (503, "text/plain", b"Service unavailable"),
    "html with status 200": (200, "text/html", _PAGE),
    "empty": (200, "text/xml", b""),
    "expired webenv": (
        400,
        "text/xml",
        _xml("eFetchResult", "<ERROR>Unable to obtain query #1: WebEnv has expired</ERROR>"),
    ),
    "error with status 200": (
        200,
        "text/xml",
        _xml("eSearchResult", "<ERROR>Search Backend failed: Exception</ERROR>"),
    ),
    "403": (403, "text/html", _PAGE),
    "400 bad key": (400, "application/json", b'{"error":"API key invalid","api-key":"x"}'),
    "redirect": (302, "text/html", b""),
}


def serve(n_records: int, n_full_texts: int = 0) -> Iterator[FakeEntrez]:
    """A listening stand-in, for a fixture."""
    with FakeEntrez(n_records, n_full_texts) as fake:
        yield fake

"""What a given file is, judged by its content; its name proves nothing.

Reads bytes or text it is given, writes nothing.
"""

from __future__ import annotations

import re

from pipeline.parse.prose import one_line
from pipeline.parse.safe_xml import Element, UnreadableError

ADVICE = "save the record as PubMed XML or .nbib instead"
# First bytes of files that people have beside their records, and what to say of them.
SIGNATURES = (
    (b"%PDF-", f"a PDF; {ADVICE}"),
    (b"PK\x03\x04", "a ZIP archive or an Office document; unpack it and give the files inside"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive; unpack it and give the file inside"),
    (b"BZh", "a bzip2 archive; unpack it and give the file inside"),
    (b"\xfd7zXZ", "an xz archive; unpack it and give the file inside"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it and give the files inside"),
    (b"\xd0\xcf\x11\xe0", f"an old Office document; {ADVICE}"),
    (b"{\\rtf", f"an RTF document; {ADVICE}"),
    (b"\x89PNG", f"a picture; {ADVICE}"),
    (b"\xff\xd8\xff", f"a picture; {ADVICE}"),
)
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*){0,20}<(?:!doctype\s+)?html\b",
    re.I | re.S,
)
ANSWERS = {
    "eSearchResult": "an ESearch answer, not records",
    "eSummaryResult": "an ESummary answer, not records",
    "eLinkResult": "an ELink answer, not records",
    "eInfoResult": "an EInfo answer, not records",
    "ePostResult": "an EPost answer, not records",
    "eSpellResult": "an ESpell answer, not records",
    "eFetchResult": "an EFetch error answer, not records",
    "eCitMatchResult": "an ECitMatch answer, not records",
    "html": f"a web page (HTML); {ADVICE}",
    "collection": f"a BioC or MARC collection, which is not read; {ADVICE}",
}


def refuse_known_binary(data: bytes) -> None:
    """Raise UnreadableError with a plain reason where the bytes are of a known binary format."""
    for signature, reason in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(reason)


def is_web_page(text: str) -> bool:
    return HTML.match(text[:4000].lstrip("\ufeff \t\r\n")) is not None


def refuse_other_text(text: str) -> None:
    """Raise UnreadableError where a text is of a kind that can be named but not read."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if not start:
        raise UnreadableError("an empty file")
    if is_web_page(text):
        raise UnreadableError(f"a web page (HTML); {ADVICE}")
    if re.match(r'\{\s*["}]|\[\s*[\[{"\]\d]', start):
        raise UnreadableError(f"JSON, not records; {ADVICE}")
    if re.match(r"TY  - ", start):
        raise UnreadableError(f"an RIS file; {ADVICE}")
    if re.match(r"@\w+\s*\{", start):
        raise UnreadableError(f"a BibTeX file; {ADVICE}")


def what_other_xml_is(root: Element) -> str:
    """Name an XML answer that is not records, with the server's own error words if it has any."""
    reason = ANSWERS.get(root.tag)
    if reason is None:
        return f"XML with the root <{root.tag[:60]}>, not PubMed or PMC records"
    said = one_line(next(root.iter("ERROR"), None))
    return f"{reason}: {said[:200]}" if said else reason

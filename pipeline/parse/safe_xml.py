"""Bytes to text to an XML tree, safely: no DTD, no entity of the file's own, no network.

Reads the bytes it is given, writes nothing.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import Any

from lxml import etree

Element = Any  # lxml ships no types; an etree._Element

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
# Character sets that are text and nothing else; Python also knows codecs such as unicode_escape.
CHARACTER_SETS = ("iso8859", "cp125", "koi8", "mac-", "gb", "big5", "shift_jis", "euc_", "cp932")
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# 200 MB of PubMed records have about four million elements; one takes some 120 bytes in memory.
MOST_ELEMENTS = 8_000_000
MOST_REFERENCES = 4_000_000
NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")


class UnreadableError(Exception):
    """The content cannot be read; the message says in plain words why."""


def decode(data: bytes) -> str:
    """The text of a file: byte order mark, else the XML declaration's encoding, else UTF-8.

    Raises UnreadableError naming the line where the bytes are not text in that encoding: guessing
    another one could turn a Greek letter or a unit into something else without a word.
    """
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        raise UnreadableError(f"not valid {name} at line {line}; save the file as UTF-8") from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise UnreadableError(f"a NUL character at line {line}; this is not a text file")
    return text


def encoding_of(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    declared = DECLARED.match(data[:400])
    if not declared:
        return "utf-8"
    name = declared[1].decode("ascii")
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    # A declaration that could be read as single bytes is not UTF-16, whatever it says.
    if known.startswith(("utf-16", "utf-32", "utf-8", "ascii")):
        return "utf-8"
    if not known.startswith(CHARACTER_SETS):
        raise UnreadableError(
            f"XML in an encoding that is not supported ({name}); save it as UTF-8"
        )
    return known


def read_tree(text: str) -> Element:
    """The root of an XML text, tags without namespaces, comments dropped.

    Raises UnreadableError for XML that is broken (with the line), declares entities of its own
    (entity bombs, reading of local files), or passes libxml2's limits (depth 256, 10 MB a text).
    """
    if text.count("<") - text.count("</") > MOST_ELEMENTS:
        raise UnreadableError(f"XML of more than {MOST_ELEMENTS:,} elements; split it")
    if text.count("&") > MOST_REFERENCES:
        raise UnreadableError(f"XML of more than {MOST_REFERENCES:,} references; split it")
    if "<!ENTITY" in text:
        raise UnreadableError(
            "XML that declares its own entities; refused because this can be harmful"
        )
    try:
        root = etree.fromstring(prepared(text), safe_parser())
    except etree.XMLSyntaxError as error:
        what = re.sub(r", line \d+, column \d+.*", "", error.msg or "no XML element", flags=re.S)
        raise UnreadableError(f"broken XML at line {max(error.lineno or 1, 1)}: {what}") from error
    for element in root.iter(etree.Element):
        if element.tag.startswith("{"):
            element.tag = element.tag.rpartition("}")[2]
    return root


def safe_parser() -> Any:
    """A parser that opens nothing else; `collect_ids=False` must stay away, it loads the DTD."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def prepared(text: str) -> bytes:
    """UTF-8 without the declaration (its encoding is no longer true), HTML entities resolved.

    The line breaks of the declaration stay, so that line numbers in messages are the file's.
    """
    text = DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    return NAMED_ENTITY.sub(character_of, text).encode("utf-8")


def character_of(found: re.Match[str]) -> str:
    """The character of a named HTML entity such as &nbsp; or &kappa;, which no DTD is read for."""
    character = html5.get(found[1], found[0])
    return found[0] if set(character) & set("<>&\"'") else character

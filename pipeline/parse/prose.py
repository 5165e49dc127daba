"""Marked-up text as the plain text that offsets point into.

Reads an element of PubMed XML or JATS, writes nothing.
A block (paragraph, list item) is a line; inside a line all white space is single blanks; Unicode
is NFC. Letters are never replaced or stripped: Greek letters name light chains.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.parse.formula import formula, tex
from pipeline.parse.safe_xml import Element

# None of these can occur in XML, so they are free to mark places while text is put together.
GONE = "\x00"  # here stood a reference number or footnote mark
BREAK = "\x01"  # here a block begins or ends
LABEL = "\x02"  # here a label ends; the block after it belongs on its line
CITED = "\x03"  # here stood a reference mark, in a text that is otherwise ready

BLOCKS = {
    *("p", "list", "list-item", "disp-quote", "boxed-text", "disp-formula", "disp-formula-group"),
    *("def-list", "def-item", "def", "title", "break", "br", "fn", "fn-group", "sec", "caption"),
    *("verse-group", "verse-line", "speech", "statement", "tr", "td", "th", "li", "ul", "ol"),
    *("supplementary-material", "attrib", "table-wrap", "fig", "div", "media"),
    *("AbstractText", "DispFormula"),
}
NOT_TEXT = {
    "graphic",
    "inline-graphic",
    "object-id",
    "alt-text",
    "long-desc",
    "index-term",
}
MARK_TYPES = frozenset((None, "bibr", "fn", "table-fn", "aff", "corresp", "author-notes"))
# Author-year citations stay: "as reported by Smith et al." tells the extractor whose patient it is.
WORDS_OR_YEAR = re.compile(r"[^\W\d_]{3}|\b(?:1[89]|20)\d\d")
ONLY_MARKS = re.compile(r"[\x00\d\s,;.*†‡§¶()\[\]–—-]*")
AFTER_DIGIT = re.compile(r"\s*[+\-−–]?\d[\d.,−–-]*\s*|\s*[a-z]\s*")
CELLS = ("td", "th")
FOOTNOTE_LETTER = re.compile(r"[a-h](?:,[a-h])*")
# Some publishers send their markup as text ("&lt;i&gt;"), so it arrives as visible tags.
ESCAPED_POWER = re.compile(r"(\d)<sup>([+\-−–]?\d+)</sup>", re.I)
ESCAPED_TAG = re.compile(r"</?(?:b|i|u|em|strong|sup|sub)\s*/?>", re.I)
ESCAPED_BREAK = re.compile(r"</?(?:br|p)\s*/?>", re.I)
# Soft hyphens, joiners and marks of direction: a word with one inside would not be found.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
EMPTY_BRACKETS = re.compile(r"\s?[(\[][\s\x00,;–—-]*[)\]]")
GAP_AT_CITED = re.compile(f"^(?:{CITED} ?)+| {CITED}(?= |$)")
MARK_SERIES = re.compile(r"\x00(?:\s?[,;–—-]?\s?\x00)+")


def prose(element: Element | None, left_out: frozenset[str] = frozenset()) -> str:
    """The text of an element, '' for None; elements named in `left_out` are read elsewhere."""
    if element is None:
        return ""
    pieces: list[str] = []
    collect(element, pieces, left_out)
    return tidy("".join(pieces))


def one_line(element: Element | None) -> str:
    """The text of an element that is a title, a name or a cell: one line."""
    return prose(element).replace("\n", " ")


def collect(element: Element, pieces: list[str], left_out: frozenset[str]) -> None:
    """Append the text of `element`, children first come first; depth is bounded by the parser."""
    if element.text:
        pieces.append(element.text)
    for child in element:
        place(child, pieces, left_out)
        if child.tail:
            pieces.append(child.tail)


def place(element: Element, pieces: list[str], left_out: frozenset[str]) -> None:
    tag = element.tag
    if not isinstance(tag, str):  # an entity nobody declared: shown as it stands
        pieces.append(element.text or "")
    elif tag in left_out or tag in NOT_TEXT:
        pieces.append(BREAK if tag in BLOCKS else "")
    elif tag == "math":
        pieces.append(formula(element))
    elif tag == "tex-math":
        pieces.append(tex(element))
    elif is_reference_mark(element):
        pieces.append(GONE)
    elif tag in ("sup", "sub"):
        place_script(element, pieces, left_out)
    elif tag in BLOCKS:
        pieces.append(BREAK)
        collect(element, pieces, left_out)
        pieces.append(BREAK)
    else:
        collect(element, pieces, left_out)
        if tag == "label":
            pieces.append(LABEL)


def is_reference_mark(element: Element) -> bool:
    """True for an xref that shows a number or a sign: 'lambda' and a 3 must not read 'lambda3'."""
    if element.tag != "xref" or element.get("ref-type") not in MARK_TYPES:
        return False
    return not WORDS_OR_YEAR.search("".join(element.itertext()))


def place_script(element: Element, pieces: list[str], left_out: frozenset[str]) -> None:
    """Append a superscript or subscript so that numbers stay right: 10 and a raised 9 is 10^9."""
    inner: list[str] = []
    collect(element, inner, left_out)
    script = "".join(inner)
    before = "".join(pieces[-3:])
    if GONE in script and ONLY_MARKS.fullmatch(script):
        pieces.append(GONE)
    elif AFTER_DIGIT.fullmatch(script) and before[-1:].isdigit():
        pieces.append(("^" if element.tag == "sup" else "_") + script.strip())
    elif element.tag == "sup" and AFTER_DIGIT.fullmatch(script) and re.search(r"\b10\s+$", before):
        pieces[:] = ["".join(pieces).rstrip(), "^" + script.strip()]
    elif is_footnote_letter(element, script, before):
        pieces.append("^" + script.strip())
    else:
        pieces.append(script)


def is_footnote_letter(element: Element, script: str, before: str) -> bool:
    """True for a raised letter in a cell: 'n' with a note 'a' must not read 'na'."""
    is_mark = element.tag == "sup" and FOOTNOTE_LETTER.fullmatch(script.strip()) is not None
    return is_mark and before[-1:].isalnum() and any(True for _ in element.iterancestors(*CELLS))


def tidy(text: str) -> str:
    """Blocks to lines, white space to single blanks, reference marks away, NFC."""
    return tidy_cited(text).replace(CITED, "")


def tidy_cited(text: str) -> str:
    """The same with a CITED in each place where reference marks stood; see `split_cited`."""
    text = INVISIBLE.sub("", text)
    if "<" in text:
        text = ESCAPED_BREAK.sub(BREAK, ESCAPED_POWER.sub(r"\1^\2", text))
        text = ESCAPED_TAG.sub("", text)
    text = re.sub(r"\s+", " ", text)
    if GONE in text:
        text = without_marks(text)
    if LABEL in text:
        text = re.sub(r"\x02\s?(\x01\s?)*", " ", text)
    lines = (re.sub(" +", " ", line).strip() for line in text.split(BREAK))
    lines = (GAP_AT_CITED.sub(CITED, line) for line in lines)
    told = (line for line in lines if line.strip(CITED))
    return unicodedata.normalize("NFC", "\n".join(told))


def split_cited(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without its CITED characters, and the offsets into it where they stood."""
    pieces = text.split(CITED)
    places, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        places.append(length)
    return "".join(pieces), tuple(dict.fromkeys(places))


def without_marks(text: str) -> str:
    """Close the gaps that reference marks left, with the brackets and commas between them."""
    text = EMPTY_BRACKETS.sub(lambda found: GONE if GONE in found[0] else found[0], text)
    text = MARK_SERIES.sub(GONE, text)
    text = re.sub(r" ?\x00(?=\s?[.,;:!?)\]])", CITED, text)
    text = re.sub(r"\x00(?=\w)", f"{CITED} ", text)
    return text.replace(GONE, CITED)

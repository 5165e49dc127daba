"""Titles, names and section keys: the parts that every format has and spells its own way.

Reads nothing, writes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.parse.prose import split_cited
from pipeline.records import Section

Titled = tuple[str | None, str]  # a heading (None where there is none) and the text below it

TRANSLATOR = re.compile(r"\s*\((?:author's|authors'|proceedings) transl\)", re.I)
NOT_A_LABEL = {"UNLABELLED", "UNLABELED", "UNASSIGNED"}
NO_TITLE = "Not Available"  # what PubMed puts where there is no English title
RETRACTED_TITLE = re.compile(r"^\W*RETRACTED\b")  # upper case only: 'Retracted: …' is the notice
# MARC codes, as PubMed has them, for the two-letter codes of JATS xml:lang.
LANGUAGES = {
    **{"en": "eng", "de": "ger", "fr": "fre", "es": "spa", "it": "ita", "pt": "por", "nl": "dut"},
    **{"da": "dan", "sv": "swe", "no": "nor", "nb": "nor", "fi": "fin", "pl": "pol", "cs": "cze"},
    **{"sk": "slo", "hu": "hun", "ro": "rum", "ru": "rus", "uk": "ukr", "tr": "tur", "el": "gre"},
    **{"ja": "jpn", "zh": "chi", "ko": "kor", "ar": "ara", "he": "heb", "fa": "per", "hr": "hrv"},
    **{"sr": "srp", "sl": "slv", "bg": "bul", "is": "ice", "lt": "lit", "ca": "cat"},
}


def clean_title(text: str) -> str:
    """A title without the [brackets] PubMed puts round translations and without the full stop."""
    title = without_stop(text)
    if is_bracketed(title):
        title = without_stop(title[1:-1])
    return without_stop(TRANSLATOR.sub("", title))


def without_stop(text: str) -> str:
    title = text.strip()
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title


def is_bracketed(title: str) -> bool:
    """True where the first bracket closes at the very end ('[A] and [B]' is not bracketed)."""
    if not (title.startswith("[") and title.endswith("]")):
        return False
    depth = 0
    for place, character in enumerate(title, start=1):
        depth += {"[": 1, "]": -1}.get(character, 0)
        if depth == 0:
            return place == len(title)
    return False


def choose_title(title: str, vernacular: str | None) -> tuple[str, str | None]:
    """The title and the vernacular title; without an English title the vernacular one is both."""
    cleaned = clean_title(title)
    if cleaned in ("", NO_TITLE) and vernacular:
        return vernacular, vernacular
    return ("" if cleaned == NO_TITLE else cleaned), vernacular


def is_latin_script(text: str) -> bool:
    """True where most letters are Latin ones (a beta in a German title does not count against)."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return bool(letters) and 2 * latin > len(letters)


def language_code(code: str | None) -> str | None:
    """PubMed's three letters for 'en', 'en-GB' or 'ENG'; an unknown code stays as it is."""
    short = re.split(r"[-_]", (code or "").strip().lower())[0]
    return LANGUAGES.get(short, short) or None


def author_name(family: str, initials: str, given: str = "", suffix: str = "") -> str:
    """'Arndt JP Jr' of its parts; initials are made from the given names where there are none."""
    first = initials or "".join(re.findall(r"\b[^\W\d_]", given)).upper()
    return " ".join(filter(None, (family, first, suffix)))


def numbered(kind: str, parts: Iterable[Titled], *, from_one: bool = False) -> list[Section]:
    """Sections of the parts that have text: keys 'abstract', 'abstract-2', … or from 'body-1'."""
    filled = [(title, *split_cited(text)) for title, text in parts if text]
    return [
        Section(
            section=kind if number == 1 and not from_one else f"{kind}-{number}",
            kind=kind,
            title=title or None,
            text=text,
            citations=citations,
        )
        for number, (title, text, citations) in enumerate(filled, start=1)
    ]


def front_sections(
    title: str,
    vernacular: str | None,
    abstract: Iterable[Titled],
    keywords: Iterable[str],
    other_abstracts: Iterable[Titled],
) -> list[Section]:
    """The sections before the body: titles, abstract, keywords, other abstracts."""
    sections = numbered("title", [(None, title)])
    if vernacular and vernacular != title and is_latin_script(vernacular):
        sections.append(Section(section="vernacular_title", kind="title", text=vernacular))
    sections += numbered("abstract", abstract)
    sections += numbered("keywords", [(None, "; ".join(keywords))])
    return sections + numbered("other_abstract", other_abstracts)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are not empty, once each, in their order."""
    return tuple(dict.fromkeys(filter(None, names)))

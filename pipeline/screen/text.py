"""A report's text in folded sentences, for screening. Reads an Article, writes nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.folding import fold
from pipeline.language.literals import items_of, required_words
from pipeline.language.sections import role_of
from pipeline.records import Article, Section

# A long full text repeats itself; its first part says whose disease it is.
CHARACTERS_READ = 12_000
# A line break ends a sentence unless the next line goes on in lower case (wrapped lines).
ENDING = re.compile(r"(?<=[.!?])(?<!\by\.o\.)[\s\"')\]]+(?=[A-Z\d\[(])|\n+(?![a-z])")
SHORT_FORM = r"\s?\((?P<short>[A-Z][A-Za-z]{1,4})(?:[),;])"
IN_BRACKETS = re.compile(SHORT_FORM)
BIBLIOGRAPHY = re.compile(r"\s*(?:references|bibliograf\w+|bibliograph\w+)\s*$", re.IGNORECASE)
# '12. Lee A, Roe B. A title of its own. J Name 1999; 40: 1-5.' or '12. Lee A (1999) A title. J Name
# 40:1-5' would part into sentences, and its title might tell a case. Year, volume and page, so that
# '12 patients … 2000, 7 of them' is none.
VOLUME = r"\d{1,4}(?: ?\([^()]{1,12}\))? ?: ?[a-z]?\d"
CITATION = re.compile(
    r"^[ \t]*\[?\d{1,3}(?:[\].)]?[ \t].{0,500}\b(?:19|20)\d\d(?: \w{3}(?: \d{1,2})?)? ?; ?"
    rf"{VOLUME}|[\].)][ \t].{{0,200}}\((?:19|20)\d\d[a-z]?\).{{1,300}} {VOLUME}\d*-\d).*$",
    re.MULTILINE | re.IGNORECASE,
)
NO_LIST = re.compile(r"[^,;|>·\n]{1,80}")  # as keywords and the paths of a web page are


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its section, its offsets there, its folded text (same length).

    `heading` is that of the section, on its first sentence only.
    """

    section: str
    start: int
    end: int
    text: str
    is_title: bool
    heading: str = ""


def sentences_of(article: Article) -> list[Sentence]:
    """Titles first, then abstract and body; without keywords and references.

    An abstract in another language is read where there is no other text.
    """
    found = [s for section in article.sections if is_read(section) for s in split(section)]
    if all(sentence.is_title for sentence in found):
        others = [section for section in article.sections if section.kind == "other_abstract"]
        found.extend(s for section in others for s in split(section))
    if not any(sentence.is_title for sentence in found) and article.title:
        found.insert(0, Sentence("title", 0, len(article.title), fold(article.title), True))
    return found


def headings_of(article: Article) -> list[str]:
    """The folded headings of what is read, and short lines of their own before it."""
    lines = [s.title or "" for s in article.sections if is_read(s)]
    lines += [s.text for s in article.sections if s.kind == "front"]
    return [fold(line) for line in lines if line and NO_LIST.fullmatch(line)]


def is_read(section: Section) -> bool:
    return section.kind in ("title", "abstract", "body") and role_of(section) not in (
        "keywords",
        "other",
    )


def split(section: Section) -> Iterator[Sentence]:
    text = fold(section.text[:CHARACTERS_READ])
    cited = [found.span() for found in CITATION.finditer(text)]
    start = 0
    for gap in (*ENDING.finditer(text), None):
        end = gap.start() if gap else len(text)
        piece = text[start:end].replace("\n", " ")
        is_cited = any(first <= start < last for first, last in cited) or CITATION.match(piece)
        if piece.strip() and not is_cited and not BIBLIOGRAPHY.match(piece):
            heading = fold(section.title or "") if start == 0 else ""
            yield Sentence(section.section, start, end, piece, section.kind == "title", heading)
        start = gap.end() if gap else end


def with_short_forms(pattern: re.Pattern[str], sentences: list[Sentence]) -> re.Pattern[str]:
    """The pattern, and the abbreviation that the text defines for it: 'scleromyxedema (SM)'."""
    defining = [s.text for s in sentences if IN_BRACKETS.search(s.text)]
    defined = definition_of(pattern)
    shorts = {found["short"] for text in defining for found in defined.finditer(text)}
    return also_short(pattern, tuple(sorted(shorts))) if shorts else pattern


@functools.lru_cache(maxsize=256)
def definition_of(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern.pattern})(?-i:{SHORT_FORM})", re.IGNORECASE)


@functools.lru_cache(maxsize=256)
def also_short(pattern: re.Pattern[str], shorts: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(map(re.escape, shorts))
    return re.compile(rf"{pattern.pattern}|(?<![\w-])(?-i:{joined})(?![\w-])", re.IGNORECASE)


def can_stand(pattern: re.Pattern[str], lower: str) -> bool:
    """Whether a text in lower case holds a word without which the pattern cannot match."""
    words = words_needed(pattern)
    return words is None or any(word in lower for word in words)


@functools.lru_cache(maxsize=256)
def words_needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    return required_words(items_of(pattern.pattern))

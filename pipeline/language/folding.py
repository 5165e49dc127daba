"""Folding of a text for matching, one character for one, so that offsets stay those of the text.

Reads and writes nothing.
"""

from __future__ import annotations

import functools
import unicodedata

SINGLES = {
    "œ": "e", "Œ": "E", "æ": "e", "Æ": "E", "ß": "s", "ø": "o", "Ø": "O", "ł": "l",
    "к": "κ", "ϰ": "κ", "К": "κ", "Κ": "κ", "Λ": "λ", "ƛ": "λ",
    "µ": "μ", "’": "'", "‘": "'", "´": "'", "`": "'", "′": "'", "“": '"', "”": '"', "×": "x",
}  # fmt: skip


class _Table(dict[int, str]):
    """Filled as characters are met; `str.translate` asks it once for each character."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_character(chr(code))
        return folded


def fold_character(character: str) -> str:
    """One character without accent, in its plain form; always exactly one character."""
    if character in SINGLES:
        return SINGLES[character]
    if character.isspace() or unicodedata.category(character) in ("Zs", "Cc"):
        return "\n" if character == "\n" else " "
    if unicodedata.category(character) == "Pd" or character == "−":
        return "-"
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return plain if len(plain) == 1 else character


_TABLE = _Table()


@functools.lru_cache(maxsize=4096)  # a sentence is asked for twenty times, then never again
def fold(text: str) -> str:
    """Accents off, dashes, quotes and blanks made alike, Greek letters unified; same length."""
    return text.translate(_TABLE)


def fold_lower(text: str) -> str:
    """The folded text in small letters, for expressions that are written so: they are tried in a
    third of the time of those that ignore case. Of the same length too."""
    return fold(text).lower()

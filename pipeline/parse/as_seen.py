"""A text without the characters that nobody sees, and where the others stood. Reads and writes
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parse.prose import INVISIBLE


@dataclass(frozen=True)
class AsSeen:
    """A text as given and as it is seen, without soft hyphens and other characters of no width;
    `places` says where each character that is seen stands in the text."""

    text: str
    seen: str
    places: Sequence[int]


def as_seen(text: str) -> AsSeen:
    """The text with the places of its visible characters, by which offsets lead back to it."""
    if not INVISIBLE.search(text):
        return AsSeen(text, text, range(len(text)))
    places = [place for place, character in enumerate(text) if not INVISIBLE.match(character)]
    return AsSeen(text, "".join(text[place] for place in places), places)

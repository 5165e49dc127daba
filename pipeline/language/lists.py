"""Lines that are no sentences of the report: items of lists, notes on signs and abbreviations.

Reads statements with their cues, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.language.course import BULLETS, Course
from pipeline.language.tense import is_past
from pipeline.records import Mention, Statement

# The note below a table: "CR, complete remission; ND, not done; +, present."
SIGN = (
    r"(?:[\w/-]{0,6}[A-Z][\w/-]{0,6}[A-Z][\w/-]{0,6}|[^\w\s,;.]{1,3}|n\.?[adrs]\.?)"
    r"(?: ?[:=]|,) ?[^;,.]{2,60}"
)
SIGNS = re.compile(rf"(?:Abbreviations?:? ?)?{SIGN}(?:[;,.] ?{SIGN}){{1,40}}[;.]?")
# Behind a caption without a full stop: 'Course of the patients CR, complete remission; …'.
SIGNS_BEHIND = re.compile(rf"(?<=[a-z\d)] )(?=[\w/-]{{0,6}}[A-Z]){SIGNS.pattern}$")
LIST_ITEM = re.compile(r"\((?:[ivx]{1,4}|[a-h]|\d)\)\s")


def is_note_on_signs(text: str) -> bool:
    """'CR, complete remission; ND, not done' explains signs and tells of nobody."""
    return SIGNS.fullmatch(text) is not None


def without_note(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span of a caption; in two where a note on signs goes on behind it."""
    note = SIGNS_BEHIND.search(text, start, end)
    return [(start, note.start()), (note.start(), end)] if note else [(start, end)]


def is_numbered(text: str) -> bool:
    """'(ii) …' goes on with the sentence before."""
    return LIST_ITEM.match(text) is not None


def is_list_item(statement: Statement, cues: Mapping[str, Mention], course: Course) -> bool:
    """True for 'a highlight' of a list; old abstracts put a bullet before the patient too, and
    one after a heading run into the text: 'Observation. - A woman …'."""
    if not statement.text.startswith(BULLETS) or statement.start - course.heading_end <= 1:
        return False
    is_of_people = any(group in cues for group in ("person", "own", "series", "series_own"))
    return not (is_of_people and is_past(statement.text))

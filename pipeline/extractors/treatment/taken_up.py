"""A treatment that was only proposed, and that the next sentence tells of as under way.

Reads statements and the history so far, writes nothing. 'Lenalidomide was offered. After four
cycles the skin softened': what has cycles was given, unless something else was being given.
"""

from __future__ import annotations

import re

from pipeline.extractors.treatment.current import is_past
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.history import History
from pipeline.language.folding import fold
from pipeline.records import Statement

PROPOSED = re.compile(r"\b(?:offered|proposed|suggested|recommended|advised|planned)\b", re.I)
REFUSED = re.compile(r"\b(?:declin|refus|reject|contraindicat|unable|denied|instead)", re.I)
UNDER_WAY = re.compile(
    r"\W*(?:after|following|within|during|by|upon|with) (?:[\w-]+ ){0,4}"
    r"(?:cycles?|infusions?|courses?|doses?|sessions?|treatments?)\b",
    re.IGNORECASE,
)


def taken_up(history: History, statement: Statement) -> list[tuple[Named, Statement]]:
    """What the sentence before proposed and this one tells of as under way, and where."""
    before = history.previous
    if before is None or statement.of("therapies") or not UNDER_WAY.match(fold(statement.text)):
        return []
    if not PROPOSED.search(before.text) or REFUSED.search(before.text):
        return []
    if any(not is_past(course) for course in history.active):
        return []
    return [
        (named, told_in)
        for named, told_in, verdict, _ in history.spoken_of
        if told_in is before and verdict == "not_received"
    ]

"""A treatment that was only proposed, and that later words tell of as under way or as chosen.

Reads statements and the history so far, writes nothing. 'Lenalidomide was offered. After four
cycles the skin softened': what has cycles was given, unless something else was being given.
'A and B were discussed; the latter was chosen': B was given.
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

CHOSEN = re.compile(
    r"\b(?:the (?P<which>latter|former)(?: (?:option|one|drug|agent|treatment))?,?"
    r" (?:was|were|being)(?: \w+ly| then| therefore| first)?"
    r" (?:chosen|preferred|selected|started|begun|given|initiated|instituted|administered"
    r"|commenced|tried|agreed upon|decided upon)"
    r"|(?:opted for|chose|preferred|decided on|agreed to|settled on|started on) the"
    r" (?P<which2>latter|former))\b",
    re.IGNORECASE,
)


def chosen(history: History, statement: Statement) -> list[tuple[Named, Statement]]:
    """The one of several proposed treatments that 'the latter was chosen' means, and where."""
    found = CHOSEN.search(fold(statement.text))
    if found is None:
        return []
    here = statement.start + found.start()
    told = [
        (named, told_in)
        for named, told_in, verdict, _ in history.spoken_of
        if verdict == "not_received"
        and ((told_in is statement and named.end <= here) or told_in is history.previous)
    ]
    if len(told) < 2:
        return []
    which = (found["which"] or found["which2"]).lower()
    return [told[-1] if which == "latter" else told[-2]]


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

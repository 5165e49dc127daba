"""'The latter', 'only A': which of several treatments a response is of, and which it leaves out.

Reads statements, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.grades import BENEFITS
from pipeline.records import Statement

ORDINAL = re.compile(
    r"(?P<only>\bonly |\bsolo |\bso |\bseule? |\bnur )?\b"
    r"(?:(?P<former>(?:the former|the first(?: (?:one|drug|agent))?(?= $)"
    r"|el primero|la primera|o primeiro|a primeira|le premier|la premiere|erster[ems]?)\b)"
    r"|(?:the latter|the last(?: (?:one|drug|agent|named))?(?: (?P<alone>alone|only))?(?= $)"
    r"|est[ea] ultim[oa]|el ultimo|la ultima|ce dernier|cette derniere"
    r"|letzter[ems]?)\b)(?! (?:lesion|papule|organ|symptom|finding))",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"\b(?:only|solely|apenas|solo|solamente|somente|seule?(?:ment)?|nur|erst)"
    r" (?:(?:the|oral|systemic|high-dose|el|la|le|o|a|to|with|a) )?$",
    re.IGNORECASE,
)
# 'The first two did nothing; the third softened the skin.'
NTH = re.compile(
    r"\bthe (?P<nth>first|second|third|fourth|last)(?: (?P<count>two|three|four))?"
    r"(?: (?:ones?|drugs?|agents?|treatments?|of (?:these|them)))? $",
    re.IGNORECASE,
)
PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3}
COUNTS = {"two": 2, "three": 3, "four": 4}
THE_ONLY = re.compile(
    r"the only (?:one|drug|agent|treatment|therapy|remedy|measure)", re.IGNORECASE
)
REACH = 60  # characters between the word and its response: 'the latter with only a slight …'


def parted(
    cue: Cue, statement: Statement, named: Sequence[Course], cues: Sequence[Cue]
) -> tuple[list[Course], list[Course]]:
    """The treatments that the word before a response picks out of those named, and those that the
    response leaves out ('only the latter helped'); both empty where no such word stands."""
    begin = max((other.end for other in cues if other.end <= cue.start), default=statement.start)
    words = text_between(statement, max(begin, cue.start - REACH), cue.start)
    nth = NTH.search(words)
    if nth and (nth["count"] or nth["nth"].lower() in ("second", "third", "fourth")):
        return nth_of(nth, named), []
    found = [*ORDINAL.finditer(words)]
    if not found or len(named) < 2 or ";" in words[found[-1].end() :]:
        return [], []
    last = found[-1]
    picked, others = (named[:1], named[1:]) if last["former"] else (named[-1:], named[:-1])
    return list(picked), list(others) if last["only"] or last["alone"] else []


def nth_of(found: re.Match[str], named: Sequence[Course]) -> list[Course]:
    """The treatments that 'the first two', 'the third', 'the last three' mean; none where the
    text has named fewer."""
    nth, count = found["nth"].lower(), COUNTS.get((found["count"] or "").lower(), 1)
    start = len(named) - count if nth == "last" else PLACES[nth]
    return list(named[start : start + count]) if 0 <= start <= len(named) - count else []


def left_out(
    cue: Cue, statement: Statement, told_of: Sequence[Named], courses: Mapping[Named, Course]
) -> list[Course]:
    """'Of A, B and C only C helped': A and B, named before it and without a result, did not."""
    if cue.value not in BENEFITS or not told_of:
        return []
    before = text_between(statement, told_of[0].start - REACH, told_of[0].start)
    is_only = THE_ONLY.search(text_between(statement, told_of[-1].end, cue.end)) is not None
    if not is_only and not ONLY.search(before):
        return []
    told = [courses[named] for named in told_of]
    earlier = [course for named, course in courses.items() if named.start < told_of[0].start]
    return [c for c in dict.fromkeys(earlier) if c not in told and not c.told]


def named_before(
    cue: Cue, courses: Mapping[Named, Course], lately: Sequence[Course]
) -> list[Course]:
    """The treatments named before a cue in its sentence, else those named last."""
    before = [course for named, course in courses.items() if named.start < cue.start]
    return list(dict.fromkeys(before)) or list(lately)

"""'A and B, for 6 and 14 months, respectively': each of several treatments has its own of what is
listed beside them. Reads statements, writes to the courses what is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extractors.clauses import RESPECTIVELY, text_between
from pipeline.extractors.treatment import sureness
from pipeline.extractors.treatment.courses import Course, tell
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.records import Statement

# 'Partial and complete remission': the first grade shares its noun with the second.
GRADE_ALONE = re.compile(
    r"\b(?P<grade>partial|complete|no|minimal|poor|good|excellent|marked|moderate|slight)"
    r"(?:,? (?:and|or)|,) (?:an? )?$",
    re.IGNORECASE,
)
VALUES = {"partial": "partial", "complete": "complete", "no": "none", "minimal": "none",
          "poor": "none"}  # fmt: skip


def apiece(
    statement: Statement, groups: Sequence[Sequence[Named]], places: Sequence[int]
) -> list[Named]:
    """The treatment that each place speaks of, in order; empty where they are not as many, or
    where the sentence does not say 'respectively'."""
    if len(places) < 2 or RESPECTIVELY.search(statement.text) is None:
        return []
    before = [group for group in groups if group[-1].end <= places[0]]
    behind = [group for group in groups if group[0].start > places[-1]]
    for group in (*before[-1:], *behind[:1]):
        if len(group) == len(places):
            return list(group)
    return []


def tell_respective(
    statement: Statement,
    groups: Sequence[Sequence[Named]],
    courses: Mapping[Named, Course],
    cues: Sequence[Cue],
) -> list[Cue]:
    """Give the responses that stand in the order of the treatments to one each; the rest comes
    back."""
    if not cues or RESPECTIVELY.search(statement.text) is None:
        return list(cues)
    told = spelt_out(cues, statement)
    owners = apiece(statement, groups, [cue.start for cue in told])
    for named, cue in zip(owners, told, strict=False):
        tell([courses[named]], cue, statement, sureness.ONE_OF_SEVERAL)
    return [] if owners else list(cues)


def spelt_out(cues: Sequence[Cue], statement: Statement) -> list[Cue]:
    """The cues with the grade that stands alone before one of them: 'partial and complete …'."""
    found: list[Cue] = []
    for cue in cues:
        shared, before = [cue], text_between(statement, statement.start, cue.start)
        while alone := GRADE_ALONE.search(before):
            value = VALUES.get(alone["grade"].lower(), "improved")
            shared.insert(0, replace(cue, value=value, start=statement.start + alone.start()))
            before = before[: alone.start()]
        found.extend(shared)
    return found

"""Whether a span of time ('for a year', 'since 1998') is how long a treatment was given.

Reads statements, writes nothing. What stands next to it decides: a word of giving, or one of
another matter such as a remission, a follow-up or a history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from pipeline.extractors.clauses import clause_of, is_listed_together, text_between
from pipeline.extractors.treatment.amounts import Amount
from pipeline.records import Mention, Statement

OTHER_MATTER = re.compile(
    r"\b(?:(?:remission|response|improvement|benefit|effect|control|clearance|relief)\b[^.;,]{0,15}"
    r"\b(?:maintained|continued|sustained|persisted|lasted)"
    r"|remission|relapse\w*|recurrence|free|well|stable|asymptomatic|alive|follow\w*|observ\w+"
    r"|history|diagnos\w*|suffer\w*|complain\w*|experienc\w*|notic\w*|develop\w*|persist\w*|lasted"
    r"|remained"
    r"|improv\w+|clear\w*|taper\w*|titrat\w*|escalat\w*|wean\w*|hospitali\w+|admitted|wait\w*"
    r"|pregnan\w+|smok\w+|soften\w*"
    r"|absent|delay\w*|lost|disappear\w*|regress\w*|resol\w+|reduc\w+|stopped|discontinued"
    r"|withdrawn"
    r"|hold|held|suspended|interrupted"
    r"|off (?:all |any |of )?(?:\w+ )?(?:therapy|treatment|medications?|drugs?)|drug-free)\b",
    re.IGNORECASE,
)
TAKEN = re.compile(r",? (?:he|she|the patient) (?:had|took|used) (?:\w+ )?", re.IGNORECASE)
ONLY_AFTER = re.compile(
    r"\b(?:after|following|off|since|without|before|tras|apos|apres|nach|ohne|sin|sem|sans)\W+"
    r"(?:(?!had\b|taken|taking|received|given|treated|started)[\w-]+\W+){0,3}$",
    re.IGNORECASE,
)


def side_of_span(
    amount: Amount, statement: Statement, drug: Mention | None
) -> Literal["ahead", "behind"] | None:
    """'Was treated with A for a year', 'for a year he took A': what stands next to it decides."""
    start, end = clause_of(statement, amount.start)
    given = [
        m for m in marks_of_giving(statement) if start <= m.start and m.end <= amount.start + 1
    ]
    words = text_between(statement, start, amount.start)
    others = [start + found.end() for found in OTHER_MATTER.finditer(words)]
    others += [m.end for m in marks_of_result(statement) if start <= m.start < amount.start]
    last = max(given, key=lambda m: m.end, default=None)
    if last is not None and last.end > max(others, default=0):
        is_after = ONLY_AFTER.search(text_between(statement, start, last.start))
        return None if last.table == "therapies" and is_after else "behind"
    if others or drug is None or not start <= drug.start < end:
        return None
    gap = text_between(statement, amount.end, drug.start)
    if gap.startswith((" and ", ", and ")):
        return None  # 'Had been ill for six years and took A'
    has_giving = any(amount.end <= m.start < drug.start for m in statement.of("treatments"))
    has_giving = has_giving or TAKEN.fullmatch(gap) is not None
    return "ahead" if has_giving and len(gap) <= 70 and not OTHER_MATTER.search(gap) else None


def side_of_dates(amount: Amount, statement: Statement) -> Literal["ahead", "behind"] | None:
    """'Was begun in 2010 and stopped in 2012': a word of beginning, one of stopping, one treatment
    (or one regimen) before the latter."""
    stops = [
        cue
        for cue in statement.of("stops")
        if cue.concept == "stopped" and statement.start < cue.start < amount.end
    ]
    if not stops or not amount.start < stops[-1].end:
        return None
    drugs = [drug for drug in statement.of("therapies") if drug.start < stops[-1].start]
    is_one = all(
        is_listed_together(text_between(statement, one.end, other.start))
        for one, other in pairwise(drugs)
    )
    begun = [
        cue
        for cue in statement.of("treatments")
        if cue.concept in ("start", "addition") and cue.start < stops[-1].start
    ]
    is_inside = bool(drugs) and drugs[0].start > amount.start  # 'in 2010 A was begun and …'
    if not is_one or not begun or (is_inside and begun[0].start < amount.start):
        return None
    return "ahead" if is_inside else "behind"


def marks_of_giving(statement: Statement) -> Iterator[Mention]:
    for mention in statement.mentions:
        is_cue = mention.table == "treatments" and mention.group in (
            "start", "mention", "restart", "addition",
        )  # fmt: skip
        if (
            is_cue
            or mention.table == "therapies"
            or (mention.table == "stops" and mention.concept in ("ongoing", "resumed"))
        ):
            yield mention


def marks_of_result(statement: Statement) -> list[Mention]:
    """'Relieved the itch for a year' is a result; 'in vain for a year' is a time on treatment."""
    marks = statement.of("responses")
    return [m for m in marks if m.group != "subject" and m.concept not in ("none", "worse")]

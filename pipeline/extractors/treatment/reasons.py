"""Why a treatment was ended: by the words for it, by a link behind them, by what came before.

Reads mentions of rules/stops.csv and response cues, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.extractors.treatment.cues import Cue
from pipeline.records import Mention, Statement

TABLE = "stops"
REASONS = (
    "adverse_effect", "no_response", "remission", "patient_choice", "death", "completed", "other",
)  # fmt: skip
LINK = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|on account of|in view of|given|for|as|since|when|after"
    r"|following|on (?:the )?grounds of|secondary to|out of|at|on|upon|once|with|by|in response to"
    r"|por|debido a|a causa de|ante|tras|devido a|apos|en raison de|a cause de|pour|suite a"
    r"|devant|apres|wegen|aufgrund|nach|bei|infolge|auf|per|a causa di|dopo|despues de|depois de"
    r"|comme|como|wie|of)\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"[^.;]{0,60}?\b(?:because of|due to|owing to|on account of|on (?:the )?grounds of|debido a"
    r"|a causa de|devido a|en raison de|a cause de|wegen|aufgrund|a causa di)\s(?=\w)",
    re.IGNORECASE,
)
WORDS_OF_REASON = re.compile(r"(?:(?!and\b|but\b|after\b|which\b)[\w'-]+ ?){1,6}", re.IGNORECASE)
CONTRAST = re.compile(
    r"\b(?:but|although|though|however|despite|yet|pero|mas|mais|aber|obwohl|aunque|embora)\b",
    re.IGNORECASE,
)
AFTERWARDS = re.compile(
    r"\b(?:after|when|whenever|once|upon|on|following|since|before|tras|al|apos|apres|nach|dopo"
    r"|despues de|depois de|cuando|quando|lorsque|als|bis|until)\W+"
    r"(?!(?:[\w-]+ ){1,3}(?:days?|weeks?|months?|years?)\b)(?:[\w'-]+[^\w,]+){0,4}$"
    r"|\b(?:months?|years?|weeks?|mois|ans?|meses|anos)\W*$",
    re.IGNORECASE,
)
LED = re.compile(
    r"\b(?:because of|due to|owing to|on account of|debido a|devido a|por|wegen|aufgrund|infolge)"
    r"\W+(?:[\w-]+\W+){0,2}$",
    re.IGNORECASE,
)
NONE_OF = re.compile(
    r"\b(?:no|without|not|any|absence of|sin|sem|sans|ohne)\W+(?:\w+\W+){0,2}$", re.I
)
# 'Was stopped, and the lesions improved after …' tells what came of it, not why.
CONSEQUENCE = re.compile(
    r",? (?:and|with|leading|resulting|y|e|et|und|con|com|avec) (?:the |his |her |a |an |no |led"
    r"|resulted|\w+ ){0,2}$|[,:]\s(?:and|with|the|his|her|he|she)\b",
    re.IGNORECASE,
)
OPEN_BRACKET = re.compile(r"\([^()]{0,60}$")
HARM = re.compile(
    r"\b\w+(?:itis|osis|emia|penia|algia|pathy|uria|plegia|rrhoea|rrhea|plasia|megaly|ismus"
    r"|bildung|ite|ose|emie|penie|ia grave)\b",
    re.IGNORECASE,
)
OF_RESPONSE = {
    "complete": "remission", "partial": "remission", "improved": "remission",
    "controlled": "remission", "none": "no_response", "worse": "no_response",
    "progressed": "no_response",
}  # fmt: skip
LINKED, UNLINKED, UNLISTED = 0.85, 0.7, 0.5
ADJOINING = ("", "it", "them", ":", "-", "(")  # 'stopped it himself', 'stopped: neuropathy'
REACH = 110  # characters between a stop and its reason, a drug and a time may stand between


@dataclass(frozen=True)
class Reason:
    """Why a treatment was ended; offsets into the section."""

    value: str
    start: int
    end: int
    rule: str
    confidence: float


def reason_of(cue: Mention, statement: Statement, cues: Sequence[Cue]) -> Reason | None:
    """Why: by the words themselves, by a link behind them, else by what was told right before."""
    if cue.codes:
        return Reason(cue.codes, cue.start, cue.end, cue.rule, LINKED)
    told = reasons_in(statement, cues)
    return (
        reason_behind(cue, statement, told)
        or reason_unlisted(cue, statement)
        or reason_before(cue, statement, told)
    )


def reasons_in(statement: Statement, cues: Sequence[Cue]) -> list[Reason]:
    """Everything in a sentence that may be a reason, in order of the text."""
    listed = [
        Reason(m.concept, m.start, m.end, m.rule, LINKED)
        for m in statement.of(TABLE)
        if m.concept in REASONS
        and not NONE_OF.search(text_between(statement, statement.start, m.start))
    ]
    told = [
        Reason(OF_RESPONSE[cue.value], cue.start, cue.end, cue.rule, LINKED)
        for cue in cues
        if cue.value in OF_RESPONSE
        and all(cue.end <= one.start or cue.start >= one.end for one in listed)
    ]
    return sorted([*listed, *told], key=lambda reason: reason.start)


def remarks_in(statement: Statement) -> list[int]:
    """Where a bracket tells of one drug of a list: 'A (rash), B (good response)'."""
    told = [m.start for m in statement.of(TABLE) if m.concept in REASONS]
    return [
        place
        for place in told
        if OPEN_BRACKET.search(text_between(statement, statement.start, place))
    ]


def reason_behind(cue: Mention, statement: Statement, told: Sequence[Reason]) -> Reason | None:
    """'Was stopped because of neutropenia'."""
    for reason in told:
        gap = text_between(statement, cue.end, reason.start)
        if reason.start < cue.end or len(gap) > REACH or ";" in gap or CONTRAST.search(gap):
            continue
        words = text_between(statement, reason.start, reason.end)
        is_linked = LINK.search(gap) or LINK.match(words) or gap.strip() in ADJOINING
        if is_linked and not CONSEQUENCE.search(gap):
            return reason
    return None


def reason_unlisted(cue: Mention, statement: Statement) -> Reason | None:
    """Words behind 'because of' that no row knows: a harm by their form, else another reason."""
    behind = text_between(statement, cue.end, statement.end)
    found = STRONG.match(behind)
    words = WORDS_OF_REASON.match(behind, found.end()) if found else None
    if words is None:
        return None
    start, end = cue.end + words.start(), cue.end + len(behind[: words.end()].rstrip())
    is_organ = any(start <= m.start < end for m in statement.of("organs"))
    value = "adverse_effect" if is_organ or HARM.search(words.group()) else "other"
    return Reason(value, start, end, "reasons:reason_unlisted", UNLISTED)


def reason_before(cue: Mention, statement: Statement, told: Sequence[Reason]) -> Reason | None:
    """'Neuropathy developed and it was stopped', 'after remission it was tapered off'."""
    start, _ = clause_of(statement, cue.start)
    earlier = [reason for reason in told if reason.end <= cue.start]
    if not earlier:
        return None
    if LED.search(text_between(statement, start, earlier[-1].start)):
        return earlier[-1]
    if AFTERWARDS.search(text_between(statement, start, cue.start)):
        return None
    gap = text_between(statement, earlier[-1].end, cue.start)
    if len(gap) > REACH or ";" in gap or CONTRAST.search(gap):
        return None
    return replace(earlier[-1], confidence=UNLINKED)

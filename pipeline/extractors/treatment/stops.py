"""Whether a treatment was ended or goes on, as a sentence tells it.

Reads mentions of rules/stops.csv, writes nothing. Their group says where the treatment stands:
'subject' before the words ('was stopped'), 'object' behind them ('stopping'), 'either', or 'alone'
('off therapy'); their code is the reason that the words themselves give ('completed').
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.reasons import TABLE, Reason, reason_of
from pipeline.records import Mention, Statement

NOT_DONE = re.compile(
    r"\b(?:not|never|without|cannot|will|would|should|may|might|can|if|unless|attempts?|tr(?:y|ied"
    r"|ying)|plan(?:s|ned)?|unable|impossible|reluctant|no|nor|any|sin|sem|sans|ohne|nicht|si|falls"
    r"|tentativ\w+|intento\w*|versuch\w*|before|considered|recommend\w*|advised)\b"
    r"(?:(?!\band\b|\bbut\b)[^.;,]){0,28}$",
    re.IGNORECASE,
)
# What was stopped where no treatment is named: 'the drug was', 'it was', 'the infusions were'.
TREATMENT_NOUN = (
    r"(?:treatments?|therap(?:y|ies)|drugs?|medications?|medicines?|agents?|regimens?|procedures?"
    r"|infusions?"
    r"|injections?|cycles|courses?|tablets?|pulses|maintenance|administration|chemotherapy"
    r"|immunosuppress\w+|immunoglobulins?|phototherapy|tratamientos?|terapias?|farmacos?|medicacion"
    r"|tratamentos?|medicacao|traitements?|medicaments?|therapie|behandlung|medikaments?"
    r"|trattament\w+"
    r"|terapie|farmac\w+)"
)
SUBJECT = re.compile(
    rf"\b(?:{TREATMENT_NOUN}|it|this|these|they|both|all|which|that|he|she|patient)\W+"
    r"(?:(?!and\b|but\b|he\b|she\b)[\w-]+\W+){0,3}$",
    re.IGNORECASE,
)
PERSON_FIRST = re.compile(r"\b(?:switched|changed|converted|shifted)", re.IGNORECASE)
OBJECT = re.compile(
    rf"\s*(?:of |the |this |that |his |her |all |any |taking |using |[a-z]+ )?"
    rf"(?:{TREATMENT_NOUN}|it|them|this|these)\b"
    r"|\s*(?:[.,;)]|$|and\b|was\b|led\b|resulted\b|because\b|due\b|after\b|for\b|by\b|in\b|with\b"
    r"|the (?:disease|skin|lesions?|papules?|eruption|rash)\b|he\b|she\b|it\b|they\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ending:
    """Words that say that a treatment was ended (`is_stopped`) or goes on."""

    cue: Mention
    is_stopped: bool
    reason: Reason | None = None


@dataclass(frozen=True)
class Stop:
    """An episode ended or going on as told at one place, and how surely that belongs to it."""

    ending: Ending
    statement: Statement
    confidence: float


def endings_in(statement: Statement, cues: Sequence[Cue]) -> list[Ending]:
    """What a sentence says of ending and going on, in order of the text; denied stops left out.

    `cues` are its response cues, for 'stopped after complete clearance' names a reason too.
    """
    found = []
    for cue in statement.of(TABLE):
        if cue.concept in ("stopped", "ongoing") and not is_denied(cue, statement):
            is_stopped = cue.concept == "stopped"
            reason = reason_of(cue, statement, cues) if is_stopped else None
            found.append(Ending(cue, is_stopped, reason))
    return found


def is_denied(cue: Mention, statement: Statement) -> bool:
    """'Could not be stopped', 'attempts to withdraw', 'if it is stopped'."""
    start, _ = clause_of(statement, cue.start)
    before = text_between(statement, start, cue.start)
    return NOT_DONE.search(before) is not None


def names_its_treatment(cue: Mention, statement: Statement) -> bool:
    """Whether the words speak of a treatment, no drug being named: 'the infusions were stopped'."""
    start, _ = clause_of(statement, cue.start)
    before = text_between(statement, start, cue.start)
    behind = text_between(statement, cue.end, statement.end)
    if cue.group == "alone":
        return True
    if cue.group == "object":
        return OBJECT.match(behind) is not None
    is_person = re.search(r"\b(?:he|she|patient)\W+\w*\W*$", before, re.IGNORECASE)
    if is_person and not PERSON_FIRST.search(cue.text) and cue.group == "subject":
        return False
    return SUBJECT.search(before) is not None or cue.group == "either"

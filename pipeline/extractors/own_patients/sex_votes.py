"""Each word that tells a sex as a vote: for which own patient, and how much it weighs.

Reads statements with the cues of rules/sexes.csv, writes nothing. A relative's words and other
people's sentences have none (guideline: the sex of a relative, a donor or another patient is not
it); keywords and MeSH terms are no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from pipeline.extractors.clauses import RESPECTIVELY
from pipeline.extractors.own_patients.ages_told import ages_listed
from pipeline.extractors.own_patients.ownership import told_of
from pipeline.extractors.own_patients.relatives import SEXES, is_told_of_relative
from pipeline.language.folding import fold
from pipeline.language.numbers import ONES, ONES_ABROAD
from pipeline.records import Mention, Statement

# How much a cue weighs as a vote; a noun beside an age introduces the patient.
VOTES = {"noun": 4.0, "all": 4.0, "grammar": 2.0, "pronoun": 1.0, "sign": 0.5}
INTRODUCTION_VOTES = 10.0
RELATIVE_SHARE = 0.1
AGE_NEAR = re.compile(
    r"\d\d ?/ ?[fm]\b|\d{1,3}[\s-]{0,3}(?:year|yr|y/?o|y\b|month)|\b(?:aged|of) \d|\d ?(?:anos|ans"
    r"|jahr)|-year"
)
AGE_WINDOW = 30
INTRODUCED = re.compile(
    r"\b(?:an?|this|our|the|another|one|young|old|elderly|aged|adult|caucasian|white|black|asian"
    r"|healthy|una?|uma?|une|eine?r?|de|del|du|da|do)[\s-]+(?:[a-z-]+[\s-]+){0,3}$"
)
WORD = re.compile(r"[^\W_]+")
AGE = re.compile(r"\d\d")
GENERAL_ROLES = ("background", "discussion", "conclusion", "methods")


@dataclass(frozen=True, slots=True)
class Vote:
    """One cue for the sex of one patient."""

    sex: str
    weight: float
    statement: Statement
    mention: Mention


def votes_of(
    statement: Statement, labels: Sequence[str], first: Statement | None = None
) -> Iterator[tuple[str, Vote]]:
    """The votes of a statement with the label each is for."""
    own = tuple(labels) if statement is first else told_of(statement, labels)
    if is_list_item(statement) or statement.cell is not None:
        return
    cues = cues_for_votes(statement)
    if not cues or statement.role in ("keywords", "other"):
        return
    persons = [cue for cue in cues if cue.group in ("noun", "grammar")]
    each = [cue for cue in cues for _ in range(size_of(cue))]
    if len(own) < 2 and len(each) == len(labels) > 1 and is_roll_call(statement):
        own = tuple(labels)
    for cue in cues:
        if cue.group == "all":
            everyone = own or series_of(statement, labels)
            for label in everyone if is_for_all(cue, everyone) else ():
                yield label, make_vote(cue, statement)
        elif len(own) == 1:
            yield own[0], make_vote(cue, statement)
    is_in_order = len(each) == len(persons) or has_ages_in_order(statement, each)
    if len(own) > 1 and len(each) == len(own) and is_in_order:
        for label, cue in zip(own, each, strict=True):
            yield label, make_vote(cue, statement)


def cues_for_votes(statement: Statement) -> list[Mention]:
    """The cues of a statement; of a relative who is a patient the relative's own: the 'son' of
    'her son', and what follows it."""
    cues = [cue for cue in statement.of("sexes") if cue.concept != "relative"]
    if not is_told_of_relative(statement):
        return cues
    one = next((cue for cue in statement.of("sexes") if cue.text.lower() in SEXES), None)
    if one is None:
        return cues
    own = [msgspec.structs.replace(one, concept=SEXES[one.text.lower()], group="noun")]
    return (own if SEXES[one.text.lower()] else []) + [c for c in cues if c.start > one.end]


def series_of(statement: Statement, labels: Sequence[str]) -> tuple[str, ...]:
    """All patients of a series, where a sentence speaks of the series as a whole."""
    return tuple(labels) if statement.teller in ("patient", "series") else ()


def is_roll_call(statement: Statement) -> bool:
    """'A man of 59 and a woman of 69': the patients of a series in their order, each with an"
    " age."""
    found = AGE_NEAR.findall(fold(statement.text).lower())
    return statement.teller in ("patient", "series") and len(found) > 1


def is_for_all(cue: Mention, own: Sequence[str]) -> bool:
    """'Both women' is for every patient of the statement, 'two women' only for two."""
    return bool(own) and number_told(cue) in (None, len(own))


def has_ages_in_order(statement: Statement, cues: Sequence[Mention]) -> bool:
    """'Two women aged 52 and 66 and a man aged 70', 'two men aged 66 and 65 and a 67-year-old
    woman', 'two men and a woman (51, 66 and 52 years, respectively)'."""
    if RESPECTIVELY.search(statement.text) and len(ages_listed(statement.text)) == len(cues):
        return True
    offset = statement.start
    spans = sorted({(cue.start - offset, cue.end - offset) for cue in cues})
    befores = [0, *(end for _, end in spans)]
    afters = [*(start for start, _ in spans[1:]), len(statement.text)]
    return all(
        AGE.search(statement.text, max(before, start - AGE_WINDOW), after)
        for (start, _), before, after in zip(spans, befores, afters, strict=False)
    )


def size_of(cue: Mention) -> int:
    """How many of a list a cue stands for: 'two women' for two, 'a man' for one, 'she' for none."""
    if cue.group in ("noun", "grammar"):
        return 1
    return number_told(cue) or 0 if cue.group == "all" else 0


def number_told(cue: Mention) -> int | None:
    """The number that a cue begins with."""
    numbers = {**ONES, **ONES_ABROAD, **{str(n): n for n in range(2, 10)}}
    return numbers.get(fold(cue.text).lower().split()[0])


def make_vote(cue: Mention, statement: Statement) -> Vote:
    weight = VOTES[cue.group]
    before = fold(statement.text)[: cue.start - statement.start].lower()
    after = fold(statement.text)[cue.end - statement.start :].lower()
    if cue.group in ("noun", "grammar"):
        if AGE_NEAR.search(before[-AGE_WINDOW:]) or AGE_NEAR.search(after[:AGE_WINDOW]):
            weight = INTRODUCTION_VOTES
        elif cue.group == "noun" and not INTRODUCED.search(before):
            weight = VOTES["pronoun"]
    relatives = [m for m in statement.of("sexes") if m.concept == "relative"]
    if not is_told_of_relative(statement) and any(
        relative.start < cue.start for relative in relatives
    ):
        weight *= RELATIVE_SHARE
    if statement.role in GENERAL_ROLES:
        weight *= 0.5
    return Vote(cue.concept, weight, statement, cue)


def is_list_item(statement: Statement) -> bool:
    """A line of one word, as the MeSH headings of a web page have it, is no sentence."""
    return len(WORD.findall(statement.text)) < 2

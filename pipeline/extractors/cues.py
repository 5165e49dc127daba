"""Response cues of a sentence, weighed: negated, hypothetical, and of what they speak.

Reads mentions of rules/responses.csv, writes nothing. Only the disease's response counts, not
that of the paraprotein, the marrow or an adverse effect (guideline, "response").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.records import Mention, Statement

NEGATION = re.compile(
    r"\b(no|not|never|without|nor|neither|hardly|lack of|absence of|sin|sem|sans|ohne|kein\w*|nicht"
    r"|aucune?|pas d[e']|nao|n't)\b(?! only)[^.;:,]{0,22}$",
    re.IGNORECASE,
)
DOUBT = re.compile(
    r"\b(may|might|could|should|would|will|if|expected|hoped|hoping|in order|puede|pode|podria"
    r"|poderia)\s+(\w+\s+){0,2}$",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(it|they|these|both|all|which|those|ellas|elas|sie)\b", re.IGNORECASE)
WHOLE = re.compile(r"complet|entire|total|full|vollstandig|komplett", re.IGNORECASE)
PERCENT = re.compile(r"(\d{1,3}) ?(?:%|per ?cent)", re.IGNORECASE)
DOSE_VERB = re.compile(
    r"\s*(?:dose |dosage )?(?:was |were |has been |had been |could be |being )?(?:\w+ly )?",
    re.IGNORECASE,
)
DOSE_CHANGE = re.compile(r"reduc|decreas|diminish|declin|stabili|halt|normali|fell", re.IGNORECASE)
ELLIPSIS = re.compile(r"\W*(?:\w+ ){0,2}", re.IGNORECASE)
FAR, NEXT = 60, 12
BENEFITS = ("complete", "partial", "improved")


@dataclass(frozen=True)
class Cue:
    """A response as told; `is_forward`: its drugs follow ('refractory to A and B')."""

    value: str
    start: int
    end: int
    rule: str
    is_forward: bool = False


def cues_in(statement: Statement) -> list[Cue]:
    """The response cues that speak of the disease, in order of the text."""
    mentions = statement.of("responses")
    subjects = [m for m in mentions if m.group == "subject"]
    found = []
    for mention in mentions:
        if mention.group in ("subject", "neutral"):
            continue
        value = value_of(mention, statement, subjects)
        if value is not None:
            found.append(
                Cue(value, mention.start, mention.end, mention.rule, mention.codes == "forward")
            )
    return found


def value_of(mention: Mention, statement: Statement, subjects: Sequence[Mention]) -> str | None:
    """The response a cue stands for here, None where it says nothing of the disease."""
    start, _ = clause_of(statement, mention.start)
    before = text_between(statement, start, mention.start)
    if DOUBT.search(before) or is_dose_verb(mention, statement):
        return None
    value = graded(mention.text) if mention.concept == "percent" else mention.concept
    if NEGATION.search(before):
        opposite = negated(value, mention.text)
        if opposite is None:
            return None
        value = opposite
    return of_subject(value, mention, statement, subjects)


def is_dose_verb(mention: Mention, statement: Statement) -> bool:
    """'Prednisone was reduced': a verb right behind a drug speaks of its dose."""
    return DOSE_CHANGE.match(mention.text) is not None and any(
        drug.end <= mention.start
        and DOSE_VERB.fullmatch(text_between(statement, drug.end, mention.start))
        for drug in statement.of("therapies")
    )


def graded(text: str) -> str:
    """100 % complete, 50 to 99 % partial, below that improved (guideline)."""
    found = PERCENT.search(text)
    percent = int(found[1]) if found else 0
    return "complete" if percent >= 100 else "partial" if percent >= 50 else "improved"


def negated(value: str, text: str) -> str | None:
    """'Not completely cleared' is partial; no improvement is none; a negated failure is silent."""
    if value == "complete" and WHOLE.search(text):
        return "partial"
    return "none" if value in (*BENEFITS, "controlled") else None


def of_subject(
    value: str, mention: Mention, statement: Statement, subjects: Sequence[Mention]
) -> str | None:
    """Keep, weaken or drop a value by the nearest subject in its clause."""
    start, end = clause_of(statement, mention.start)
    near = [
        subject
        for subject in (*subjects, *statement.of("organs"))
        if start <= subject.start < end and is_subject_of(subject, mention, statement)
    ]
    if not near and ELLIPSIS.fullmatch(text_between(statement, start, mention.start)):
        near = [s for s in subjects if s.start < start][-1:]
    if not near:
        if mention.group == "skin" and not speaks_of_it(mention, statement, subjects):
            return None
        return value
    nearest = min(near, key=lambda s: gap(s, mention))
    if nearest.concept == "subject_other":
        return None
    if nearest.concept == "subject_function" and mention.group == "skin":
        return None
    is_symptom = nearest.concept == "subject_symptom" or nearest.table == "organs"
    return "improved" if is_symptom and value == "complete" else value


def is_subject_of(subject: Mention, cue: Mention, statement: Statement) -> bool:
    """Another subject counts only close by and with no treatment between it and the cue."""
    if subject.concept != "subject_other":
        return subject.table != "organs" or gap(subject, cue) <= FAR
    low, high = min(subject.end, cue.end), max(subject.start, cue.start)
    is_parted = any(low <= drug.start < high for drug in statement.of("therapies"))
    return not is_parted and gap(subject, cue) <= (NEXT if cue.codes == "forward" else FAR)


def gap(subject: Mention, cue: Mention) -> int:
    return max(subject.start - cue.end, cue.start - subject.end)


def speaks_of_it(mention: Mention, statement: Statement, subjects: Sequence[Mention]) -> bool:
    """A verb without a subject of its own: a pronoun, in a sentence of nothing else."""
    if any(subject.concept == "subject_other" for subject in subjects):
        return False
    start, _ = clause_of(statement, mention.start)
    return statement.role == "title" or bool(
        PRONOUN.search(text_between(statement, start, mention.start))
    )

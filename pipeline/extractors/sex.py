"""The sex of each own patient. Reads a Report, writes nothing.

Field: 'sex' ('female' or 'male'), one draft a patient with the strongest words for it.
Cues are the rows of rules/sexes.csv: nouns, pronouns, grammatical gender, conditions of one sex.
Each cue is a vote (sex_votes.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extractors.drafts import make_draft
from pipeline.extractors.own_patients.opening import opening_statement
from pipeline.extractors.own_patients.sex_votes import (
    INTRODUCTION_VOTES,
    RELATIVE_SHARE,
    Vote,
    votes_of,
)
from pipeline.records import Draft, Report
from pipeline.rules import Rules

FIRST_SHARE = 1.5
CONFIDENCE = {"noun": 0.98, "all": 0.95, "pronoun": 0.96, "grammar": 0.85, "sign": 0.75}
LEAST_MARGIN = 0.6


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each own patient whose sex the text tells without contradiction."""
    votes: dict[str, list[Vote]] = defaultdict(list)
    first = opening_statement(report)
    for statement in report.statements:
        for label, vote in votes_of(statement, report.labels, first):
            votes[label].append(vote)
    weighed = {label: first_weighs_more(votes[label]) for label in report.labels}
    return [decide(label, weighed[label]) for label in report.labels if is_told(weighed[label])]


def first_weighs_more(votes: Sequence[Vote]) -> list[Vote]:
    """The first introduction is the patient's; a later one may be a donor's or a cited case's."""
    first = next((vote for vote in votes if vote.weight >= INTRODUCTION_VOTES), None)
    return [
        replace(vote, weight=vote.weight * FIRST_SHARE) if vote is first else vote for vote in votes
    ]


def is_told(votes: Sequence[Vote]) -> bool:
    """Enough votes for one sex, and clearly more than for the other."""
    total = sum(vote.weight for vote in votes)
    return total > RELATIVE_SHARE and share_of(winner(votes), votes) >= LEAST_MARGIN


def winner(votes: Sequence[Vote]) -> str:
    return max(("female", "male"), key=lambda sex: share_of(sex, votes))


def share_of(sex: str, votes: Sequence[Vote]) -> float:
    total = sum(vote.weight for vote in votes)
    return sum(vote.weight for vote in votes if vote.sex == sex) / total if total else 0.0


def decide(label: str, votes: Sequence[Vote]) -> Draft:
    """The winning sex with its strongest cue, the earliest of equally strong ones."""
    sex = winner(votes)
    best = max((vote for vote in votes if vote.sex == sex), key=lambda vote: vote.weight)
    sure = round(CONFIDENCE[best.mention.group] * share_of(sex, votes), 3)
    return make_draft(label, "sex", sex, best.statement, best.mention, sure)

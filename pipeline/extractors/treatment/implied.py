"""A response that names no subject: whether it is of the disease all the same.

Reads statements, writes nothing. 'Cleared after 6 infusions', 'resulting in clearance', 'it did'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.records import Mention, Statement

REGION = (
    r"(?:face|forehead|trunk|torso|back|neck|arms?|forearms?|legs?|thighs|hands?|fingers|ears"
    r"|limbs|extremities)"
)
PRONOUN = re.compile(
    rf"\b(it|they|these|both|all|which|those|ellas|elas|sie|{REGION})\b", re.IGNORECASE
)
ELLIPSIS = re.compile(r"\W*(?:\w+ ){0,2}", re.IGNORECASE)
RESULTING = re.compile(
    r"\b(?:result(?:ed|ing) in|le(?:d|ading) to|brought about|bringing about|produc(?:ed|ing)"
    r"|follow(?:ed|ing) by|induc(?:ed|ing)|achiev(?:ed|ing)|obtain(?:ed|ing)) "
    r"(?:an? |the )?(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
OBJECT = re.compile(
    rf"\s(?:them|it|these|everything|all of (?:it|them)|(?:the|his|her) {REGION})\b", re.IGNORECASE
)
BARE = re.compile(r"\W*(?:\w+ly |almost |all )?", re.IGNORECASE)
UNDER_TREATMENT = re.compile(
    r"\s(?:after|with|on|by|within|under|following)\b[^.;]{0,40}\b(?:infusions?|cycles?|courses?"
    r"|doses?|sessions?|treatments?|therapy|injections?|pulses?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)


def has_no_subject(statement: Statement, start: int, mention: Mention) -> bool:
    return ELLIPSIS.fullmatch(text_between(statement, start, mention.start)) is not None


def speaks_of_it(mention: Mention, statement: Statement, subjects: Sequence[Mention]) -> bool:
    """A verb without a subject of its own: a pronoun, in a sentence of nothing else.

    'It regressed', 'IVIG cleared them'.
    """
    if any(subject.concept == "subject_other" for subject in subjects):
        return False
    start, _ = clause_of(statement, mention.start)
    if any(
        told.concept == "improved" and told.group == "free" and start <= told.start < mention.start
        for told in statement.of("responses")
    ):
        return True  # 'softening after the second course, clearance after the sixth'
    before = text_between(statement, start, mention.start)
    return (
        statement.role == "title"
        or PRONOUN.search(before) is not None
        or OBJECT.match(text_between(statement, mention.end, statement.end)) is not None
        or is_result(before, text_between(statement, mention.end, statement.end))
    )


def is_result(before: str, behind: str) -> bool:
    """'Was given after failure of B, resulting in clearance'; 'Cleared after 6 infusions.'"""
    if RESULTING.search(before):
        return True
    return BARE.fullmatch(before) is not None and UNDER_TREATMENT.match(behind) is not None

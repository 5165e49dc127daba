"""Clauses of a sentence and what stands between two words. Reads and writes nothing.

All offsets are those of the section, as Statement and Mention carry them.
"""

from __future__ import annotations

import functools
import re

from pipeline.language.folding import fold
from pipeline.records import Statement

BREAK = re.compile(
    r"[;:](?!\d)|,? (?:but|whereas|while|although|though|however|yet|until|when|where|whereupon|"
    r"after which|unlike|pero|aber|jedoch|hingegen|aunque|embora|sin embargo|mientras|tandis que"
    r"|alors que|cependant|toutefois|tuttavia|porem)\b"
    # 'Mas' is also 'more' in Spanish, 'mais' in Portuguese; 'ma' is a possessive in French.
    r"|,? (?:mai?s\b(?! (?:bland|flexi|elast|suav|maci|mole|mal|plan"
    r"|depres|tarde|que\b|d[eo] (?:\d|un)))"
    r"|ma(?= (?:le|la|il|i|lo|si|non|e|con|dopo|poi)\b))"
    r"|, (?:and|so|y|e|et|und) (?:then |also |later |finally |subsequently |luego |puis )?"
    r"(?=(?:the|his|her|he|she|it|its|they|there|this|these|a|an|no|all|both|were|was|had|did|su|la"
    r"|el|los|las|se|der|die|das|les|le|o|os|as|skin|papules|lesions|treatment|therapy)\b)",
    re.IGNORECASE,
)
# Says nothing of what it stands between: brackets, and 'prednisone 40 mg, to be tapered, and A'.
ASIDE = re.compile(
    r"\([^()]{0,200}\)|,? ?\b(?:to be (?:\w+ly )?(?:tapered|reduced)|in tapering doses?)\b",
    re.IGNORECASE,
)
FINITE_VERB = re.compile(
    r"\b(?<!\bto be )(could not|cannot|tolerat\w*|needed|required|was|were|is|are|had|has|have|did"
    r"|led|resulted|showed|gave|brought|improved|cleared|failed"
    r"|received|took|started|began|begun|underwent|noted|achieved|developed|relapsed|responded|stopped"
    r"|discontinued|tapered|switched|replaced|changed|because|despite|when|but|without|while"
    r"|whereas|which"
    r"|fue|fueron|foi|foram|wurde|wurden|hatte|hatten|etait|avait|ont|recevait|elle|il|ella|ele"
    r"|ela|er|sie|recibio|recebeu|erhielt"
    r"|mejoro|se|after|before|during|until|since|that|who|whom)\b",
    re.IGNORECASE,
)
# 'A and B for 6 and 14 months, respectively': each of one list has its own of the other.
RESPECTIVE = r"(?:respectiv(?:ely|amente|ement)|rispettivamente|beziehungsweise|bzw\.)"
RESPECTIVELY = re.compile(rf"\b{RESPECTIVE}", re.IGNORECASE)


def text_between(statement: Statement, start: int, end: int) -> str:
    """The folded words of a statement from `start` to `end`, offsets of the section."""
    return fold(statement.text)[max(0, start - statement.start) : max(0, end - statement.start)]


def clause_of(statement: Statement, position: int) -> tuple[int, int]:
    """The clause of the statement that holds `position`; offsets of the section."""
    at = position - statement.start
    start, end = 0, len(statement.text)
    for break_start, break_end in breaks_of(fold(statement.text)):
        if break_end <= at:
            start = break_end
        elif break_start > at:
            end = break_start
            break
    return statement.start + start, statement.start + end


@functools.lru_cache(maxsize=64)
def breaks_of(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a sentence part; kept, for every finding of a sentence asks again."""
    return [found.span() for found in BREAK.finditer(text)]


def is_listed_together(glue: str) -> bool:
    """Whether the words between two drugs only join them: no verb, no end of a clause."""
    glue = ASIDE.sub(" ", glue)
    return len(glue) <= 140 and ";" not in glue and FINITE_VERB.search(glue) is None

"""Treatments that share a result told before: 'A failed, as did B', 'none helped, including B'.

Reads statements, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import FINITE_VERB, text_between
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.grades import FAILURES
from pipeline.records import Statement

LIKEWISE = re.compile(
    r"[\s,;]*(?:and )?(?:(?:as|so|nor|neither) (?:also )?(?:had|has|was|were|did|with|for)"
    r"|likewise|ebenso(?: wie)?|ebensowenig|ainsi que|de meme que|igual que|al igual que|tampoco"
    r"|assim como|bem como|the same (?:was|held) true (?:of|for)) (?:\w+ ){0,7}",
    re.IGNORECASE,
)
INCLUDING = re.compile(
    r"(?:[^.;:,()]{0,40}[,:(])? ?(?:(?:and )?(?:these |this )?includ(?:ing|ed|es)"
    r"|among (?:them|these|which|others)|such as|namely|notably|in particular|particularly"
    r"|e\.? ?g\.?|for (?:example|instance)|viz\.?)[,:]? (?:\w+ ){0,2}",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\s*(?:(?:than|as) )?(?:(?:the|his|her|an?|earlier|previous|had) ){0,3}(?:[\w-]+ of )?", re.I
)


def likewise(cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]]) -> list[Named]:
    """'A was ineffective, as was B', 'no more effective than B': B shares the predicate."""
    for group in groups:
        if group[0].start >= cue.end:
            words = text_between(statement, cue.end, group[0].start)
            is_compared = cue.value in FAILURES and COMPARED.fullmatch(words) is not None
            is_meant = is_compared or LIKEWISE.fullmatch(words) or is_named(words, group, statement)
            return list(group) if is_meant else []
    return []


def is_named(words: str, group: Sequence[Named], statement: Statement) -> bool:
    """'No treatment helped, including A and B', 'all failed: A, B': these are the treatments."""
    behind = text_between(statement, group[-1].end, statement.end)
    return bool(INCLUDING.fullmatch(words)) or (
        len(group) > 1 and words.strip() == ":" and not FINITE_VERB.search(behind)
    )

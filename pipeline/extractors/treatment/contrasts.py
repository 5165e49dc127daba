"""Words that tell a result only beside a treatment: a note ('A: nil'), a contrast ('B did not').

Reads statements, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment.grades import BENEFITS, FAILURES
from pipeline.records import Mention, Statement

# Between a drug and what a note says of it: a dose and a time, then a colon, a dash or an arrow.
NOTED = re.compile(r"(?![^:>]*\b(?:was|were|is|had|and|for)\b)[\w\s/.,²()-]{0,45}(?:[:>–]|->| -) ?")
# Between a treatment and 'did not', 'not at all': nothing, or its dose in brackets.
BESIDE = re.compile(
    r"[\s,]*(?:the |his |her |oral |topical |systemic |alone |therapy |treatment )*"
    r"(?:\([^()]*\) ?)?(?:alone |therapy |treatment )*",
    re.IGNORECASE,
)


def is_note_on_drug(mention: Mention, statement: Statement) -> bool:
    """'Methotrexate 15 mg weekly x 6 months: nil.' Nothing but the dose stands before the note."""
    drugs = [drug for drug in statement.of("therapies") if drug.end <= mention.start]
    words = text_between(statement, drugs[-1].end, mention.start) if drugs else "is"
    return NOTED.fullmatch(words) is not None


def is_contrast(mention: Mention, statement: Statement, told: Sequence[tuple[int, str]]) -> bool:
    """'A softened the skin, B did not', 'improved on A but not on B': nothing but the treatment
    stands beside the words, and what was told before it is the opposite."""
    drugs = statement.of("therapies")
    if mention.codes == "forward":
        beside = next((drug for drug in drugs if drug.start >= mention.end), None)
        gap = (mention.end, beside.start) if beside else (0, 0)
    else:
        beside = next((drug for drug in reversed(drugs) if drug.end <= mention.start), None)
        gap = (beside.end, mention.start) if beside else (0, 0)
    if beside is None or not BESIDE.fullmatch(text_between(statement, *gap)):
        return False
    before = [value for end, value in told if end <= beside.start]
    opposites = BENEFITS if mention.concept == "contrast_none" else FAILURES
    return bool(before) and before[-1] in opposites

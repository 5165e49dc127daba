"""When a number beside an organ or a paraprotein does not count its patients.

Reads statements, writes nothing. What a drug did to it, who was examined for it, of what somebody
died, one of several isotypes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.nouns import FOUND_NORMAL
from pipeline.extractors.series.countables import ORGANS, RESULTS, Item, has_cue
from pipeline.extractors.series.counting import NUMBER
from pipeline.extractors.series.quantity import Quantity
from pipeline.language.folding import fold
from pipeline.records import Statement

OF_CAUSE = re.compile(
    r"\b(?:died|deaths?|deceased|succumbed|fatal|fallec\w+|faleceu|faleceram|murio|murieron|obitos?"
    r"|deces|decedes?|mort[es]?|verstarb\w*|starb\w*)\b[^.;]{0,60}"
    r"\b(?:of|from|with|due to|because of|to|was|were|included?|por|de|a causa|d'une?|an|durch)\b"
    r" [^.;]{0,50}$",
    re.IGNORECASE,
)
# 'The DLCO was low in seven; only two complained of dyspnoea': more have diseased lungs.
ONLY_SYMPTOMATIC = re.compile(r"\bonly$", re.IGNORECASE)
COMPLAINED = re.compile(r" (?:patients? )?(?:complained of|reported|noticed) ", re.IGNORECASE)
NEAR = 28  # letters behind a count in which its cause is told
FOR_WHICH = re.compile(r"\bfor (?:\w+ ){0,2}$", re.IGNORECASE)
MEASURED = re.compile(
    r"\b(?:measured|determined|studied|tested|recorded|examined|assessed) (?:the |their )?$",
    re.IGNORECASE,
)
HAD = re.compile(
    r" (?:\([^)]{1,12}\) )?(?:had|developed|presented with|suffered from|showed|reported)"
    r" (?:\w+ )?",
    re.IGNORECASE,
)
TYPE_BEFORE = re.compile(r"\big ?[gam]\W{0,3}(?:λ|κ|lambda|kappa)?\W{0,3}$", re.IGNORECASE)
OTHER_TYPE = re.compile(rf"(?:\band|[,;]) {NUMBER} (?:had |with |an? )?ig ?[gam]", re.IGNORECASE)
# 'Seven had an IgG lambda and one an IgG kappa paraprotein.'
OTHER_TYPE_BEFORE = re.compile(
    rf"\big ?[gam]\W{{0,3}}(?:λ|κ|lambda|kappa)[^.;]{{0,30}}(?:and|,) {NUMBER} (?:had |with )?"
    r"(?:an? )?ig ?[gam]\W{0,3}(?:λ|κ|lambda|kappa)?\W{0,3}$",
    re.IGNORECASE,
)
# 'The paraprotein was IgG lambda in nine': the nine are one type.
PREDICATE = re.compile(
    r"(?: type| isotype)? (?:was|were|being) (?:an? |of (?:the )?)?"
    r"(?:ig ?[gamde]|kappa|lambda|κ|λ)",
    re.IGNORECASE,
)


def is_no_involvement(
    statement: Statement, item: Item, items: Sequence[Item], quantity: Quantity
) -> bool:
    """True where an organ or a paraprotein is named for what a drug did to it, or was examined."""
    if item.variable not in ORGANS and item.variable != "paraprotein":
        return False
    begin, end = min(quantity.start, item.start), max(quantity.end, item.end)
    if item.variable == "paraprotein" and is_of_one_type(statement, item):
        return True
    if is_examination(statement, item):
        return True
    if is_symptom_of_few(statement, item, quantity):
        return True
    if item.variable in ORGANS and has_cue(statement, "elsewhere", end, end + NEAR):
        return True
    if has_it(statement, item, quantity):
        return False
    is_result = any(i.variable in RESULTS and begin - 50 <= i.start < end + 12 for i in items)
    is_of_drug = item.variable in ORGANS and has_cue(statement, "adverse")
    if is_result or is_of_drug or has_cue(statement, "change", begin - 50, end + 12):
        return True
    return is_cause_of_death(statement, item)


def is_of_one_type(statement: Statement, item: Item) -> bool:
    """'Nine had IgG lambda paraproteinemia and two IgG kappa': the nine are one type of two."""
    folded = fold(statement.text)
    if PREDICATE.match(folded, item.end):
        return True
    is_typed = TYPE_BEFORE.search(folded[: item.start]) is not None
    is_second = OTHER_TYPE_BEFORE.search(folded[: item.start]) is not None
    return is_typed and (is_second or OTHER_TYPE.search(folded, item.end) is not None)


def has_it(statement: Statement, item: Item, quantity: Quantity) -> bool:
    """'Two had dysphagia, which resolved': the two had it, whatever became of it."""
    words = fold(statement.text)[quantity.end : item.start]
    return item.variable in ORGANS and HAD.fullmatch(words) is not None


def is_symptom_of_few(statement: Statement, item: Item, quantity: Quantity) -> bool:
    """'Only two complained of dyspnoea', behind those in whom a test was abnormal."""
    folded = fold(statement.text)
    is_only = ONLY_SYMPTOMATIC.search(folded[: quantity.start].rstrip()) is not None
    return is_only and COMPLAINED.fullmatch(folded, quantity.end, item.start) is not None


def is_examination(statement: Statement, item: Item) -> bool:
    """'Seventeen had their eyes examined', 'evaluated for cardiac disease': not the involved."""
    if item.variable not in ORGANS:
        return False
    if FOUND_NORMAL.match(fold(statement.text), item.end):
        return True
    if MEASURED.search(fold(statement.text)[: item.start]):
        return True
    is_purpose = FOR_WHICH.search(fold(statement.text)[: item.start]) is not None
    return has_cue(statement, "examined", item.start, item.end + 12) or (
        is_purpose and has_cue(statement, "examined", item.start - 90, item.start)
    )


def is_cause_of_death(statement: Statement, item: Item) -> bool:
    """'Two died, one of them of heart failure' counts the dead, not those with a diseased heart;
    a leukaemia or a myeloma that killed was theirs all the same."""
    before = fold(statement.text)[: item.start]
    return item.variable != "hematologic" and OF_CAUSE.search(before) is not None

"""Which drug the number of a series' sentence speaks of, and whether it was given.

Reads statements, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.series.countables import CUES, GRADES, RESULTS, Item, has_cue, items_of
from pipeline.extractors.series.quantity import Quantity, is_in_brackets
from pipeline.language.folding import fold
from pipeline.records import Statement

# 'All had failed two drugs (A in four)': later results are not of A.
PRIOR = re.compile(
    r"\b(?:failed|previous(?:ly)?|prior)\b(?:(?!given|received|treated|underwent|started)[^.;]){0,80}$",
    re.IGNORECASE,
)
EITHER = re.compile(r"\beither\b[^.;]{0,40}$", re.IGNORECASE)  # 'A or B', who knows
OR = re.compile(r",? (?:and/)?(?:or|oder|ou|o) (?:[\w-]+ ){0,2}", re.IGNORECASE)
# 'Two were changed after the partial response to A': told before of all of them.
EARLIER = re.compile(
    r"\b(?:after|despite|following) (?:(?:the|an?|their|initial) ){0,2}$", re.IGNORECASE
)
# 'Four of nine responded to plasmapheresis', 'A produced improvement in four of nine': nine had it.
RESPONDED = re.compile(
    r"\brespon(?:ded|ses?) (?:\w+ )?to\b|\beffective in\b"
    r"|\b(?:improve\w*|benefit\w*|amelior\w+|relief) (?:was |were )?"
    r"(?:seen |noted |achieved |obtained |observed )?(?:in|with|after|from)\b",
    re.IGNORECASE,
)
NEXT_TO = 2  # letters between a drug and the bracket that counts it
CONDITIONING = ("melphalan", "other:carmustine", "other:etoposide", "other:cytarabine")


def is_earlier(statement: Statement, item: Item) -> bool:
    return EARLIER.search(statement.text[: item.start]) is not None


def words_between(statement: Statement, quantity: Quantity, item: Item) -> str:
    if quantity.start < item.start:
        return statement.text[quantity.end : item.start]
    return statement.text[item.end : quantity.start]


def is_given(statement: Statement, item: Item, items: Sequence[Item], quantity: Quantity) -> bool:
    """True where the drug was given: a verb of treatment, none of offering, no conditioning."""
    begin, end = min(quantity.start, item.start), max(quantity.end, item.end)
    from_place = 0 if quantity.is_aside or quantity.kind == "equal" else begin - 80
    if has_cue(statement, "not_given", begin, end + 60):
        return False
    if EITHER.search(fold(statement.text)[: item.start]) or is_one_of(
        statement, item, items, quantity
    ):
        return False
    has_result = any(other.variable in RESULTS for other in items)
    if quantity.kind == "equal" and has_result and quantity.start - item.end <= NEXT_TO:
        return True  # 'IVIG (n = 12) yielded four complete responses'
    is_failed = has_cue(statement, "failed", item.start - 30, item.start)  # 'three had failed A'
    if not is_failed and not has_cue(statement, "given", from_place, end + 25):
        return False
    names = {other.variable for other in items}
    drug = item.variable.removesuffix(":treated")
    return not (drug in CONDITIONING and "autologous_sct:treated" in names)


def is_one_of(statement: Statement, item: Item, items: Sequence[Item], quantity: Quantity) -> bool:
    """'Three had failed A, B or C': how many had each of them is not told."""
    if quantity.is_aside or quantity.kind == "equal":
        return False
    words = fold(statement.text)
    drugs = [other for other in items if other.variable.endswith(":treated")]
    place = drugs.index(item) if item in drugs else len(drugs)
    if 0 < place < len(drugs) and OR.fullmatch(words[drugs[place - 1].end : item.start]):
        return True
    for one, following in zip(drugs[place:], drugs[place + 1 :], strict=False):
        glue = words[one.end : following.start]
        if OR.fullmatch(glue):
            return True
        if glue.strip() != ",":
            return False
    return False


def only_drug(statement: Statement) -> str | None:
    """The one drug that a sentence names; None where it names none or several."""
    named = {i.variable for i in items_of(statement) if i.variable.endswith(":treated")}
    return named.pop() if len(named) == 1 else None


def drug_given(statement: Statement) -> str | None:
    """The one drug that a sentence says was given, or that a title is about, with no number."""
    first = next((i for i in items_of(statement) if i.variable.endswith(":treated")), None)
    is_told = statement.role == "title" or has_cue(statement, "given")
    if first is None or not is_told or has_cue(statement, "not_given"):
        return None
    return None if is_prior(statement, first.start) else only_drug(statement)


def is_prior(statement: Statement, place: int) -> bool:
    """True for a drug that was given before what the sentence and the next ones tell of."""
    return PRIOR.search(statement.text[:place]) is not None


def drug_before(statement: Statement, item: Item, items: Sequence[Item]) -> str | None:
    """The treatment of a response: the first named in its sentence, past one that failed; for
    a grade in brackets, "(CR 2, PR 4)", the nearest."""
    failures = [
        mention.end - statement.start
        for mention in statement.of(CUES)
        if mention.group == "failed" and mention.end - statement.start <= item.start
    ]
    past = max(failures, default=0)
    drugs = [
        other.variable
        for other in items
        if other.variable.endswith(":treated") and past <= other.start < item.start
    ]
    is_grade = statement.text[item.start : item.end] in GRADES
    if drugs and is_grade and is_in_brackets(fold(statement.text), item.start):
        return drugs[-1]
    transplant = "autologous_sct:treated"
    return transplant if transplant in drugs else next(iter(drugs), None)

"""What was told of one treatment episode: each response as told, and what they come to together.

Reads cues and statements, writes nothing. Source of the grades: the annotation guideline,
"response" and "Hard cases".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.extractors.treatment.grades import BENEFITS, LOSSES
from pipeline.language.folding import fold
from pipeline.records import Statement

ADVANCED = re.compile(
    r"progress|worsen|deteriorat|advanced|spread|recur|relaps|reappear"
    r"|(?:was |were |is )?(?:just |again )?as \w+ as (?:before|ever)",
    re.IGNORECASE,
)
AGAIN = re.compile(
    r"\b(again|once more|re-?(?:gain|captur|establish|treat|sum|instat|institut|start|introduc"
    r"|init?i|induc)\w*|second|another|de nuevo|nuev[ao]s?|nuevamente|novamente|de nouveau|reprise"
    r"|erneut\w*|wieder)\b",
    re.IGNORECASE,
)
OF_THE_SKIN = re.compile(r"\b(skin|cutaneous|papules|lesions|induration|eruption)\b", re.IGNORECASE)
RANK = {None: 0, "none": 1, "worse": 1, "improved": 2, "partial": 3, "complete": 4}
SUMMARY_ROLES = ("discussion", "conclusion", "background", "title")


@dataclass(frozen=True)
class Told:
    """One response as told of an episode: the cue, its sentence, how surely it belongs."""

    cue: Cue
    statement: Statement
    confidence: float

    @property
    def words(self) -> str:
        return text_between(self.statement, self.cue.start, self.cue.end).lower()

    @property
    def is_loss(self) -> bool:
        """'Progressed in spite of it' is no failure from the start where it had helped before."""
        return self.cue.value in LOSSES or (
            self.cue.value == "none" and ADVANCED.match(self.words) is not None
        )

    @property
    def is_benefit(self) -> bool:
        return self.cue.value in BENEFITS

    @property
    def is_failure_of_skin(self) -> bool:
        """'Had no effect on the skin': the skin is named within the words or right behind them."""
        near = text_between(self.statement, self.cue.start - 25, self.cue.end + 25)
        return self.cue.value == "none" and OF_THE_SKIN.search(near) is not None


def summed_up(told: Sequence[Told]) -> tuple[str | None, bool]:
    """Best response so far and whether it was lost again, from what was told in order."""
    value: str | None = None
    is_relapse = False
    for each in told:
        said = each.cue.value
        is_loss = said == "relapse" and value is None
        if said in ("worse", "progressed") and each.cue.is_symptom and is_of_skin(told):
            continue  # skin better while an organ stays bad: improved (guideline)
        if said == "worse" and is_of_symptoms(told, each):
            value = "worse"  # the skin got worse, whatever the itch or the strength did
        elif each.is_failure_of_skin and is_of_symptoms(told, each):
            value = "none"  # the strength came back, the skin did not change
        elif is_loss or (each.is_loss and value in BENEFITS):
            is_relapse, value = True, value or "improved"
        elif said == "controlled" and value in (None, "none", "worse"):
            value = "improved"
        elif said == "progressed":
            value = value or "none"  # 'progressed under it' is no response (guideline)
        elif said in RANK and RANK[said] > RANK[value]:
            value = said
    return value, is_relapse


def is_of_skin(told: Sequence[Told]) -> bool:
    return any(each.is_benefit and not each.cue.is_symptom for each in told)


def is_of_symptoms(told: Sequence[Told], failure: Told) -> bool:
    """Whether the sentence of a failure told no benefit but that of a symptom or a function."""
    gains = [each for each in told if each.is_benefit]
    return bool(gains) and all(g.cue.is_symptom and g.statement is failure.statement for g in gains)


def regained_at(told: Sequence[Told], named: Sequence[tuple[Named, Statement]]) -> int | None:
    """Where a benefit that was lost came back: what follows is a further episode (guideline,
    "several results for one drug"). None where it was not lost or did not come back.

    `named`: where the treatment is named.
    """
    for place in range(1, len(told)):
        earlier, each = told[:place], told[place]
        if each.is_benefit and each.statement.role not in SUMMARY_ROLES:
            lost = next((one for one in reversed(earlier) if one.is_loss), None)
            if lost is not None and summed_up(earlier)[1] and comes_after(each, lost, named):
                return place
    return None


def comes_after(benefit: Told, loss: Told, named: Sequence[tuple[Named, Statement]]) -> bool:
    """In a later sentence that tells of treatment again, or has it named since; in the same one
    with a word for 'again' between them, or the treatment named in another clause."""
    place, lost_at = benefit.statement.start, loss.statement.start
    if benefit.statement is not loss.statement:
        is_named = any(lost_at < statement.start <= place for _, statement in named)
        return place > lost_at and (is_named or tells_of_treatment(benefit.statement))
    first, last = loss.cue.end, benefit.cue.end + 20  # 'responded to re-treatment'
    is_begun_again = any(
        cue.concept == "restart" and first <= cue.start < last
        for cue in benefit.statement.of("treatments")
    )
    is_begun_again = is_begun_again or any(
        one.end <= benefit.cue.start
        and ";" in text_between(benefit.statement, loss.cue.end, one.start)
        for one, statement in named
        if statement is benefit.statement
    )
    return is_begun_again or AGAIN.search(text_between(benefit.statement, first, last)) is not None


def tells_of_treatment(statement: Statement) -> bool:
    """'The joint pain subsided over time' does not, 'cleared again on resumption' does."""
    is_given = any(
        cue.concept in ("start", "restart", "addition") for cue in statement.of("treatments")
    )
    is_given = is_given or any(cue.concept == "resumed" for cue in statement.of("stops"))
    return is_given or AGAIN.search(fold(statement.text)) is not None

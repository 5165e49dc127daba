"""Whether a paraprotein named in a sentence is said to be there. Reads mentions, writes nothing.

A denial does not always deny the paraprotein itself: "no progression of the MGUS" says that there
is one, and "not found at first, but detected two years later" is present (shared gold, "Fields").
"""

from __future__ import annotations

import re

from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

FOUND_LATER = re.compile(
    r"\b(?:initial(?:ly)?|at first|first|early|at onset|previously|al inicio|inicialmente)\b"
    r".{0,120}"
    r"\b(?:but|later|subsequent(?:ly)?|then|afterwards|although|pero|mas)\b.{0,80}"
    r"\b(?:appear|develop|found|detect|emerg|positive|present|reveal|show|demonstrat|aparec)"
    r"|\b(?:initial(?:ly)?|at first|early|at onset)\b.{0,60}\b(?:became|turned|was) positive\b",
    re.IGNORECASE,
)
CHANGE_OF = re.compile(
    r"\b(?:progression|transformation|evolution|conversion|transition|change|increase|rise"
    r"|reduction"
    r"|disappearance|elimination|eradication|clearance|effect) (?:of|from|in(?! eine?n? )|on) "
    r"(?:the |his |her |this |an? )?(?:\w+ )?$",
    re.IGNORECASE,
)

IN_VAIN = re.compile(
    r"^[^.;]{0,80}\b(?:was|were|(?:has|have|had) been|remained|proved|stayed"
    r"|came back|returned|revealed|showed|disclosed"
    r"|found|yielded|demonstrated|fue(?:ron)?|foi|foram|resulto|resultaron|eran?"
    r"|etai(?:en)?t|(?:est|sont) rest\w+|s'est revel\w+|e risultat[ao]|mostrou-se|war(?:en)?"
    r"|blieb(?:en)?|ergab(?:en)?)\b[^.;]{0,25}"
    r"\b(?:negati[vf][eoa]?s?|unremarkable|unrevealing|fruitless|nothing"
    r"|no (?:abnormalit\w+|evidence|patholog\w+|signs?"
    r"|positive|significant)|unauffallig|keine)\b",
    re.IGNORECASE,
)


def is_sought_in_vain(statement: Statement, mention: Mention) -> bool:
    """True for what was looked for with a negative result: 'a search for … remained negative'."""
    if not mention.is_hypothetical:
        return False
    behind = fold(statement.text)[mention.end - statement.start :]
    return IN_VAIN.match(behind) is not None


def is_affirmed(statement: Statement, mention: Mention) -> bool:
    """True for what the text says is there; 'no progression of the MGUS' says that it is."""
    if mention.is_hypothetical or mention.is_uncertain:
        return False
    text = fold(statement.text)
    before = text[: mention.start - statement.start]
    return (
        not mention.is_negated
        or CHANGE_OF.search(before) is not None
        or FOUND_LATER.search(text) is not None
    )

"""How sure a treatment or a response is, by the kind of its evidence. Reads and writes nothing.

A confidence is the share of values that were right on texts the rules had not been made on: the
rules before a round of mends, on 40 real reports in other wording and on 160 sentences and short
reports of our own (tests/histories holds most), written with what they tell before they were read.
Right and total of both are below; where too few were met, the confidence is set by hand.
"""

from __future__ import annotations

from typing import Final

# kind of evidence: (right, all) in the reports, (right, all) in the short texts
MEASURED: Final[dict[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    "response: the only treatment of its sentence": ((6, 7), (66, 70)),
    "response: one of several treatments of its sentence": ((30, 31), (110, 123)),
    "response: told of what is being given, in another sentence": ((5, 7), (17, 23)),
}


def share(kind: str) -> float:
    """The share right of both, in hundredths; KeyError for a kind that was not measured."""
    counts = MEASURED[kind]
    return round(sum(right for right, _ in counts) / sum(total for _, total in counts), 2)


ONLY_ONE = share("response: the only treatment of its sentence")
ONE_OF_SEVERAL = share("response: one of several treatments of its sentence")
OTHER_SENTENCE = share("response: told of what is being given, in another sentence")
# Of treatments beside a word of giving or with a result 322 of 324 were right where every text was
# of the disease, 43 of 46 in the reports as screened: between the two.
GIVEN = 0.95
UNSUPPORTED, TITLE = 0.75, 0.7  # three and none met
TITLE_RESULT, TITLE_TOPIC = 0.7, 0.6  # none met

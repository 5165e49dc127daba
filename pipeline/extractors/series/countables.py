"""What can be counted in a sentence of a series: organs, drugs, paraprotein, deaths, responses.

Reads statements with the rows of rules/cohorts.csv, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Mention, Statement

ORGANS = frozenset(
    (
        *("neurologic", "musculoskeletal", "gastrointestinal", "pulmonary", "cardiovascular"),
        *("vascular", "renal", "hematologic", "ocular", "laryngeal", "hepatic"),
    )
)
CUES = "cohorts"
RESULTS = ("complete", "partial")
WITHOUT = "no_paraprotein"  # 'two had none': the others had one
GRADES = ("CR", "PR")  # always counted: "(CR 2, PR 4)"


@dataclass(frozen=True)
class Item:
    """Something that can be counted; offsets into the statement's text.

    `detail` is the manifestation behind an organ.
    """

    start: int
    end: int
    variable: str
    detail: str = ""


def items_of(statement: Statement) -> list[Item]:
    """What can be counted in a sentence: organs, drugs, paraprotein, deaths, sexes, responses."""
    found = [item for mention in statement.mentions for item in mention_items(mention, statement)]
    kept = {item for item in found if not any(is_within(item, other) for other in found)}
    return sorted(kept, key=lambda item: (item.start, item.variable, item.end, item.detail))


def is_within(item: Item, other: Item) -> bool:
    """True for what a longer or a more exact name of the same begins with: the 'joint' of 'joint
    contractures'."""
    if item.variable != other.variable or item.start < other.start or item.end > other.end:
        return False
    is_shorter = item.end - item.start < other.end - other.start
    return is_shorter or (bool(other.detail) and not item.detail)


def mention_items(mention: Mention, statement: Statement) -> Iterator[Item]:
    """The items of one mention; what 'was used in 20 patients' was given, and is no hypothesis."""
    start, end = mention.start - statement.start, mention.end - statement.start
    is_denied = mention.is_negated and mention.text not in GRADES
    is_hoped_for = mention.is_hypothetical and set(mention.cues) != {"used in"}
    is_protein = mention.table == "paraproteins" and mention.group == "head"
    if is_denied and is_protein and not (mention.is_family or is_hoped_for):
        yield Item(start, end, WITHOUT)
    if is_denied or mention.is_family or is_hoped_for:
        return
    if mention.table == "organs" and mention.group in ORGANS:
        yield Item(start, end, mention.group, mention.concept)
    elif mention.table == CUES and mention.group == "organ":
        yield Item(start, end, mention.concept, f"{mention.concept}_involvement")
    elif mention.table == CUES and mention.group == "item":
        yield Item(start, end, mention.concept)
    elif mention.table == "therapies":
        for therapy in mention.concept.removeprefix("regimen:").split("+"):
            if not therapy.startswith(("other:", "ignore:")):
                yield Item(start, end, f"{therapy}:treated")
    elif mention.table == "paraproteins" and (mention.group == "head" or mention.concept == "MGUS"):
        yield Item(start, end, "paraprotein")


def has_cue(statement: Statement, group: str, begin: int = 0, end: int = 100_000) -> bool:
    """True where a row of that group of cohorts.csv stands between two offsets into the text."""
    return any(
        mention.group == group and begin <= mention.start - statement.start < end
        for mention in statement.of(CUES)
    )

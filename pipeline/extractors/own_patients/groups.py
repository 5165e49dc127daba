"""A sentence about all own patients of a series, and what it adds of one of them.

Reads judged statements and the roster, writes nothing.
"Both had papules; one also had seizures", "A and B, respectively".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.extractors.own_patients.ages_told import ages_listed
from pipeline.extractors.own_patients.parts import (
    LOOSE,
    asides_of,
    begins_with_all,
    is_of_all,
    parts_of,
    respective_parts,
)
from pipeline.extractors.own_patients.roster import Roster
from pipeline.records import Statement

EXCEPT = re.compile(
    r"\b(?:all|each|every(?:one|body)?|all of them)(?: (?:the |our )?(?:other )?patients?)?,? "
    r"(?:but|except(?: for)?|save|apart from|other than|with the exception of) ",
    re.IGNORECASE,
)


def whole_group(statement: Statement, roster: Roster) -> Iterator[Statement]:
    """A sentence about all own patients, with all labels, or one label for each of its items;
    what it adds of one of them has that label where the words tell whose."""
    others = all_but(statement, roster)
    if others:
        yield msgspec.structs.replace(statement, patients=others)
        return
    paired = list(respective_parts(statement, paired_labels(statement, roster)))
    if paired:
        yield from (msgspec.structs.replace(part, patients=labels) for part, labels in paired)
        return
    is_roll = len(ages_listed(statement.text)) == len(roster.labels)
    if statement.teller != "series" and not is_roll and not begins_with_all(statement.text):
        return
    parts = [statement.part(start, end, LOOSE) for start, end in asides_of(statement.text)]
    are_all = of_all(parts, len(roster.labels))
    if not any(are_all):
        return
    for part, is_all in zip(parts, are_all, strict=True):
        if is_all:
            roster.resolved(roster.marks_in(part.text) if is_introducing(part, roster) else ())
            yield msgspec.structs.replace(part, patients=roster.labels)
            continue
        for piece, named in parts_of(part, roster.marks_of(part.text)):
            yield msgspec.structs.replace(piece, patients=named or ())


def all_but(statement: Statement, roster: Roster) -> tuple[str, ...]:
    """'All but patient 3 improved': everybody else; () where no one is excepted by name."""
    excepted = EXCEPT.search(statement.text)
    named = [m for m in roster.marks_in(statement.text) if excepted and m.start == excepted.end()]
    if not named:
        return ()
    alone = named[0].labels or roster.label_of_person(named[0]) or ()
    return tuple(label for label in roster.labels if label not in alone) if alone else ()


def of_all(parts: Sequence[Statement], size: int) -> list[bool]:
    """Which parts are of all; what goes on behind a bracket is, if what stood before it was."""
    found: list[bool] = []
    for number, part in enumerate(parts):
        goes_on = number > 1 and parts[number - 1].text.startswith("(")
        found.append(found[number - 2] if goes_on else is_of_all(part.text, size))
    return found


def is_introducing(part: Statement, roster: Roster) -> bool:
    """True while the patients of the report are still unknown."""
    return roster.introduced == 0 and not roster.has_names and not roster.ages and bool(part.text)


def paired_labels(statement: Statement, roster: Roster) -> tuple[str, ...]:
    """Whom a list told 'respectively' goes through: the patients named, else all of them."""
    marks = [mark for mark in roster.marks_in(statement.text) if mark.labels]
    is_list = any(len(mark.labels) > 1 for mark in marks)
    if not is_list and statement.teller != "series":
        return ()
    named = tuple(dict.fromkeys(label for mark in marks for label in mark.labels))
    labels = named if is_list else roster.labels
    return labels if set(labels) <= set(roster.labels) else ()

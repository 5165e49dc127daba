"""How many own patients a report announces. Reads judged statements, writes nothing.

An announcement first ("we report two patients"), then the title, then any number of the series.
Of a mixed cohort ("two of 28 had the disease") the patients with the disease count; the names
of the disease are rows of rules/statements.csv, group `mixed`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.ages_told import introductions
from pipeline.extractors.counting import NUMBER, PEOPLE, first_count, number_of
from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

OF_THEM = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:\([^)]{{1,20}}\) )?of (?:whom|them|these"
    rf"|the (?:\w+ )?(?:{NUMBER} )?{PEOPLE}|(?:the )?{NUMBER}(?: {PEOPLE})?),?"
    rf" (?:\([^)]{{1,20}}\) )?$"
    rf"|\b(?:including|among them|only) (?P<n2>{NUMBER}) (?:{PEOPLE} )?$"
    rf"|\bthe (?P<n3>{NUMBER}) {PEOPLE} $"
    rf"|(?:^|[;,:] |\b(?:and|while|whereas) )(?P<n4>{NUMBER})(?: {PEOPLE})? $",
    re.IGNORECASE,
)
# 'Dysphagia was reported by six of the patients with the disease' does not count the diseased.
RESTRICTED = re.compile(rf"\bof the (?:\w+ )?(?:{NUMBER} )?{PEOPLE} $", re.IGNORECASE)
RESTRICTING = re.compile(r"(?:with|of)\b", re.IGNORECASE)
IN_BRACKETS = re.compile(
    r" ?\((?:n ?= ?)?(?P<n>\d{1,3})(?: (?:patients|cases))?[,;)]", re.IGNORECASE
)
FOUND_IN = re.compile(
    rf" (?:was |were )?(?:diagnosed |found |present |confirmed |seen )?in (?P<n>{NUMBER})\b"
    r"(?! (?:of|consecutive|years?|months?))",
    re.IGNORECASE,
)
SCREENED = re.compile(
    rf"\b{PEOPLE} (?:were|was) (?:screened|assessed|approached|identified|referred)\b[^.]{{0,60}}?"
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:{PEOPLE} )?(?:were )?(?:then |finally |eventually )?"
    rf"(?:enrolled|included|treated|recruited|analysed|analyzed)\b",
    re.IGNORECASE,
)
# 'Of the 34 patients whose records were reviewed, 25 fulfilled all criteria'.
FULFILLED = re.compile(
    rf"(?<![\w./-])(?P<of>{NUMBER}) (?:[\w-]+ ){{0,3}}?{PEOPLE}\b[^.;]{{0,60}}?"
    rf"\b(?:review|screen|suspect|assess|evaluat|refer|consider)\w*[^.;]{{0,30}}[,;] ?(?:and "
    rf"|of whom |of these,? |among whom )?(?P<n>{NUMBER}) (?:{PEOPLE} )?(?:who )?"
    rf"(?:fulfilled|met|satisfied)\b[^.;]{{0,40}}\bcriteria\b",
    re.IGNORECASE,
)
THERE_WERE = re.compile(rf"\bthere were (?P<n>{NUMBER}),", re.IGNORECASE)


def announced_count(own: Sequence[Statement]) -> int | None:
    """How many own patients the text announces; None where it does not say."""
    folded = [(statement, fold(statement.text)) for statement in own]
    special = mixed_count(own) or screened_count([text for _, text in folded])
    if special:
        return special
    introduced = max((introductions(text) for s, text in folded if announces(s)), default=0)
    if introduced <= 1:
        introduced = max((size_of_roll(text) for _, text in folded), default=0)
    if introduced > 1:
        told = [text for s, text in folded if s.teller == "series" and has_cue(s, "series_own")]
        return max(introduced, first_of(told) or 0)
    series = [(s, text) for s, text in folded if s.teller == "series"]
    announced = [text for s, text in series if s.role != "title" and has_cue(s, "series_own")]
    titles = [text for s, text in folded if s.role == "title" and "review" not in text.lower()]
    count = first_of(titles) or (None if is_one_first(own) else first_of(announced))
    if count is not None:
        return count
    if any(s.teller == "patient" and s.role != "title" and is_singular(s) for s in own):
        return 1
    return first_of([text for s, text in series if s.role != "title"])


def size_of_roll(folded: str) -> int:
    """'Three patients, two women aged 52 and 66 and a man aged 70': three, each with an age."""
    size = introductions(folded)
    return size if size > 1 and first_count(folded) == size else 0


def mixed_count(own: Sequence[Statement]) -> int | None:
    """Of a mixed cohort, how many had the disease: 'two of 28 had', 'the disease (n = 6)'."""
    first = first_of([fold(s.text) for s in own if s.teller == "series"])
    for statement in own:
        for cue in statement.of("statements"):
            number = number_at(statement, cue) if cue.group == "mixed" else None
            if number is not None and first is not None and number < first:
                return number
    return None


def number_at(statement: Statement, cue: Mention) -> int | None:
    """The number of people said to have the disease that a cue names."""
    folded = fold(statement.text)
    before = OF_THEM.search(folded[: cue.start - statement.start])
    if before and RESTRICTING.match(cue.text) and (RESTRICTED.search(before[0]) or before["n4"]):
        return None
    if before:
        return number_of(before["n"] or before["n2"] or before["n3"] or before["n4"])
    end = cue.end - statement.start
    behind = IN_BRACKETS.match(folded, end) or FOUND_IN.match(folded, end)
    return number_of(behind["n"]) if behind else None


def screened_count(texts: Sequence[str]) -> int | None:
    """'Nine patients were screened and seven enrolled': seven; 'there were five, four of them'."""
    found = [
        SCREENED.search(text) or FULFILLED.search(text) or THERE_WERE.search(text) for text in texts
    ]
    return next((number_of(match["n"]) for match in found if match), None)


def announces(statement: Statement) -> bool:
    return has_cue(statement, "own") or has_cue(statement, "series_own")


def is_one_first(own: Sequence[Statement]) -> bool:
    """True where one own patient is announced before any group: 'We report a case …'."""
    first = next((s for s in own if s.role != "title" and announces(s)), None)
    return first is not None and first.teller == "patient"


def has_cue(statement: Statement, group: str) -> bool:
    return any(mention.group == group for mention in statement.of("statements"))


def is_singular(statement: Statement) -> bool:
    """True where the words mean one person: 'our patient', 'she', 'a 57-year-old man'."""
    return has_cue(statement, "own") or has_cue(statement, "person")


def first_of(texts: Sequence[str]) -> int | None:
    counts = (first_count(text) for text in texts)
    return next((count for count in counts if count is not None and count > 1), None)

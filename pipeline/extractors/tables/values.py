"""The values of a patient that stand in the cells of a table, each cell as the evidence.

Reads a Report and rules/table_cells.csv, writes nothing. Free text in cells is read by the other
extractors; here are the cells that only their header makes a value: '57/F', 'IgG', '+', 'Died'.
Guideline: a cell that says no denies; an empty cell, 'ND', 'NR' and '?' are not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import Place, Words, make_draft, place_of
from pipeline.extractors.follow_up import DURATION, months_of
from pipeline.extractors.organs import ORGANS
from pipeline.extractors.tables.cell_people import age_in, sex_in
from pipeline.extractors.tables.cell_words import CellWords
from pipeline.language.folding import fold
from pipeline.records import Cell, Draft, Report, Statement, Status, Subject
from pipeline.rules import Rules

CONFIDENCE = 0.9
UNMATCHED = 0.3
NUMBER = re.compile(r"[<>~]?\s*(?P<n>\d{1,3}(?:[.,]\d{1,2})?)")
G_PER_DL = re.compile(r"g ?/ ?dl", re.IGNORECASE)
G_PER_L = re.compile(r"(?<!m)g ?/ ?l", re.IGNORECASE)
MONTHS = re.compile(r"\bmo(?:s|nths?)?\b", re.IGNORECASE)
YEARS = re.compile(r"\by(?:rs?|ears?)?\b", re.IGNORECASE)
LATER = re.compile(r"last|follow|final|current|long-? ?term|status|surviv|latest", re.IGNORECASE)
DENIES = re.compile(r"(?:no|not|without|normal|none|never)\b", re.IGNORECASE)
NAMED_ORGAN = "organs"


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of the cells of own and cited patients, and of the rows that match nobody."""
    words = CellWords(rules, report)
    return [
        draft
        for statement in report.statements
        if statement.cell is not None and statement.cell.kind not in ("aggregate", "other")
        for draft in drafts_of(statement, statement.cell, words)
    ]


def drafts_of(statement: Statement, cell: Cell, words: CellWords) -> Iterator[Draft]:
    if statement.teller == "patient" and not statement.patients:
        if "label" in cell.fields or "age" in cell.fields:
            yield unmatched(statement, cell)
        return
    yield from person_drafts(statement)
    said = words.yes_no(statement)
    if said == "unknown":
        return
    fields = set(cell.fields)
    if fields & {"paraprotein", "heavy", "light"}:
        yield from paraprotein_drafts(statement, cell, said)
    yield from organ_drafts(statement, cell, said)
    if fields & {"outcome", "outcome_response", "follow_up"}:
        yield from outcome_drafts(statement, cell, words)
    if "follow_up" in fields:
        yield from follow_up_drafts(statement, cell)


def unmatched(statement: Statement, cell: Cell) -> Draft:
    """A row of the table whose patient could not be told from the text: for the reviewer."""
    return make_draft(
        None, "patient_match", cell.label or cell.entry, statement,
        whole(statement, "table:unmatched"), UNMATCHED,
        status="uncertain", subject="literature" if statement.teller == "cited" else "other",
    )  # fmt: skip


def person_drafts(statement: Statement) -> Iterator[Draft]:
    age, sex = age_in(statement), sex_in(statement)
    if age is not None and age.is_decade:
        yield from owned(statement, "age_low", age.value, age)
        yield from owned(statement, "age_high", f"{float(age.value) + 9:g}", age)
    elif age is not None:
        yield from owned(statement, "age_years", age.value, age)
    if sex is not None:
        yield from owned(statement, "sex", sex.value, sex)


def paraprotein_drafts(statement: Statement, cell: Cell, said: str | None) -> Iterator[Draft]:
    """'+' and a concentration say present, '-' and 'none' absent; isotypes are read as text."""
    if said in ("yes", "no"):
        status: Status = "present" if said == "yes" else "absent"
        place = whole(statement, "table:paraprotein")
        yield from owned(statement, "paraprotein_status", status, place, status)
    number = NUMBER.match(statement.text)
    per_l = 10.0 if G_PER_DL.search(cell.header) else 1.0 if G_PER_L.search(cell.header) else None
    if number is None or per_l is None or not float(number["n"].replace(",", ".")):
        return
    place = place_of(number, statement, "table:paraprotein", "n")
    amount = round(float(number["n"].replace(",", ".")) * per_l, 2)
    yield from owned(statement, "paraprotein_status", "present", place)
    yield from owned(statement, "concentration_g_per_l", f"{amount:g}", place, item=1)


def organ_drafts(statement: Statement, cell: Cell, said: str | None) -> Iterator[Draft]:
    """A header that names an organ or a finding, with a cell that affirms or denies it."""
    status: Status = "absent" if said == "no" else "present"
    if {"organs", "systemic"} & set(cell.fields) and said in ("yes", "no"):
        place = whole(statement, "table:systemic")
        value = "true" if said == "yes" else "false"
        yield from owned(statement, "has_extracutaneous", value, place, status)
        return
    named = [m for m in cell.named if m.table == NAMED_ORGAN and m.group in ORGANS]
    if (
        set(cell.fields) - {"organ", "text"}
        or not (named or cell.organ)
        or is_other(statement, said)
    ):
        return
    rule = named[0].rule if named else "table:organ"
    for organ in dict.fromkeys([*([cell.organ] if cell.organ else []), *(m.group for m in named)]):
        yield from owned(statement, "organ", organ, whole(statement, rule), status)
    for mention in named:
        if not mention.concept.endswith("_involvement"):
            place = whole(statement, mention.rule)
            yield from owned(statement, "manifestation", mention.concept, place, status)


def is_other(statement: Statement, said: str | None) -> bool:
    """A normal test and a denial in words: the first says nothing, the second is read as text."""
    return said is None and DENIES.match(statement.text) is not None


def outcome_drafts(statement: Statement, cell: Cell, words: CellWords) -> Iterator[Draft]:
    """Dead by any word for it; alive by a word for it, or by any status at a later time."""
    cues = words.found(statement, "outcome")
    values = {cue.value: cue for cue in reversed(cues)}
    if "dead" in values and not re.search(r"\b(?:not|no)\b", statement.text, re.IGNORECASE):
        yield from owned(statement, "outcome", "dead", values["dead"])
        return
    is_later = LATER.search(cell.header) is not None
    cue_alive = values.get("alive") or (values.get("status") if is_later else None)
    if cue_alive is not None and "lost" not in values:
        yield from owned(statement, "outcome", "alive", cue_alive)


def follow_up_drafts(statement: Statement, cell: Cell) -> Iterator[Draft]:
    """The time of follow-up in months, its unit from the cell or from the header."""
    found = DURATION.search(fold(statement.text))
    if found is not None:
        months = months_of(found)
    else:
        found = NUMBER.match(statement.text)
        unit = 1.0 if MONTHS.search(cell.header) else 12.0 if YEARS.search(cell.header) else None
        months = float(found["n"].replace(",", ".")) * unit if found and unit else None
    if found is not None and months:
        place = place_of(found, statement, "table:follow_up")
        yield from owned(statement, "follow_up_months", f"{months:g}", place)


def whole(statement: Statement, rule: str) -> Place:
    """The whole cell as the words for a value."""
    return Place(statement.start, statement.end, rule)


def owned(
    statement: Statement,
    field: str,
    value: str,
    words: Words,
    status: Status = "present",
    item: int | None = None,
) -> Iterator[Draft]:
    """One draft for each patient of the cell, or one of the literature."""
    is_cited = statement.teller == "cited"
    for label in statement.patients or (None,):
        subject: Subject = "literature" if is_cited else "patient" if label else "other"
        yield make_draft(
            label, field, value, statement, words, CONFIDENCE,
            item=item, status=status, subject=subject,
        )  # fmt: skip

"""The values of a patient that stand in the cells of a table, each cell as the evidence.

Reads a Report and rules/table_cells.csv, writes nothing. Free text in cells is read by the other
extractors; here are the cells that only their header makes a value: '57/F', 'IgG', '+', 'Died'.
Guideline: a cell that says no denies; an empty cell, 'ND', 'NR' and '?' are not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.follow_up import DURATION, months_of
from pipeline.extractors.organs import ORGANS
from pipeline.extractors.tables.cell_people import Told, age_in, sex_in
from pipeline.extractors.tables.cell_words import CellWords
from pipeline.language.folding import fold
from pipeline.records import Cell, Draft, Mention, Report, Statement, Status
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
        statement, None, "patient_match", cell.label or cell.entry, "table:unmatched",
        status="uncertain", confidence=UNMATCHED,
    )  # fmt: skip


def person_drafts(statement: Statement) -> Iterator[Draft]:
    age, sex = age_in(statement), sex_in(statement)
    if age is not None and age.is_decade:
        yield from owned(statement, "age_low", age.value, "table:age", age)
        yield from owned(statement, "age_high", f"{float(age.value) + 9:g}", "table:age", age)
    elif age is not None:
        yield from owned(statement, "age_years", age.value, "table:age", age)
    if sex is not None:
        yield from owned(statement, "sex", sex.value, "table:sex", sex)


def paraprotein_drafts(statement: Statement, cell: Cell, said: str | None) -> Iterator[Draft]:
    """'+' and a concentration say present, '-' and 'none' absent; isotypes are read as text."""
    if said in ("yes", "no"):
        status: Status = "present" if said == "yes" else "absent"
        yield from owned(
            statement, "paraprotein_status", status, "table:paraprotein", status=status
        )
    number = NUMBER.match(statement.text)
    per_l = 10.0 if G_PER_DL.search(cell.header) else 1.0 if G_PER_L.search(cell.header) else None
    if number is None or per_l is None or not float(number["n"].replace(",", ".")):
        return
    place = Told("", statement.start + number.start("n"), statement.start + number.end("n"))
    amount = round(float(number["n"].replace(",", ".")) * per_l, 2)
    yield from owned(statement, "paraprotein_status", "present", "table:paraprotein", place)
    yield from owned(
        statement, "concentration_g_per_l", f"{amount:g}", "table:paraprotein", place, item=1
    )


def organ_drafts(statement: Statement, cell: Cell, said: str | None) -> Iterator[Draft]:
    """A header that names an organ or a finding, with a cell that affirms or denies it."""
    if {"organs", "systemic"} & set(cell.fields) and said in ("yes", "no"):
        value, status = ("true", "present") if said == "yes" else ("false", "absent")
        yield from owned(statement, "has_extracutaneous", value, "table:systemic", status=status)
        return
    named = [m for m in cell.named if m.table == NAMED_ORGAN and m.group in ORGANS]
    if (
        set(cell.fields) - {"organ", "text"}
        or not (named or cell.organ)
        or is_other(statement, said)
    ):
        return
    status = "absent" if said == "no" else "present"
    for organ in dict.fromkeys([*([cell.organ] if cell.organ else []), *(m.group for m in named)]):
        yield from owned(statement, "organ", organ, rule_of(named), status=status)
    for mention in named:
        if not mention.concept.endswith("_involvement"):
            yield from owned(
                statement, "manifestation", mention.concept, mention.rule, status=status
            )


def is_other(statement: Statement, said: str | None) -> bool:
    """A normal test and a denial in words: the first says nothing, the second is read as text."""
    return said is None and DENIES.match(statement.text) is not None


def rule_of(named: Sequence[Mention]) -> str:
    return named[0].rule if named else "table:organ"


def outcome_drafts(statement: Statement, cell: Cell, words: CellWords) -> Iterator[Draft]:
    """Dead by any word for it; alive by a word for it, or by any status at a later time."""
    cues = words.found(statement, "outcome")
    values = {cue.value: cue for cue in reversed(cues)}
    if "dead" in values and not re.search(r"\b(?:not|no)\b", statement.text, re.IGNORECASE):
        cue = values["dead"]
        place = Told("dead", cue.start, cue.end)
        yield from owned(statement, "outcome", "dead", cue.rule, place)
        return
    is_later = LATER.search(cell.header) is not None
    cue_alive = values.get("alive") or (values.get("status") if is_later else None)
    if cue_alive is not None and "lost" not in values:
        place = Told("alive", cue_alive.start, cue_alive.end)
        yield from owned(statement, "outcome", "alive", cue_alive.rule, place)


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
        place = Told("", statement.start + found.start(), statement.start + found.end())
        yield from owned(statement, "follow_up_months", f"{months:g}", "table:follow_up", place)


def owned(
    statement: Statement,
    field: str,
    value: str,
    rule: str,
    place: Told | None = None,
    status: str = "present",
    item: int | None = None,
) -> Iterator[Draft]:
    """One draft for each patient of the cell, or one of the literature."""
    for label in statement.patients or (None,):
        yield make_draft(
            statement, label, field, value, rule, place=place, status=status, item=item
        )


def make_draft(
    statement: Statement,
    label: str | None,
    field: str,
    value: str,
    rule: str,
    *,
    place: Told | None = None,
    status: str = "present",
    confidence: float = CONFIDENCE,
    item: int | None = None,
) -> Draft:
    is_cited = statement.teller == "cited"
    return Draft(
        patient=label, field=field, value=value, item=item, statement=statement,
        start=place.start if place else statement.start, end=place.end if place else statement.end,
        status=status,  # type: ignore[arg-type]
        subject="literature" if is_cited else "patient" if label else "other",
        rule=rule, confidence=confidence,
    )  # fmt: skip

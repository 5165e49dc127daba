"""What the headers of a table mean, and what the cells below them look like.

Reads rules/table_headers.csv, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.language.grids import GridCell, Row
from pipeline.rules import Row as Rule
from pipeline.rules import Rules

PERSON = frozenset(("label", "age", "sex"))
# What a table tells of a patient; a column of a first author and one of these is a cited patient.
TOLD = PERSON | {
    *("paraprotein", "heavy", "light", "disorder", "organs", "organ", "systemic", "therapy"),
    *("response", "outcome", "outcome_response", "follow_up", "relapse", "text"),
}  # fmt: skip
PARTS = re.compile(r"[/,;&+()\[\]]| and | - ")
AGE_OR_SEX = re.compile(
    r"\D{0,12}\d{1,3}(?:\.\d)?\D{0,14}|\W*(?:[mf♂♀]|(?:fe)?male|(?:wo)?man|n\.?[dras]\.?|-|\?"
    r"|unknown)\W*",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:our |the )?(?:patients?|cases?|pts?|subjects?|caso|cas|fall|p|c)?[ .#]*(?:no\.?|number)? ?"
    r"(?P<label>\d{1,2}|[a-h]|i{1,3}|iv|vi{0,3}|ix|x)[.)]?(?: ?[(\[].*)?",
    re.IGNORECASE,
)
PERSON_WORD = re.compile(
    r"(?:our |the |present |index )?(?:patient|case|value|findings?|result)", re.I
)
COUNT = re.compile(r"\d+(?:\.\d+)? ?(?:\(|/ ?\d|%|±|\+/-).*|\d+(?:\.\d+)? ?[-–] ?\d+.*")
LEAST_FIELDS = 2
LONGEST_HEADER = 100


@dataclass(frozen=True)
class Heading:
    """What a header means: fields of a patient, an organ, or a figure of a group."""

    text: str
    fields: tuple[str, ...] = ()
    organ: str = ""
    is_of_group: bool = False


class HeadingReader:
    """The rows on headers, compiled once."""

    def __init__(self, rules: Rules) -> None:
        self.headers = [(row, compiled(row)) for row in rules.table("table_headers")]

    def read(self, *words: str) -> Heading:
        """A header of several rows: what its lowest row means, else all rows together, else the
        row above ('Monoclonal protein' over 'Heavy chain')."""
        whole = " ".join(words)
        known = (self.meaning_of(text) for text in (*words[-1:], whole, *reversed(words[:-1])))
        found = next((heading for heading in known if heading.fields or heading.is_of_group), None)
        return replace(found or Heading(""), text=whole)

    def meaning_of(self, text: str) -> Heading:
        """A header as a whole, else the fields of its parts: 'Age/sex', 'Treatment (response)'."""
        plain = GridCell(text, 0, 0).plain.strip(" .:")
        whole = self.rule_for(plain)
        found = [whole] if whole else [self.rule_for(p.strip(" .:")) for p in PARTS.split(plain)]
        rules = [rule for rule in found if rule is not None]
        named = [rule.id for rule in rules if rule.group == "header"]
        fields = [name for name in named if name != "year" or len(named) == 1]  # a unit, not a date
        if "age_sex" in fields:
            fields += ["age", "sex"]
        is_of_group = bool(rules) and not fields and rules[0].id == "aggregate"
        organ = next((rule.codes for rule in rules if rule.codes), "")
        return Heading(text, tuple(dict.fromkeys(fields)), organ, is_of_group)

    def rule_for(self, plain: str) -> Rule | None:
        if len(plain) > LONGEST_HEADER:
            return None
        return next((row for row, pattern in self.headers if pattern.fullmatch(plain)), None)


def compiled(row: Rule) -> re.Pattern[str]:
    return re.compile(row.term, re.IGNORECASE)


def matches(patterns: Sequence[re.Pattern[str]], words: str) -> bool:
    return any(pattern.fullmatch(words.strip(" .:")) for pattern in patterns)


def fields_of(headings: Sequence[Heading]) -> set[str]:
    return {field for heading in headings for field in heading.fields}


def is_of_patients(headings: Sequence[Heading]) -> bool:
    """Two things told of each, one of which is who it is or where it was published."""
    fields = fields_of(headings)
    is_person_told = bool(fields & (PERSON | {"reference"})) or "paraprotein" in fields
    return is_person_told and len(fields & TOLD) >= LEAST_FIELDS


def has_ages(rows: Sequence[Row], headings: Sequence[Heading]) -> bool:
    """False where the cells below 'Age' or 'Sex' are mostly no age and no sex of one person."""
    columns = [n for n, heading in enumerate(headings) if {"age", "sex"} & set(heading.fields)]
    cells = [row[n].plain for row in rows for n in columns if row[n].text]
    told = [text for text in cells if AGE_OR_SEX.fullmatch(text) and "%" not in text]
    return not cells or len(told) * 2 > len(cells)


def is_unnamed_label(rows: Sequence[Row], heading: Heading) -> bool:
    """A first column without a header, or with one unknown, whose cells are 'Case 1', '2' …"""
    cells = [row[0].plain for row in rows if row[0].text]
    return not heading.fields and bool(cells) and all(map(is_person, cells))


def is_person(words: str) -> bool:
    return LABEL.fullmatch(words) is not None or PERSON_WORD.fullmatch(words) is not None


def label_in(words: str) -> str:
    """'2' of 'Case 2 (ref. 5)'; empty where the words hold no label."""
    found = LABEL.fullmatch(words)
    return found["label"].upper() if found else ""


def counts_share(rows: Sequence[Row]) -> float:
    """The share of cells behind the first column that are counts: '17 (57)', '17/30', '59 ± 9'."""
    cells = [cell.plain for row in rows for cell in row[1:] if cell.text]
    return sum(COUNT.fullmatch(text) is not None for text in cells) / len(cells) if cells else 0.0


def has_names(rows: Sequence[Row]) -> bool:
    """True where most rows begin with words or below the words of a row above."""
    named = [row for row in rows if not row[0].text or re.search(r"[a-z]", row[0].plain)]
    return len(named) * 2 > len(rows)

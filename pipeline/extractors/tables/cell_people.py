"""Age and sex of the patients of a table. Reads statements that are cells, writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.folding import fold
from pipeline.records import Statement

AGE = re.compile(
    r"(?<![\d.,-])(?<!\d/)(?P<age>\d{1,3}(?:\.\d)?)(?![\d%]|\.\d| ?(?:mo|months?|weeks?|days?)\b)"
)
MONTHS = re.compile(r"(?<![\d.])(?P<age>\d{1,2}) ?(?:mo|months?)\b", re.IGNORECASE)
DECADE = re.compile(r"(?<!\d)(?P<age>[1-9]0)'?s\b")
SEX = re.compile(
    r"(?<![a-z])(?P<female>females?|wom[ae]n|girl|fem|f|♀|mujer|femme|frau|w(?=$|\W))(?![a-z])"
    r"|(?<![a-z])(?P<male>males?|m[ae]n|boy|m|♂|h(?=$|\W)|hombre|homme|mann)(?![a-z])",
    re.IGNORECASE,
)
OLDEST_YEARS = 115
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Told:
    """A value of a cell, its place in the section and what read it."""

    value: str
    start: int
    end: int
    rule: str
    is_decade: bool = False


def age_in(statement: Statement) -> Told | None:
    """The age of an 'Age' or 'Age/sex' cell in years; a decade by its first year."""
    if statement.cell is None or "age" not in statement.cell.fields:
        return None
    text = fold(statement.text)
    decade, months = DECADE.search(text), MONTHS.search(text)
    found = decade or AGE.search(text) or months
    if found is None or float(found["age"]) > OLDEST_YEARS:
        return None
    years = float(found["age"]) / (MONTHS_A_YEAR if found is months else 1)
    start, end = statement.start + found.start("age"), statement.start + found.end()
    return Told(f"{round(years, 2):g}", start, end, "table:age", found is decade)


def sex_in(statement: Statement) -> Told | None:
    """The sex of a 'Sex' or 'Age/sex' cell."""
    if statement.cell is None or "sex" not in statement.cell.fields:
        return None
    found = SEX.search(re.sub(r"(?<=\d)(?=[a-z])", " ", fold(statement.text)))
    plain = SEX.search(fold(statement.text)) or re.search(
        r"(?<=\d)(?:(?P<female>f)|(?P<male>m))(?![a-z])", fold(statement.text), re.IGNORECASE
    )
    if found is None or plain is None:
        return None
    value = "female" if plain["female"] else "male"
    return Told(value, statement.start + plain.start(), statement.start + plain.end(), "table:sex")

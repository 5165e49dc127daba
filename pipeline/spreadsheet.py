"""A CSV file that people also open in a spreadsheet program: what such programs do to a cell.

Reads nothing, writes nothing.
Both who writes corrections.csv and who reads it go by this, so that a cell comes back as meant.
"""

from __future__ import annotations

import re
from datetime import datetime

# A cell that begins so may be run as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DATE = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?))?")


def harmless(value: object) -> str:
    """A cell that no spreadsheet program runs as a formula: an apostrophe goes before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if is_like_formula(text) else text


def is_like_formula(text: str) -> bool:
    """Also behind apostrophes, so that `as_meant` takes away exactly what `harmless` put."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def as_meant(cell: str) -> str:
    """The value that was put into a cell: no blanks around it, no apostrophe before a formula.

    Spreadsheet programs also write true and false in capitals.
    """
    text = cell.strip()
    if text.startswith("'") and is_like_formula(text):
        text = text[1:]
    return text.lower() if text in ("TRUE", "FALSE") else text


def as_date(cell: str) -> str:
    """A date that a spreadsheet program rewrote, as ISO 8601; what could be two dates stays."""
    found = DATE.fullmatch(cell)
    if found is None or is_iso(cell):
        return cell
    first, separator, second, third, clock = found.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    elif len(third) == 4 and (separator == "." or int(first) > 12):
        day, month, year = first, second, third
    elif len(third) == 4 and int(second) > 12:
        month, day, year = first, second, third
    else:
        return cell
    return f"{year}-{int(month):02}-{int(day):02}" + (f"T{clock.zfill(5)}" if clock else "")


def is_iso(cell: str) -> bool:
    try:
        datetime.fromisoformat(cell)
    except ValueError:
        return False
    return True


def delimiter_of(text: str) -> str:
    """What stands between the cells: programs of some countries write semicolons, some tabs."""
    first_line = text.partition("\n")[0]
    return next((mark for mark in (";", "\t") if mark in first_line), ",")

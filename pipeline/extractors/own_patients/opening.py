"""The sentence that introduces the only patient of a report. Reads a Report, writes nothing.

A report may open with its patient before anything says that it tells of one: 'A 36-year-old woman
was admitted.', '68F, known for four years.' Age and sex are read there.
"""

from __future__ import annotations

import re

from pipeline.language.folding import fold
from pipeline.records import Report, Statement

NOBODYS = ("cited", "family", "recommendation", "heading")
INTRODUCES = re.compile(
    r"^\W*(?:(?:case|patient|case report|introduction|abstract)\W+)?(?:an?|this|the|our|one)?\s?"
    r"(?:[\w-]+ ){0,4}?(?:\d{1,3}(?: and a half)?[\s-]{0,3}(?:years?|yrs?|months?|weeks?|days?)"
    r"[\s-]{0,3}old|\d\d ?-?[MF]\b|[MF] ?[/,] ?\d\d\b|\d\d[ -]?(?:yo|y[/-]o)\b"
    r"|[a-z]+ty(?:[ -][a-z]+)?[ -]years?[ -]old"
    r"|(?:wom[ae]n|m[ae]n|male|female|boy|girl|patient|lady|gentleman)\W{1,3}(?:aged |of )?\d\d\b)"
    r"(?! (?:history|cohort|study|period|follow))"
    r"|^\W*(?:患者)?[,,:]? ?[男女][性]?[,,]? ?\d\d ?[岁歲歳]",
    re.IGNORECASE,
)
CITED = re.compile(r"\bet al\b|\bliterature\b|\b(?:reported|described) by\b", re.IGNORECASE)


def opening_statement(report: Report) -> Statement | None:
    """The first sentence that opens with a person's age, in a report on one patient; else None."""
    if report.labels != ("1",):  # another label is left of a report on several
        return None
    for statement in report.statements:
        if statement.role in ("title", "keywords", "other") or statement.teller in NOBODYS:
            continue
        text = fold(statement.text)
        if INTRODUCES.match(text) and not CITED.search(text):
            return statement
        if statement.patients:
            return None
    return None

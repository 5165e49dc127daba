"""Whether the chain named in a sentence is shown to be of a monoclonal protein.

Reads the mentions of rules/paraproteins.csv, writes nothing.
A class of immunoglobulin is named for many reasons: as a level of the serum, as a deposit in the
skin, as an antibody; only beside a word for the paraprotein or its typing is it the component's.
"""

from __future__ import annotations

import re

from pipeline.records import Mention, Statement

# Words that make an isotype something other than the patient's serum component.
ELSEWHERE = re.compile(
    r"immunofluoresc|immunohistochem|immunostain|\bdeposit|in situ|cerebrospinal|\bcsf\b|liquor"
    r"|\banti-|autoantibod|rheumatoid factor|cardiolipin|serolog|cryoglobul|intrathecal"
    r"|staining|inmunofluoresc|imunofluoresc|biops|borrelia|virus|index",
    re.IGNORECASE,
)
TOTAL = re.compile(r"\b(?:total|polyclonal|normal|serum level of)(?: serum)? $", re.IGNORECASE)
RAISED = re.compile(
    r"[ ,:(]{1,2}(?:(?:being|was|were|is|levels?|slightly|moderately) ){0,3}(?:polyclonal|increased"
    r"|elevated|raised|normal|reduced|decreased|low\b|high\b|suppressed)",
    re.IGNORECASE,
)
HEAD_REACH = 45
# "Immunofixation identified IgG": the method shows single clones only.
TYPED = re.compile(
    r"[^.;,]{0,30}\b(?:it|this|which|band|was|is|showed|identified|revealed|disclosed|demonstrated"
    r"|detected|found|typed|confirmed|of|with|as)\b[^.;,\d]{0,20}",
    re.IGNORECASE,
)
TYPING = re.compile(r"immuno-? ?(?:fixation|typing|electrophor)", re.IGNORECASE)
NOT_TYPED = re.compile(
    r"\b(?:normal|levels?|elevated|increased|raised|poly|deposits?|no|not)", re.I
)
FIGURE = re.compile(r"\d ?(?:mg|g) ?/ ?d?l|\d ?iu|normal|\blevels?\b|\bratio\b", re.IGNORECASE)

AMOUNT = re.compile(r"\d{1,2}(?:[.,]\d{1,2})? ?g ?/ ?d?l\b", re.IGNORECASE)


def is_near(statement: Statement, text: str, pair: tuple[Mention, ...], head: Mention) -> bool:
    """A head before or behind the chain, with no figure of a level where the chain comes first."""
    if head.group == "disorder" and head.concept not in ("multiple_myeloma", "smouldering_myeloma",
                                                         "MGUS", "other"):  # fmt: skip
        return False
    if head.start >= pair[-1].end:
        between = text[pair[-1].end - statement.start : head.start - statement.start]
        return len(between) <= HEAD_REACH and not re.search(r"[.;,]|\d", between)
    between = text[head.end - statement.start : pair[0].start - statement.start]
    return (
        len(between) <= HEAD_REACH * 2
        and not re.search(r"[.;]", between.replace("e.g.", ""))
        and not re.search(r"\b(?:but|normal|levels? of|elevated|increased)\b", between)
    )


def is_typed_by(statement: Statement, text: str, pair: tuple[Mention, ...], test: Mention) -> bool:
    """True for a chain that an immunofixation names: 'on immunofixation it was IgG'."""
    if test.group != "test" or not TYPING.search(test.text) or test.end > pair[0].start:
        return False
    between = text[test.end - statement.start : pair[0].start - statement.start]
    return TYPED.fullmatch(between) is not None and NOT_TYPED.search(between) is None


def is_figure(statement: Statement, text: str, pair: tuple[Mention, ...]) -> bool:
    """'IgG 1490 mg/dL', 'kappa/lambda ratio': a level; 'IgG kappa 7 g/L' is a component."""
    behind = text[pair[-1].end - statement.start :][:30].lstrip(" ,:(=of")
    between = text[pair[0].end - statement.start : pair[-1].start - statement.start]
    is_amount = "," not in between and AMOUNT.match(behind) is not None
    return not is_amount and FIGURE.match(behind) is not None


def is_level(statement: Statement, text: str, pair: tuple[Mention, ...]) -> bool:
    """'IgG being polyclonally increased', 'a total IgG of 18 g/L': a class of the serum."""
    start, end = pair[0].start - statement.start, pair[-1].end - statement.start
    return TOTAL.search(text[:start]) is not None or RAISED.match(text[end:]) is not None

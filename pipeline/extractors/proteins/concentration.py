"""The concentration of an M component, in g/L. Reads statements, writes nothing.

Only the figure behind a word for the paraprotein counts: total IgG, total protein and free light
chains are other measures (clinical reference 4.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import Place, make_draft
from pipeline.extractors.proteins.affirmation import is_affirmed
from pipeline.extractors.proteins.components import Component, item_of
from pipeline.language.folding import fold
from pipeline.records import Draft, Mention, Statement

TABLE = "paraproteins"
CONCENTRATION = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?) ?((?:gm?|gr|grams?|mg|milligrams?) ?(?:/|per) ?"
    r"(?:d[lL]|[lL]|100 ?m[lL]|deciliters?|decilitres?|liters?|litres?)|gm? ?%)(?![a-zA-Z])"
)
MILLIGRAMS = re.compile(r"mg|milligram", re.IGNORECASE)
PER_DECILITRE = re.compile(r"dl|100ml|decilit|%", re.IGNORECASE)
BAND = re.compile(
    r" (?:light[- ]chain )?(?:bands?|spikes?|peaks?|components?|restriction)\b", re.IGNORECASE
)
HEAVY_BEFORE = re.compile(r"\big ?[gamde][ -]?$", re.IGNORECASE)
ITS_LEVEL = re.compile(r" (?:levels?|concentrations?)\b", re.IGNORECASE)
AMOUNT_REACH = 70
BEFORE_REACH = 30  # "0.9 g/dL of a monoclonal IgG kappa protein"
OF_THE_SPIKE = re.compile(
    r" (?:of )?(?:an? |the )?(?:(?:small|serum|abnormal|ig ?[gamde]|kappa|lambda|κ|λ)[ -]?){0,4}",
    re.IGNORECASE,
)
NOT_THE_SPIKE = re.compile(
    r"\btotal|\blevels?\b|free light|reference|normal|protein(?:s|a)? (?:total|was)|albumin"
    r"|creatinine|calcium|h(?:a)?emoglobin",
    re.IGNORECASE,
)


def concentration_drafts(
    label: str | None, items: Sequence[tuple[Component, int]], statements: Sequence[Statement]
) -> Iterator[Draft]:
    for statement in statements:
        for mention in statement.of(TABLE):
            if label is None or not (
                is_clone(statement, mention) and is_affirmed(statement, mention)
            ):
                continue
            found = amount_near(statement, mention)
            if found is None or label not in statement.patients:
                continue
            number, start, end = found
            place = Place(start, end, "paraprotein:amount_near")
            item = item_of(statement, mention, items)
            field, value = "concentration_g_per_l", f"{number:g}"
            yield make_draft(label, field, value, statement, place, 0.85, item=item)


def is_clone(statement: Statement, mention: Mention) -> bool:
    """A word for the paraprotein, or its light chain with 'band' or its amount behind it: 'IgG
    lambda band', 'IgG lambda 5 g/L'."""
    if mention.group != "light":
        return mention.group == "head"
    text = fold(statement.text)
    start, end = mention.start - statement.start, mention.end - statement.start
    is_measured = CONCENTRATION.match(text[end:].lstrip(" ,:(")) is not None
    return BAND.match(text, end) is not None or (
        is_measured and HEAVY_BEFORE.search(text[:start]) is not None
    )


def amount_near(statement: Statement, head: Mention) -> tuple[float, int, int] | None:
    """The first amount behind the head, else the one right before it, in g/L."""
    text = fold(statement.text)
    begin = head.end - statement.start
    level = ITS_LEVEL.match(text, begin)  # 'M-protein level was', not 'the level of IgG'
    begin = level.end() if level else begin
    found = CONCENTRATION.search(text, begin, begin + AMOUNT_REACH)
    if found is None or NOT_THE_SPIKE.search(text[begin : found.start()]):
        found = amount_before(text, head.start - statement.start)
    if found is None:
        return None
    number = float(found[1].replace(",", ".")) * grams_per_litre(found[2])
    return round(number, 4), statement.start + found.start(), statement.start + found.end()


def amount_before(text: str, end: int) -> re.Match[str] | None:
    """The last amount before a head with nothing between that could be measured instead."""
    places = list(CONCENTRATION.finditer(text, max(0, end - BEFORE_REACH - 12), end))
    if not places or OF_THE_SPIKE.fullmatch(text[places[-1].end() : end]) is None:
        return None
    return places[-1]


def grams_per_litre(unit: str) -> float:
    """What one of the unit is in g/L: 1 g/dL is 10 g/L."""
    bare = unit.replace(" ", "")
    milligrams = 0.001 if MILLIGRAMS.match(bare) else 1.0
    return milligrams * (10.0 if PER_DECILITRE.search(bare) else 1.0)

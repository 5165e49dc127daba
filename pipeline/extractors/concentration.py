"""The concentration of an M component, in g/L. Reads statements, writes nothing.

Only the figure behind a word for the paraprotein counts: total IgG, total protein and free light
chains are other measures (clinical reference 4.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.affirmation import is_affirmed
from pipeline.extractors.components import Component, item_of
from pipeline.language.folding import fold
from pipeline.records import Draft, Mention, Statement

TABLE = "paraproteins"
CONCENTRATION = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?) ?(g ?/ ?d[lL]|g ?/ ?[lL]|mg ?/ ?d[lL]|mg ?/ ?[lL]|g ?%"
    r"|g ?/ ?100 ?m[lL])(?![a-zA-Z])"
)
GRAMS_PER_LITRE = {
    "g/dl": 10.0,
    "g/l": 1.0,
    "mg/dl": 0.01,
    "mg/l": 0.001,
    "g%": 10.0,
    "g/100ml": 10.0,
}
AMOUNT_REACH = 70
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
            if mention.group != "head" or not is_affirmed(statement, mention) or label is None:
                continue
            found = amount_near(statement, mention)
            if found is None or label not in statement.patients:
                continue
            number, start, end = found
            yield Draft(
                patient=label, field="concentration_g_per_l", value=f"{number:g}",
                item=item_of(statement, mention, items), statement=statement, start=start, end=end,
                rule="paraprotein:amount_near", confidence=0.85,
            )  # fmt: skip


def amount_near(statement: Statement, head: Mention) -> tuple[float, int, int] | None:
    """The first amount behind the head, in g/L, where no other measure is named in between."""
    text = fold(statement.text)
    begin = head.end - statement.start
    found = CONCENTRATION.search(text, begin, begin + AMOUNT_REACH)
    if found is None or NOT_THE_SPIKE.search(text[begin : found.start()]):
        return None
    factor = GRAMS_PER_LITRE[found[2].replace(" ", "").lower()]
    number = float(found[1].replace(",", ".")) * factor
    return round(number, 4), statement.start + found.start(), statement.start + found.end()

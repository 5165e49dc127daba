"""M components: which heavy and light chain belong together, and which are one component.

Reads the mentions of rules/paraproteins.csv, writes nothing.
"IgG" counts only beside a word for the monoclonal protein, never as a level of the serum;
a pair such as "IgG lambda" counts alone, but not of deposits, antibodies or liquor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language.folding import fold
from pipeline.records import Mention, Statement, Status

TABLE = "paraproteins"
# Words that may stand between the two chains of one component.
BETWEEN = re.compile(
    r"(?:[\s,()/\[\]-]|with|of|the|an?|and|in|its|to|type|class|isotype|sub(?:type|class)|serum|monoclonal"
    r"|bands?|peaks?|spikes?|components?|gammopath(?:y|ies)|m|para-?protein(?:a?emia)?|proteins?|heavy"
    r"|light|chains?|ig[gam]?|immunoglobulins?|restrict(?:ed|ion)|specificity|predominance|positive"
    r"|containing|having|being|was|typed?|as|bearing|expressing|associated|free|both|mainly|heavy-chain"
    r"|de|con|tipo|cadenas?|ligeras?|pesadas?|cadeias?|leves?|com|a|e|y|et|chaines?|legeres?|lourdes?"
    r"|avec|mit|vom|typ|leichtketten?|schwerketten?|und|pico|banda|gam+[ao]patia|monoclonale?)*",
    re.IGNORECASE,
)
# Words that make an isotype something other than the patient's serum component.
ELSEWHERE = re.compile(
    r"immunofluoresc|immunohistochem|immunostain|\bdeposit|in situ|cerebrospinal|\bcsf\b|liquor"
    r"|\banti-|autoantibod|rheumatoid factor|cardiolipin|serolog|\bivig\b|cryoglobul|intrathecal"
    r"|staining|inmunofluoresc|imunofluoresc|biops|borrelia|virus|index",
    re.IGNORECASE,
)
HEAD_GROUPS = ("head", "monoclonal", "disorder")
HEAD_REACH = 45
FIGURE = re.compile(r"\d ?(?:mg|g) ?/ ?d?l|\d ?iu|normal|\blevels?\b|\bratio\b", re.IGNORECASE)


@dataclass(frozen=True)
class Component:
    """One mention of a component; `is_proof` where the words alone show that it is monoclonal."""

    statement: Statement
    mentions: tuple[Mention, ...]
    is_proof: bool
    status: Status
    confidence: float

    @property
    def heavy(self) -> str | None:
        return next((m.concept for m in self.mentions if m.group == "heavy"), None)

    @property
    def light(self) -> str | None:
        return next((m.concept for m in self.mentions if m.group == "light"), None)


def components_of(statement: Statement) -> list[Component]:
    """The components a statement names, in order."""
    mentions = statement.of(TABLE)
    if not any(m.group in ("heavy", "light") for m in mentions):
        return []
    text = fold(statement.text)
    if ELSEWHERE.search(text) and not any(m.group in HEAD_GROUPS for m in mentions):
        return []
    heads = [m for m in mentions if m.group in HEAD_GROUPS]
    found = []
    for pair in pairs(statement, text, [m for m in mentions if m.group in ("heavy", "light")]):
        component = judged(statement, text, pair, heads)
        if component is not None:
            found.append(component)
    return found


def pairs(statement: Statement, text: str, chains: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Neighbouring heavy and light chains with nothing but joining words between them."""
    found: list[tuple[Mention, ...]] = []
    for chain in chains:
        last = found[-1] if found else ()
        between = (
            text[last[-1].end - statement.start : chain.start - statement.start] if last else ""
        )
        if len(last) == 2 and chain.concept in (m.concept for m in last) and len(between) < 4:
            continue
        if len(last) == 1 and last[0].group != chain.group and BETWEEN.fullmatch(between):
            found[-1] = (last[0], chain)
        elif len(last) == 1 and last[0].concept == chain.concept and BETWEEN.fullmatch(between):
            found[-1] = (chain,)  # "immunoglobulin G (IgG)" said twice
        else:
            found.append((chain,))
    return found


def judged(
    statement: Statement, text: str, pair: tuple[Mention, ...], heads: Sequence[Mention]
) -> Component | None:
    """The pair as a component, None where nothing shows that it is monoclonal."""
    first = pair[0]
    is_pair = len(pair) == 2
    near = [head for head in heads if is_near(statement, text, pair, head)]
    if not is_pair and not near:
        return None
    is_unsure = first.is_hypothetical or first.is_uncertain
    if is_pair and not near and is_figure(statement, text, pair):
        return None
    status: Status = "absent" if first.is_negated else "uncertain" if is_unsure else "present"
    if near and all(head.group != "disorder" for head in near) and all(h.is_negated for h in near):
        status = "absent"
    is_proof = is_pair or any(head.group in ("monoclonal", "disorder") for head in near)
    return Component(statement, pair, is_proof and not is_unsure, status, 0.95 if is_pair else 0.88)


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


def is_figure(statement: Statement, text: str, pair: tuple[Mention, ...]) -> bool:
    """'IgG 1490 mg/dL', 'kappa/lambda ratio': a level, not a component."""
    behind = text[pair[-1].end - statement.start :][:30]
    return FIGURE.match(behind.lstrip(" ,:(=of")) is not None


def numbered(components: Sequence[Component]) -> list[tuple[Component, int]]:
    """Each mention with the number of its component; what one mention leaves open another fills."""
    known: list[list[str | None]] = []
    order = sorted(range(len(components)), key=lambda i: -len(components[i].mentions))
    numbers = {}
    for index in order:
        heavy, light = components[index].heavy, components[index].light
        numbers[index] = place_of(known, heavy, light)
    present = [i for i, c in enumerate(components) if c.status == "present"] or list(numbers)
    seen: dict[int, int] = {}
    for index in [*present, *range(len(components))]:
        seen.setdefault(numbers[index], len(seen) + 1)
    return [(component, seen[numbers[index]]) for index, component in enumerate(components)]


def place_of(known: list[list[str | None]], heavy: str | None, light: str | None) -> int:
    """The first known component that agrees in every chain both name; else a new one."""
    for place, (other_heavy, other_light) in enumerate(known):
        if (heavy in (None, other_heavy) or (other_heavy is None and light == other_light)) and (
            light in (None, other_light) or (other_light is None and heavy == other_heavy)
        ):
            known[place] = [other_heavy or heavy, other_light or light]
            return place
    known.append([heavy, light])
    return len(known) - 1


def item_of(statement: Statement, head: Mention, items: Sequence[tuple[Component, int]]) -> int:
    """The component named nearest to a head in its statement, else the first."""
    same = [
        (abs(c.mentions[0].start - head.start), item)
        for c, item in items
        if c.statement is statement
    ]
    return min(same)[1] if same else 1

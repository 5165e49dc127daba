"""M components: which heavy and light chain belong together, and which are one component.

Reads the mentions of rules/paraproteins.csv, writes nothing.
"IgG" counts only beside a word for the monoclonal protein, never as a level of the serum;
a pair such as "IgG lambda" counts alone, but not of deposits, antibodies or liquor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pipeline.extractors.proteins.affirmation import is_affirmed
from pipeline.extractors.proteins.clonality import (
    ELSEWHERE,
    is_figure,
    is_level,
    is_near,
    is_typed_by,
)
from pipeline.language.folding import fold
from pipeline.language.numbers import COUNTS
from pipeline.records import Mention, Statement, Status

TABLE = "paraproteins"
# Words that may stand between the two chains of one component.
BETWEEN = re.compile(
    r"(?:[\s,()/\[\]&;?-]|with|of|the|an?|and|in|its|to|type|class|isotype|sub(?:type|class)"
    r"|serum|monoclonal"
    r"|bands?|peaks?|spikes?|components?|gammopath(?:y|ies)|m|para-?protein(?:a?emia)?|proteins?"
    r"|heavy"
    r"|light|chains?|ig[gam]?|immunoglobulins?|restrict(?:ed|ion)|specificity|predominance|positive"
    r"|containing|having|being|was|typed?|as|bearing|expressing|associated|free|both|mainly"
    r"|heavy-chain"
    r"|de|con|tipo|cadenas?|ligeras?|pesadas?|cadeias?|leves?|com|a|e|y|et|chaines?|legeres?|lourdes?"
    r"|avec|mit|vom|typ|leichtketten?|schwerketten?|und|pico|banda|gam+[ao]patia|monoclonale?)*",
    re.IGNORECASE,
)
AGAIN = re.compile(r"[\s(\[/-]{0,3}$")  # 'IgG kappa (κ)', not 'IgG-κ, IgG-λ'
CHAINS = ("heavy", "light")
COUNTED = re.compile(rf" (?:chains? )?in (?:{COUNTS}|\d{{1,2}})\b", re.IGNORECASE)
PARAPROTEIN_FIELDS = frozenset(("paraprotein", "heavy", "light"))
# "Smouldering IgG kappa myeloma": the isotype within the name of the disorder.
ISOTYPE = re.compile(
    r"\b(?P<heavy>ig[ -]?[gamde])(?:[ -]?(?P<light>kappa|lambda|[κλ]))?(?![a-z])", re.IGNORECASE
)
HEAD_GROUPS = ("head", "monoclonal", "disorder")


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
    mentions = [m for m in with_isotypes(statement.of(TABLE)) if not is_counted(statement, m)]
    if not any(m.group in CHAINS for m in mentions):
        return []
    text = fold(statement.text)
    heads = [m for m in mentions if m.group in HEAD_GROUPS]
    found = []
    for pair in pairs(statement, text, [m for m in mentions if m.group in CHAINS]):
        if not heads and ELSEWHERE.search(clause_of(statement, text, pair)):
            continue
        component = judged(statement, text, pair, heads)
        if component is not None:
            found.append(component)
    return found


def is_counted(statement: Statement, chain: Mention) -> bool:
    """'Patients 1 to 4 had IgG (lambda in three)': of which of them the lambda is, is not told."""
    is_of_several = chain.group in CHAINS and len(statement.patients) > 1
    return is_of_several and COUNTED.match(statement.text, chain.end - statement.start) is not None


def clause_of(statement: Statement, text: str, pair: Sequence[Mention]) -> str:
    """The part of the sentence between semicolons in which the pair stands."""
    start = text.rfind(";", 0, pair[0].start - statement.start) + 1
    end = text.find(";", pair[-1].end - statement.start)
    return text[start:] if end < 0 else text[start:end]


def with_isotypes(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the chains that stand inside the name of a disorder among them."""
    found: list[Mention] = []
    for mention in mentions:
        found.append(mention)
        named = ISOTYPE.search(mention.text) if mention.group == "disorder" else None
        for group in CHAINS if named else ():
            if named and named[group]:
                start, end = (mention.start + place for place in named.span(group))
                found.append(
                    msgspec.structs.replace(
                        mention, group=group, concept=chain_of(named[group]), start=start, end=end,
                        text=named[group],
                    )
                )  # fmt: skip
    return found


def chain_of(words: str) -> str:
    """'Ig G' and 'κ' as the values of the fields."""
    if words.lower().startswith("ig"):
        return "Ig" + words[-1].upper()
    return "kappa" if words.lower() in ("kappa", "k", "κ") else "lambda"


def pairs(statement: Statement, text: str, chains: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """Neighbouring heavy and light chains with nothing but joining words between them."""
    found: list[tuple[Mention, ...]] = []
    for chain in chains:
        last = found[-1] if found else ()
        between = (
            text[last[-1].end - statement.start : chain.start - statement.start] if last else ""
        )
        if len(last) == 2 and chain.concept in (m.concept for m in last) and AGAIN.match(between):
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
    is_typed = any(is_typed_by(statement, text, pair, m) for m in statement.of(TABLE))
    is_typed |= is_in_its_column(statement)
    if not is_pair and not near and not is_typed:
        return None
    is_unsure = first.is_hypothetical or first.is_uncertain
    is_known = near or is_in_its_column(statement) or is_closed(pair)
    if is_pair and not is_known and is_figure(statement, text, pair):
        return None
    if not (is_pair or is_in_its_column(statement)) and is_level(statement, text, pair):
        return None
    is_denied = first.is_negated and not is_affirmed(statement, first)
    status: Status = "absent" if is_denied else "uncertain" if is_unsure else "present"
    if (
        near
        and all(head.group != "disorder" for head in near)
        and not any(is_affirmed(statement, head) for head in near)
    ):
        status = "absent"
    is_proof = is_pair or is_typed or any(head.group in ("monoclonal", "disorder") for head in near)
    return Component(statement, pair, is_proof and not is_unsure, status, 0.95 if is_pair else 0.88)


def is_closed(pair: tuple[Mention, ...]) -> bool:
    """'IgG kappa 5 g/L' is of one protein, 'IgG, kappa 5 mg/L' of two."""
    return pair[-1].start - pair[0].end <= 1


def is_in_its_column(statement: Statement) -> bool:
    """True for a cell of a table below 'Paraprotein', 'Ig type', 'Light chain'."""
    return statement.cell is not None and not PARAPROTEIN_FIELDS.isdisjoint(statement.cell.fields)


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

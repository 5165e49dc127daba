"""The treatments a sentence names: regimens spelt out, conditioning left to the transplant.

Reads mentions of rules/therapies.csv and rules/treatments.csv, writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extractors.clauses import ASIDE, is_listed_together, text_between
from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

REGIMEN = "regimen:"
IGNORED = "ignored"
TRANSPLANT = "autologous_sct"
# Given before stem cells return, these are the transplant, not a line (guideline, hard cases).
ALWAYS_CONDITIONING = frozenset(
    {"other:carmustine", "other:etoposide", "other:cytarabine", "other:busulfan"}
)
CONDITIONING = ALWAYS_CONDITIONING | {
    "melphalan",
    "cyclophosphamide",
    "other:fludarabine",
    "other:cytotoxic_agents_unspecified",
    "radiotherapy",
}
FOLLOWED = (
    " then ", " than ", "followed by", "subsequent", " later ", "thereafter", "finally",
    "afterward", "switch", " recently ", " currently ", " now ", " lately ", " at present ",
    " only ", "seguido", "seguida", "suivi", "gefolgt", "spater", "luego", "depois", " puis ",
)  # fmt: skip
NEAR = 45
SUBORDINATE = re.compile(
    r"(?:since|as|when|because|after|once|while|although|though|following|due to|owing to"
    r"|because of|despite|in spite of|instead of|unlike|in contrast to|rather than|tras|apos|apres"
    r"|nach|como|ante|devant)\b",
    re.IGNORECASE,
)
# 'In a woman with disease unresponsive to A, B resulted in …'
GOVERNED = re.compile(
    r"\b(?:refractory|resistant|unresponsive|recalcitrant|respond\w*|response|failed|failing"
    r"|failure"
    r"|refractari[oa]|refratari[oa]|refrattari[oa]|resistente|refractaire|echec|fracaso|falha"
    r"|fallimento) (?:\w+ )?(?:to|of|a|al|ao|aos|aux|de|du|des|di|la|alla|alle|agli|ai)?\b"
    r"[^;]*$",
    re.IGNORECASE,
)
ADDED = re.compile(
    r" (?:\w+ ){0,2}was (?:\w+ly |then |later |also )?(?:added|started|begun|introduced|commenced"
    r"|initiated|given|instituted|substituted|prescribed|tried|stopped|tapered|withdrawn"
    r"|discontinued)\b",
    re.IGNORECASE,
)
LISTED_ON = re.compile(r" ?\b(?:and|or|y|o|e|et|ou|und|oder|ni)\b", re.IGNORECASE)
PREDICATE = re.compile(
    r" (?:\w+ ){0,3}(?:was|were|had been|has been|is being|is now|brought|led|gave|produced"
    r"|resulted|induced|se|fue|foi|a ete|wurde|(?:a|ont) (?:permis"
    r"|entraine|apporte|amene|fait|donne)|permiti[ou]|permitieron|logr\w+|produj\w+|consigui\w+"
    r"|resulto|resultou|levou|trouxe|provoco|provocou|indujo|fuhrten?|brachten?|bewirkten?"
    r"|ha (?:portato|determinato|indotto|permesso))\b",
    re.IGNORECASE,
)
# 'Autologous stem cells had been returned after melphalan': the melphalan prepared for them.
GIVEN_AFTER = re.compile(
    r" (?:(?:was|were|had been) (?:given|infused|returned|reinfused|performed|done|carried out) )?"
    r"(?:after|following) (?:high[- ]dose |myeloablative )?",
    re.IGNORECASE,
)
STEROID = "systemic_corticosteroid"
# Prednisone and prednisolone are one substance here: the body makes one of the other.
SUBSTANCE = re.compile(r"(m\w{2,4}ylpredni|predni|dexa?|beta|triamcin|deflaza|h\w{1,2}drocort)")


@dataclass(frozen=True)
class Named:
    """A treatment named in a statement; offsets into the section."""

    therapy: str
    start: int
    end: int
    rule: str
    group: str
    substance: str = ""


def named_in(statement: Statement, has_transplant: bool) -> list[Named]:
    """The treatments of a statement in order; `has_transplant`: the report tells of one."""
    mentions = statement.of("therapies")
    return [
        named
        for mention in mentions
        if mention.group != IGNORED and not is_conditioning(mention, statement, has_transplant)
        for named in spelt_out(mention)
    ]


def spelt_out(mention: Mention) -> Iterator[Named]:
    """One Named per drug of a regimen, else the one."""
    therapies = mention.concept.removeprefix(REGIMEN).split("+")
    found = SUBSTANCE.search(fold(mention.text).lower())
    for therapy in therapies:
        substance = found[1] if found and therapy == STEROID else ""
        yield Named(therapy, mention.start, mention.end, mention.rule, mention.group, substance)


def names_transplant(statement: Statement) -> bool:
    return any(mention.concept == TRANSPLANT for mention in statement.of("therapies"))


def is_conditioning(mention: Mention, statement: Statement, has_transplant: bool) -> bool:
    """Whether a cytotoxic drug here is part of a transplant: by a cue beside it or by order."""
    if mention.concept not in CONDITIONING or not has_transplant:
        return False
    if mention.concept in ALWAYS_CONDITIONING:
        return True
    cues = [cue for cue in statement.of("treatments") if cue.concept == "conditioning"]
    if any(distance(cue, mention) <= NEAR for cue in cues):
        return True
    return any(
        other.concept == TRANSPLANT
        and (
            (
                0 <= other.start - mention.end <= NEAR
                and is_joined_to_stem_cells(text_between(statement, mention.end, other.start))
            )
            or GIVEN_AFTER.fullmatch(text_between(statement, other.end, mention.start)) is not None
        )
        for other in statement.of("therapies")
    )


def is_joined_to_stem_cells(glue: str) -> bool:
    return is_listed_together(glue) and "," not in glue and " or " not in glue


def distance(one: Mention, other: Mention) -> int:
    """Characters between two mentions, 0 where they touch or overlap."""
    return max(one.start - other.end, other.start - one.end, 0)


def grouped(
    statement: Statement, named: list[Named], breaks: Sequence[int] = ()
) -> list[list[Named]]:
    """Treatments joined by a list ('A, B and C', 'A plus B') stand in one group.

    `breaks` are offsets that end a list (a response told of what comes before). What leads up to
    a transplant is one regimen with it.
    """
    groups: list[list[Named]] = []
    for drug in named:
        if groups:
            last = groups[-1][-1].end
            glue = text_between(statement, last, drug.start)
            is_parted = any(last <= position < drug.start for position in breaks)
            is_later = is_followed_by(glue) and drug.therapy != TRANSPLANT
            is_parted |= is_main_clause(statement, glue, drug)
            if is_listed_together(glue) and not is_later and not is_parted:
                groups[-1].append(drug)
                continue
        groups.append([drug])
    return groups


def is_main_clause(statement: Statement, glue: str, drug: Named) -> bool:
    """'Since the skin flared on prednisone, methotrexate was added': a clause ends at the comma."""
    before = text_between(statement, statement.start, drug.start)
    behind = " " + " ".join(
        ASIDE.sub(" ", text_between(statement, drug.end, statement.end)).split()
    )
    is_listed_on = bool(LISTED_ON.search(glue) or LISTED_ON.match(behind))
    if ADDED.match(behind) and re.fullmatch(r", (?:and|but) (?:\w+ )?", glue):
        return True  # 'She improved on A, and B was added'
    is_governed = SUBORDINATE.match(before) or (not is_listed_on and GOVERNED.search(before))
    is_bare = re.fullmatch(r"[^,]*, ?(?:\w+[ '’]){0,2}", glue) is not None
    return is_bare and bool(is_governed) and bool(PREDICATE.match(behind))


def is_followed_by(glue: str) -> bool:
    """Whether the words between two drugs put the second after the first in time, or compare."""
    return any(word in f" {ASIDE.sub(' ', glue).lower()} " for word in FOLLOWED)

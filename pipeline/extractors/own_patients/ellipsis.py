"""What another patient is said not to have: 'the man had a paraprotein; the woman had none'.

Reads the parts of a series in order, writes nothing. The words of the denial are its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

HAD_NONE = re.compile(
    r"\W{0,3}(?:\w+ ){0,5}?"
    r"(?P<none>(?:had|showed|has|presented|reported|tenia|tinha|avait|hatte)"
    r" (?:none|neither|nothing|ninguna?"
    r"|nenhuma?|aucune?|keine?[sn]?)|(?:did|had|has) not)\b"
    r"(?: of (?:the kind|the sort|this|that|these|those|them|it)(?: (?:features|findings|symptoms"
    r"|complaints"
    r"|complications|abnormalities|manifestations|problems))?)?(?:\W{0,3}$|(?=[;,]))",
    re.IGNORECASE,
)


def with_denials(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements; one that denies what was told of another patient holds it as denied."""
    before: Statement | None = None
    for statement in statements:
        found = HAD_NONE.match(fold(statement.text))
        told = facts_of(before) if found and before and differs(before, statement) else []
        if found and told:
            start, end = (statement.start + place for place in found.span("none"))
            known = {(m.table, m.group) for m in facts_of(statement)}
            told = [fact for fact in told if (fact.table, fact.group) not in known]
            denied = tuple(deny(fact, start, end, statement) for fact in told)
            yield msgspec.structs.replace(statement, mentions=(*statement.mentions, *denied))
        else:
            yield statement
        before = statement


def differs(one: Statement, other: Statement) -> bool:
    """Both speak of patients, of no common one."""
    return bool(one.patients and other.patients) and not set(one.patients) & set(other.patients)


def facts_of(statement: Statement) -> list[Mention]:
    """The paraprotein and the organs that a statement affirms."""
    return [
        mention
        for mention in statement.mentions
        if not (mention.is_negated or mention.is_family or mention.is_hypothetical)
        and (
            mention.table == "organs"
            or (mention.table == "paraproteins" and mention.group in ("head", "monoclonal"))
        )
    ]


def deny(fact: Mention, start: int, end: int, statement: Statement) -> Mention:
    words = statement.text[start - statement.start : end - statement.start]
    return msgspec.structs.replace(
        fact, start=start, end=end, text=words, is_negated=True, cues=(words,)
    )

"""Who of several diseases has the one under study. Reads statements, writes nothing.

"Two of the 28 patients had the disease", "the disease (n = 6)", "12 with the disease and 8 with
another". The names of the disease are rows of rules/statements.csv, group `mixed`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.extractors.series.counting import NUMBER, PEOPLE, first_count, number_of
from pipeline.language.folding import fold
from pipeline.records import Mention, Statement

OF_THEM = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:\([^)]{{1,20}}\) )?of (?:whom|them|these"
    rf"|the (?:\w+ )?(?:{NUMBER} )?{PEOPLE}|(?:the )?{NUMBER}(?: {PEOPLE})?),?"
    rf" (?:\([^)]{{1,20}}\) )?$"
    rf"|\b(?:including|among them|only) (?P<n2>{NUMBER}) (?:{PEOPLE} )?$"
    rf"|\bthe (?P<n3>{NUMBER}) {PEOPLE} $"
    rf"|(?<![\w./-])(?P<n6>{NUMBER}) (?:{PEOPLE} )?(?:fulfilled|met|satisfied)"
    rf" (?:all |the |all the )?(?:[\w-]+ )?criteria (?:of|for) $"
    rf"|\bin (?P<n5>{NUMBER}) (?:of (?:them|these|whom),? )?(?:{PEOPLE} )?(?:it|the (?:skin )?"
    rf"(?:disease|diagnosis|disorder)) (?:was|proved to be) (?:a )?$"
    rf"|(?:^|[;,:] |\b(?:and|while|whereas) )(?P<n4>{NUMBER})(?: {PEOPLE})? $",
    re.IGNORECASE,
)
# 'Dysphagia was reported by six of the patients with the disease' does not count the diseased.
RESTRICTED = re.compile(rf"\bof (?:the |our )?(?:\w+ )?(?:{NUMBER} )?{PEOPLE} $", re.IGNORECASE)
RESTRICTING = re.compile(r"(?:with|of)\b", re.IGNORECASE)
IN_BRACKETS = re.compile(
    r" ?\((?:n ?= ?)?(?P<n>\d{1,3})(?: (?:patients|cases))?[,;)]", re.IGNORECASE
)
FOUND_IN = re.compile(
    rf" (?:was |were )?(?:diagnosed |found |present |confirmed |seen )?in (?P<n>{NUMBER})\b"
    r"(?! (?:of|consecutive|years?|months?))",
    re.IGNORECASE,
)
# The parts of a cohort: '12 with one disease and 8 with another', '11 SM and 13 xanthomas'.
SHARE = re.compile(
    rf"(?:^|[;,:(] ?|\b(?:and|while|whereas) )(?P<n>{NUMBER})(?: {PEOPLE})? (?=[a-z])",
    re.IGNORECASE,
)

LOCALIZED = "localized"  # 'papules confined to both forearms'
# 'A man with the localized form', 'had scleredema': introduced with it, not only compared.
INTRODUCED_WITH = re.compile(
    r"\b(?:with|had|has|having|of|as) (?:(?:an?|the|typical|classic(?:al)?|true) ){0,2}$",
    re.IGNORECASE,
)

ONLY = re.compile(r"\W*only (?:the|our|patient|case)\b", re.IGNORECASE)
# 'Acral persistent papular mucinosis was diagnosed', 'the diagnosis was scleredema'.
DIAGNOSED = re.compile(
    r"(?: [\w-]+){0,3}? (?:was|were|had been) (?:\w+ )?(?:diagnosed|made|established|confirmed)\b",
    re.IGNORECASE,
)
DIAGNOSIS_OF = re.compile(
    r"\b(?:diagnos(?:is|es)|diagnosed|consistent with|diagnostic|typical|classified)"
    r" (?:[\w-]+ ){0,4}?$",
    re.IGNORECASE,
)
# 'A first diagnosis of systemic sclerosis': the wrong name of the disease, or a question.
NOT_KEPT = re.compile(
    r"\b(?:initial|first|previous|earlier|wrong|erroneous|original|provisional|presumptive|prior"
    r"|suspected|elsewhere|exclu|differential|mis)\w*\b[^.;]{0,60}$",
    re.IGNORECASE,
)


def with_another_disease(statements: Iterable[Statement]) -> set[str]:
    """The labels of those introduced with another disease while others have the one under study:
    'a man with scleromyxedema and a woman with the localized form'.
    """
    others: set[str] = set()
    alone: tuple[str, ...] = ()  # 'only the second patient had the disease'
    named: dict[str, bool] = defaultdict(bool)
    for statement in statements:
        if statement.teller not in ("patient", "series"):
            continue
        mentions = statement.of("cohorts")
        for label in statement.patients:
            named[label] |= any(mention.group == "disease" for mention in mentions)
        if ONLY.match(statement.text) and len(statement.patients) == 1:
            alone = statement.patients if any(m.group == "disease" for m in mentions) else ()
        if any(is_introduced_with(statement, mention) for mention in mentions):
            others.update(statement.patients)
    if alone:
        return {label for label in named if label not in alone}
    return {label for label in others if not named[label]} if any(named.values()) else set()


def is_name(mention: Mention) -> bool:
    """True for a name of the disease under study."""
    return mention.group == "mixed"


def is_introduced_with(statement: Statement, mention: Mention) -> bool:
    """True for the diagnosis of another disease, not for one that was denied or considered."""
    folded = fold(statement.text)
    before, end = folded[: mention.start - statement.start], mention.end - statement.start
    is_told = not (mention.is_negated or mention.is_hypothetical or mention.is_uncertain)
    if mention.group != "other_disease" or not is_told:
        return False
    if mention.concept == LOCALIZED:
        return True
    if INTRODUCED_WITH.search(before):
        return True
    is_diagnosis = DIAGNOSIS_OF.search(before) or DIAGNOSED.match(folded, end)
    return is_diagnosis is not None and NOT_KEPT.search(before) is None


def mixed_count(own: Sequence[Statement]) -> int | None:
    """Of a mixed cohort, how many had the disease: 'two of 28 had', 'the disease (n = 6)'."""
    numbers = [
        number
        for statement in own
        for cue in statement.of("statements")
        if is_name(cue) and (number := number_at(statement, cue)) is not None
    ]
    if not numbers:
        return None  # as nearly always: the numbers of the others are not looked for
    first = first_of([fold(s.text) for s in own if s.teller == "series"])
    return next((number for number in numbers if first is not None and number < first), None)


def number_at(statement: Statement, cue: Mention) -> int | None:
    """The number of people said to have the disease that a cue names."""
    told = told_at(statement, cue)
    return told[0] if told else None


def told_at(statement: Statement, cue: Mention) -> tuple[int, int, int] | None:
    """That number with the place of its words, offsets into the statement's text."""
    folded = fold(statement.text)
    start, end = cue.start - statement.start, cue.end - statement.start
    before = OF_THEM.search(folded[:start])
    if before and RESTRICTING.match(cue.text) and is_restricted(before, folded):
        return None
    found = before or IN_BRACKETS.match(folded, end) or FOUND_IN.match(folded, end)
    if found is None:
        return None
    name = next(name for name, value in found.groupdict().items() if value)
    number = number_of(found[name])
    return (number, *found.span(name)) if number is not None else None


def is_restricted(before: re.Match[str], folded: str) -> bool:
    """'Six of the patients with the disease had dysphagia' counts them; '12 with the disease and 8
    with another' of 20 are the diseased."""
    if before["n4"]:
        return not is_divided(folded)
    return RESTRICTED.search(before[0]) is not None


def is_divided(folded: str) -> bool:
    """True where the numbers of a list add up to the number of people told before it."""
    total = first_count(folded)
    shares = [number_of(found["n"]) or 0 for found in SHARE.finditer(folded)]
    return len(shares) > 1 and total is not None and total in (sum(shares), sum(shares) - total)


def first_of(texts: Sequence[str]) -> int | None:
    """The first number of people that is more than one, of several texts."""
    counts = (first_count(text) for text in texts)
    return next((count for count in counts if count is not None and count > 1), None)

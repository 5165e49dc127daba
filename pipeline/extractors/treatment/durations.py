"""Whether an amount of time or of cycles tells how long a treatment was given, and where that
treatment stands. Reads statements, writes nothing.

A time to the response, from the stop to the relapse, of the disease, of a follow-up and between two
infusions is none of a treatment.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment.amounts import Amount
from pipeline.extractors.treatment.spans import side_of_dates, side_of_span
from pipeline.records import Statement

Side = Literal["ahead", "behind"]
TREATMENT = (
    r"(?:treatments?|therap(?:y|ies|ie|ia|ias)|chemotherapy|courses?|trials?|regimens?|maintenance"
    r"|administration|infusions|tratamientos?|tratamentos?|traitement|behandlung|trattamento|cure"
    r"|curso|ciclo|gabe)"
)
# What stands before or behind an amount, so that it is no time on treatment.
INTERVAL = re.compile(
    r"\b(?:every|each|per|q|cada|alle|toutes les|ogni|a cada|intervals? (?:of|to)"
    r"|interval (?:was|to)|first|last|next|in the past|within|of|for the (?:past|last)|age of) ?$",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"[\s-]{0,3}(?:later|after|before|earlier|previously|ago|old\b|of age|post\b|following|prior"
    r"|from|since|apart|interval|follow|history|without|-?day cycle|despues|mas tarde|depois"
    r"|plus tard|spater|dopo|antes|avant|auparavant|zuvor|cycle|half-life|free\b|(?:of|in|de|after)"
    r" (?:follow|remission|observation|evolution|evolucion|evolucao|disease|symptoms|starting"
    r"|initiat|commenc|stopping|the (?:start|onset|first|last)|discontin|withdraw|onset|age\b"
    r"|seguimiento|seguimento|suivi))",
    re.IGNORECASE,
)
FROM_START = re.compile(
    r" (?:after|since|from|into) (?:(?:its|the|this|his|her) )?(?:start\w*|beginning|initiation"
    r"|introduction|commencement|first (?:infusion|dose|cycle)|treatment|therapy|maintenance)\b",
    re.IGNORECASE,
)  # 'remains on A three years after its start'
STATES = ("stopped", "ongoing")
OF_AGE = re.compile(r"[\s-]{0,3}(?:of follow|follow|history|old\b|of age|ago\b)", re.IGNORECASE)
FOR = re.compile(
    r"\b(?:for|over|during|through|throughout|lasting|durante|por|pendant|fur|per|x|ha|hace|desde"
    r" hace|depuis|seit|da)(?: (?:only|just|the|a further|another|a|over|further|period of|span of"
    r"|a total of|an additional|(?:the )?(?:next|following|past|last|previous|preceding|subsequent"
    r"|ensuing)|solo|apenas|weitere|mehr als))* ?$",
    re.IGNORECASE,
)
AT = re.compile(
    r"\b(?:after|at|within|in|by|tras|apos|apres|nach|dopo|despues de|depois de|al cabo de"
    r"|au bout de|a los|aos|ao fim de|ao cabo de)"
    r"(?: (?:only|just|the|a|about|a further|another|nur|solo|apenas))* ?$",
    re.IGNORECASE,
)
OF_TREATMENT = re.compile(
    r"(?:'s?|s')?[\s-](?!lapse|break|gap|pause|interrupt|hiatus|interval)"
    rf"(?:(?:of|de|di|von|into)\s|d')?(?!follow|off\b|without|after|before|since|from|later"
    rf"|free)(?:[\w-]+\s){{0,3}}?{TREATMENT}\b",
    re.IGNORECASE,
)
LASTED = re.compile(
    rf"\b{TREATMENT}(?: duration| time| period)?(?: with [\w-]+)? (?:has )?"
    r"(?:lasted|lasting|was|dauerte|duro)(?: for)?(?: only| just| nur| solo)? ?$",
    re.IGNORECASE,
)
OF_DRUG = re.compile(
    r"[\s-](?:(?:of|de|d'|du|di|on|with|under|sous|mit|unter|con|com|bajo|sob|into|von)\s?)?"
    r"(?:(?!remission|response|improve|progress|disease|follow|symptom|stab|observ|freedom|and\b"
    r"|was\b|were\b|after|before|later)[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
GOVERNS = re.compile(r"[\s-](?:of|de|d'|du|di|von|on|into|with|con|com|sous|mit)\b", re.IGNORECASE)
PER_KG = re.compile(r"(?<!m)g ?/ ?kg|cycle|monthly|every|each", re.IGNORECASE)
REPEATED = re.compile(
    r"\s?/|[^.;]{0,25}\b(?:every|each|monthly|weekly|per|cycles?|courses?|repeat\w*)\b",
    re.IGNORECASE,
)
STOP_BEFORE = re.compile(r",?\s?(?:[\w'-]+\s){0,7}$", re.IGNORECASE)
STOPPED_LATER = re.compile(
    r" later,? (?:(?:it|this|they|these|he|she)|(?:the |this |his |her )?(?:\w+ )?"
    r"(?:treatment|therapy|drug|medication|regimen|infusions))(?: \w+){0,3} ",
    re.IGNORECASE,
)
OPENING = re.compile(r"\W*(?:but |however,? |only |about |some )*", re.IGNORECASE)
SUBJECT = re.compile(r",?\s?(?:[\w'-]+\s){0,5}$", re.IGNORECASE)


def side_of(amount: Amount, statement: Statement) -> Side | None:
    """Where the treatment stands of which the amount tells how long it was given; None: of none."""
    before = text_between(statement, statement.start, amount.start)
    behind = text_between(statement, amount.end, statement.end)
    drug = next((m for m in statement.of("therapies") if m.start >= amount.end), None)
    gap = text_between(statement, amount.end, drug.start) if drug else None
    if amount.kind == "count":
        return side_of_count(before, behind, gap)
    if amount.kind == "begun":
        return side_of_dates(amount, statement)
    if amount.kind in ("since", "dates"):
        return side_of_span(amount, statement, drug)
    is_for = FOR.search(before) is not None
    if is_of_none(amount, before, behind, is_for):
        return None
    if FROM_START.match(behind) and any(m.concept in STATES for m in statement.of("stops")):
        return "behind"
    if not is_for and ELSEWHERE.match(behind):
        return side_by_stop(amount, statement, before)
    if OF_TREATMENT.match(behind):
        return side_of_noun(behind, gap)
    if gap is not None and len(gap) <= 50 and GOVERNS.match(gap) and OF_DRUG.fullmatch(gap):
        return "ahead"
    if LASTED.search(before):
        return "behind"
    if is_for or behind.startswith(" lang"):
        return side_of_span(amount, statement, drug)
    return side_by_stop(amount, statement, before) or side_in_list(amount, statement)


def is_of_none(amount: Amount, before: str, behind: str, is_for: bool) -> bool:
    """An interval between infusions, the days of a dose, an age, a follow-up, a history."""
    if amount.kind == "days" and is_schedule(before, behind):
        return True
    return (INTERVAL.search(before) is not None and not is_for) or OF_AGE.match(behind) is not None


def is_schedule(before: str, behind: str) -> bool:
    """'2 g/kg over 5 days every month' is how a dose is given, not how long."""
    return bool(PER_KG.search(before[-45:]) or REPEATED.match(behind))


def side_of_count(before: str, behind: str, gap: str | None) -> Side | None:
    """Cycles are of the treatment named behind them, else of the one before."""
    if re.search(r"\b(?:every|each|per|between|next|last|first|cada|alle) ?$", before, re.I):
        return None
    if gap is not None and not gap.strip():
        return "ahead"
    if not GOVERNS.match(behind):
        return "behind"
    if gap is not None and len(gap) <= 50:
        return "ahead"
    is_generic = re.match(rf"\s\w+ (?:[\w-]+ ){{0,3}}{TREATMENT}\b", behind, re.IGNORECASE)
    return "behind" if is_generic else None


def side_of_noun(behind: str, gap: str | None) -> Side:
    """'A six-month course of A', 'three months of treatment with A'; else the treatment before."""
    found = OF_TREATMENT.match(behind)
    if found and gap is not None and len(gap) < found.end():
        return "ahead"  # 'after six months of A treatment'
    rest = behind[found.end() :] if found else ""
    is_named = re.match(r"\s(?:of|with|de|con|com|par|avec|mit|di|on)\b", rest, re.IGNORECASE)
    return "ahead" if is_named and gap is not None and len(gap) <= 60 else "behind"


def side_by_stop(amount: Amount, statement: Statement, before: str) -> Side | None:
    """'Was withdrawn after two years', 'after two years it was withdrawn', 'ongoing at a year'."""
    found = AT.search(before)
    if found is None:
        return "behind" if is_later_stop(amount, statement) else None
    at = statement.start + found.start()
    for cue in statement.of("stops"):
        if cue.concept not in STATES:
            continue
        if cue.start < at < cue.end:
            return "behind"  # 'was replaced after three months by'
        drugs = [m for m in statement.of("therapies") if cue.end <= m.start < at]
        if len(drugs) > 1:
            continue  # 'switched from A to B after two months'
        if cue.end <= at + 1 and STOP_BEFORE.fullmatch(text_between(statement, cue.end, at) or " "):
            return "behind"
        gap = text_between(statement, amount.end, cue.start)
        is_ahead = amount.end <= cue.start and cue.group != "object"
        if is_ahead and len(gap) <= 45 and SUBJECT.fullmatch(gap):
            is_named = any(amount.end <= d.start < cue.start for d in statement.of("therapies"))
            return "ahead" if is_named else "behind"
    return None


def is_later_stop(amount: Amount, statement: Statement) -> bool:
    """'It was begun, and stopped one month later.' 'Two months later it was stopped.'"""
    behind = text_between(statement, amount.end, statement.end)
    stops = [cue for cue in statement.of("stops") if cue.concept == "stopped"]
    if not behind.startswith(" later"):
        return False
    return any(amount.start - cue.end == 1 for cue in stops) or (
        opens_sentence(amount, statement)
        and any(
            STOPPED_LATER.fullmatch(text_between(statement, amount.end, cue.start))
            for cue in stops
            if cue.group != "object"
        )
    )


def opens_sentence(amount: Amount, statement: Statement) -> bool:
    """'Two months later …' counts from what the sentence before tells."""
    return OPENING.fullmatch(text_between(statement, statement.start, amount.start)) is not None


def side_in_list(amount: Amount, statement: Statement) -> Side | None:
    """'Prednisone 60 mg/day, 6 months': nothing but the dose stands between."""
    drugs = [m for m in statement.of("therapies") if m.end <= amount.start]
    words = text_between(statement, drugs[-1].end, amount.start) if drugs else "and"
    is_bare = re.fullmatch(r"[\s,(]*(?:\d[^;:()]{0,25})?[,(x:]\s?", words, re.IGNORECASE)
    is_end = re.match(r"\s*(?:[,;).]|$)", text_between(statement, amount.end, statement.end))
    return "behind" if is_bare and is_end else None

"""Which treatments of its sentence a response cue speaks of; none means the current regimen.

Reads and writes nothing. Order of trust: the drugs a cue governs, the list right before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors.clauses import FINITE_VERB, text_between
from pipeline.extractors.cues import Cue
from pipeline.extractors.drugs import Named
from pipeline.records import Statement

PREPOSITION = re.compile(
    r"\b(to|with|on|under|after|following|by|of|despite|from|upon|using|during|through|without"
    r"|when|al|ao|em uso de|en uso de|durante|pendant"
    r"|con|com|tras|apos|bajo|sob|avec|sous|apres|par|grace|auf|unter|mit|nach|durch|dank)\b",
    re.IGNORECASE,
)
OTHER_CLAUSE = re.compile(
    r"[;:]|\b(but|and then|whereas|while|so|before|prior to"
    r"|and (?:added|gave|started|began|switched|changed|replaced|introduced|initiated)"
    r"|followed|then|later|subsequently|allowing|permitting|however|hence|thus|therefore"
    r"|prompting|necessitating|(?:and|was|were|he|she|patient) (?:then )?switched"
    r"|por lo que|por ello|se cambio|se sustituyo|c'est pourquoi|de sorte que"
    r"|posteriormente|luego|despues|depois|em seguida|ensuite|puis|danach|anschliessend"
    r"|woraufhin|sodass|so dass|daher|weshalb"
    r"|pero|mas|mais)\b"
    r"|, (and |y |e |et |und )?(the|his|her|he|she|it|they|was|were|then|after|following|a|an)\b"
    r"|\b(and|y|e|et|und) (was|were|he|she|the (patient|dose)|therapy|treatment was)\b",
    re.IGNORECASE,
)
STOPPING = re.compile(
    r"\b(taper(ing|ed)?|reduc\w+|wean\w*|dose of|withdrawal|discontinu\w+|cessation|stopping"
    r"|off)\b",
    re.IGNORECASE,
)
TREATMENT_WORD = re.compile(
    r"\s*(?:$|[.,;]|and\b|(?!(?:\w+ ){0,2}(?:other|conventional|previous|multiple|several|various"
    r"|standard|prior|many|different|numerous)\b)(?:\w+ ){0,4}(?:treatments?|therap(?:y|ies)|these"
    r"|this|them|it|infusions?|cycles?|courses?|sessions?|exposures?|injections?|measures|regimens?|interventions?|drugs?|agents?|medications?|tratamientos?"
    r"|tratamentos?|terapias?)\b)",
    re.IGNORECASE,
)
LIKEWISE = re.compile(
    r"[\s,;]*(?:and )?(?:(?:as|so|nor|neither) (?:also )?(?:had|has|was|were|did|with|for)"
    r"|likewise|ebenso(?: wie)?|ebensowenig|ainsi que|de meme que|igual que|al igual que|tampoco"
    r"|assim como|bem como|the same (?:was|held) true (?:of|for)) (?:\w+ ){0,7}",
    re.IGNORECASE,
)
ENDED_OTHERWISE = re.compile(
    r"\b((was|were) (started|begun|given|added|initiated)|toxicity|intolerance|not tolerated"
    r"|adverse|side[ -]effects?|because of|due to|owing to|on account of)\b",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\bfor (?:an?|the|his|her|this|that)\b[^,;]*\b(?:that|which|whose)\b", re.IGNORECASE
)
EXCEPTED = re.compile(
    r"\b(?:with the exception of|except(?:ing)?(?: for)?|apart from|aside from|other than"
    r"|save(?: for)?|but for|beyond|besides|salvo|excepto|exceto|hormis|sauf|ausser"
    r"|mit ausnahme von) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
LEFT_BEHIND = re.compile(
    r"\b(?:substituted for|replac(?:ed|ing)(?! (?:by|with)\b)|in place of|instead of"
    r"|(?:after|because of|due to|owing to|following|on account of) (?:[\w-]+ ){0,4}(?:reactions?"
    r"|intolerance|allergy|side[ -]effects|toxicity|withdrawal|discontinuation|stopping|cessation)"
    r"(?: (?:to|of|with|from|under))?) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(each|both|all|either|neither|cada|ambos|ambas|beide)\b", re.IGNORECASE)
LEFT_ASIDE = re.compile(r"[^(]*\)")  # a result in brackets is of what stands before them
LONGEST_GAP = 110


def linked(
    cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """The treatments of the sentence that the cue speaks of; empty where it names none."""
    for group in groups:
        if cue.start <= group[0].start < cue.end:
            return list(group)
    forward = ahead(cue, statement, groups, cues)
    if forward or (cue.is_forward and not speaks_of_treatment(cue, statement)):
        return forward
    told_of = [*behind(cue, statement, groups, cues), *likewise(cue, statement, groups)]
    return [n for n in told_of if cue.value != "none" or not is_excepted(n, statement)]


def is_excepted(named: Named, statement: Statement) -> bool:
    """'With the exception of A, none of the drugs helped' says nothing of A."""
    before = text_between(statement, statement.start, named.start)
    return EXCEPTED.search(before) is not None


def speaks_of_treatment(cue: Cue, statement: Statement) -> bool:
    """'Refractory to vasodilators' says nothing of the drugs named before; '… to this' does."""
    words = text_between(statement, cue.end, statement.end)
    return TREATMENT_WORD.match(words) is not None


def likewise(cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]]) -> list[Named]:
    """'A was ineffective, as was B': the drugs behind share the predicate."""
    for group in groups:
        if group[0].start >= cue.end:
            words = text_between(statement, cue.end, group[0].start)
            return list(group) if LIKEWISE.fullmatch(words) else []
    return []


def ahead(
    cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """'no response to A or B', 'improved with A': a preposition, no other cue, then the drugs."""
    for position, group in enumerate(groups):
        if group[0].start < cue.end - 1:
            continue
        if any(other.start >= cue.end and other.end <= group[0].start for other in cues):
            return []
        words = text_between(statement, cue.end, group[0].start)
        cue_words = text_between(statement, cue.start, cue.end)
        if not leads_to(cue, cue_words, words):
            return []
        if cue.is_forward:
            return [named for later in chain(statement, groups, position, cues) for named in later]
        return list(group)
    return []


def is_left_behind(group: Sequence[Named], statement: Statement) -> bool:
    """'A was substituted for B', 'A after reactions to B': what is told next is told of A."""
    before = text_between(statement, statement.start, group[0].start)
    return LEFT_BEHIND.search(before) is not None


def leads_to(cue: Cue, cue_words: str, words: str) -> bool:
    """Whether the words between a cue and the drugs tie them together."""
    if len(words) > LONGEST_GAP or OTHER_CLAUSE.search(words) or LEFT_ASIDE.match(words):
        return False
    if cue.is_forward:
        return True
    if cue.value in ("relapse", "worse") and words.lstrip().startswith(","):
        return False  # 'As the disease progressed, A was begun': A came afterwards
    if cue.value != "relapse" and STOPPING.search(words):
        return False
    last_word = cue_words.split()[-1] if cue_words.split() else ""
    is_governed = PREPOSITION.search(words) or PREPOSITION.fullmatch(last_word)
    is_governed = is_governed or re.match(r"\s*a\s", words)  # 'respuesta a IVIG', not 'for a year'
    return bool(is_governed) and len(FINITE_VERB.findall(words)) <= 2


def chain(
    statement: Statement, groups: Sequence[Sequence[Named]], first: int, cues: Sequence[Cue]
) -> list[Sequence[Named]]:
    """The groups from `first` on that a list of failures runs through ('A, then B and C')."""
    found = [groups[first]]
    for before, after in zip(groups[first:], groups[first + 1 :], strict=False):
        glue = text_between(statement, before[-1].end, after[0].start)
        if FINITE_VERB.search(glue) or ";" in glue:
            break
        if any(before[-1].end <= cue.start < after[0].start for cue in cues):
            break
        found.append(after)
    return found


def behind(
    cue: Cue, statement: Statement, groups: Sequence[Sequence[Named]], cues: Sequence[Cue]
) -> list[Named]:
    """The group right before the cue; for a failure all groups since the cue before it."""
    earlier = [group for group in groups if group[0].start < cue.start]
    if not earlier:
        return []
    earlier = [g for g in earlier if not is_left_behind(g, statement)] or earlier
    words = text_between(statement, earlier[-1][-1].end, cue.start)
    if cue.value in ("worse", "relapse") and REASON.search(words):
        return []  # 'A for a myopathy that grew worse': the myopathy did, not under A
    if cue.value != "none" and not EACH.search(words):
        return list(earlier[-1])
    borders = [other.end for other in cues if other.end <= cue.start]
    since = [group for group in earlier if not borders or group[0].start >= max(borders)]
    kept = [earlier[-1]]
    for before, after in zip(reversed(since[:-1]), reversed(since[1:]), strict=True):
        glue = text_between(statement, before[-1].end, after[0].start)
        if ";" in glue or ENDED_OTHERWISE.search(glue):
            break
        kept.append(before)
    return [named for group in kept for named in group]

"""Response cues of a sentence, weighed: negated, hypothetical, and of what they speak.

Reads mentions of rules/responses.csv, writes nothing. Only the disease's response counts, not
that of the paraprotein, the marrow or an adverse effect (guideline, "response").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.extractors.treatment.contrasts import is_contrast, is_note_on_drug
from pipeline.extractors.treatment.dose_changes import is_dose_verb
from pipeline.extractors.treatment.grades import BENEFITS, is_not_wholly, negated, value_told
from pipeline.extractors.treatment.subjects import is_of_symptom, of_subject
from pipeline.records import Mention, Statement

NEGATION = re.compile(
    r"\b(no(?! and\b)|not|never|without|nor|neither|hardly|lack of|absence of|sin|sem|sans|ohne"
    r"|non(?= )|senza|tampoco|ningun[ao]?|nenhuma?|nessun[ao]?|ne (?:fut|put|s'est|se sont)"
    r"|kein\w*|nicht|aucune?|pas d[e']|n'(?:a|ont|est|sont|avait|etait) (?:pas|plus|jamais)|nao"
    r"|n't)\b(?! only| (?:more|less) than)"
    # Not 'no response and a partial response', 'without success and who responded'.
    r"(?:(?!\band (?:an?|who|which|he|she|it|they|then)\b)[^.;:,]){0,22}$",
    re.IGNORECASE,
)
NONE_OF = re.compile(
    r"\b(?:none|neither) of\b[^.;]{0,110}\b(?:any|a)\W+(?:\w+\W+)?$"
    r"|\b(?:none|neither)(?: of (?:the|these|them|our|his|her|us))?(?: \w+){0,2}\W+$"
    r"|\b(?:none|nothing|not one)(?: else)?(?: (?:that|which))?"
    r"(?:(?: [^\s.;]++){1,18}(?<=\W)|(?: [^\s.;]++){0,18}\W++)$",
    re.IGNORECASE,
)
# 'Any benefit' is denied from afar: 'nobody could say that A had been of any benefit'.
ANY_BEFORE = re.compile(r"\b(?:any|the slightest|the least) (?:\w+ )?$", re.IGNORECASE)
ONLY = re.compile(r"\b(?:only|alone|sole|first|until)\b", re.IGNORECASE)
FAR_NEGATION = re.compile(
    r"\b(?:no|not|n't|never|none|nobody|nothing|nor|neither|hardly|scarcely|without|doubt\w*|unlikely"
    r"|fail\w*|cannot|lack\w*)\b(?! only)",
    re.IGNORECASE,
)
DOUBT = re.compile(
    r"\b(may|might|could|should|would|will|if|expected|hoped|hoping|in order|puede|pode|podria"
    r"|poderia)\s+(\w+\s+){0,2}$",
    re.IGNORECASE,
)
OF_PERSON = re.compile(
    r"\b(?:he|she|who|patient|family|parents|insur\w+|and|but)\W*$", re.IGNORECASE
)
RELATIVE = re.compile(
    r"\b(father|mother|sister|brother|son|daughter|wife|husband|uncle|aunt|cousin|parents?|padre"
    r"|(?<!lulas )madre|pai|mae|hermana|hermano|irma|irmao|pere|mere|vater|mutter)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
NEWBORN = re.compile(
    r"\b(boy|girl|baby|infant|newborn|neonate|child|twins?)\b[^.]{0,60}\b(delivered|born)\b"
    r"|\b(gave birth|delivered|birth)\b[^.]{0,60}\b(boy|girl|baby|infant|newborn|neonate|child)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """A response as told; `is_forward`: its drugs follow ('refractory to A and B').

    `is_symptom`: of a symptom or a function rather than of the skin.
    """

    value: str
    start: int
    end: int
    rule: str
    is_forward: bool = False
    is_symptom: bool = False


def cues_in(statement: Statement) -> list[Cue]:
    """The response cues that speak of the disease, in order of the text."""
    mentions = statement.of("responses")
    subjects = [m for m in mentions if m.group == "subject"]
    found: list[Cue] = []
    for mention in mentions:
        if mention.group in ("subject", "neutral") or is_of_finding(mention, statement):
            continue
        if mention.group == "note" and not is_note_on_drug(mention, statement):
            continue
        if mention.group == "contrast" and not is_contrast(
            mention, statement, [(cue.end, cue.value) for cue in found]
        ):
            continue
        value = value_of(mention, statement, subjects)
        if value is not None:
            is_symptom = is_of_symptom(mention, statement, subjects)
            is_forward = mention.codes == "forward"
            found.append(
                Cue(value, mention.start, mention.end, mention.rule, is_forward, is_symptom)
            )
    return found


def edges_of(cues: Sequence[Cue]) -> list[int]:
    """Where response cues begin and end: what stands behind one is no list with what is before."""
    return [place for cue in cues for place in (cue.start, cue.end)]


def is_of_finding(mention: Mention, statement: Statement) -> bool:
    """'Sensation in the legs was reduced' names a finding, 'reduced' no response."""
    return any(
        one.start <= mention.start and mention.end <= one.end
        for one in statement.of("organs")
        if one.group != "none"
    )


def value_of(mention: Mention, statement: Statement, subjects: Sequence[Mention]) -> str | None:
    """The response a cue stands for here, None where it says nothing of the disease."""
    start, _ = clause_of(statement, mention.start)
    before = text_between(statement, start, mention.start)
    whole = text_between(statement, statement.start, mention.start)
    if mention.is_family or RELATIVE.search(before) or NEWBORN.search(whole):
        return None
    is_refusal = mention.text.lower().startswith("declin") and OF_PERSON.search(before)
    if is_refusal or DOUBT.search(before) or is_dose_verb(mention, statement):
        return None
    value = affirmed(mention, before, whole)
    if value is None:
        return None
    behind = text_between(statement, mention.end, statement.end)
    if value == "complete" and is_not_wholly(mention, before, behind):
        value = "partial"
    return of_subject(value, mention, statement, subjects)


def affirmed(mention: Mention, before: str, whole: str) -> str | None:
    """The response told, turned round by a denial in its clause; None where nothing is left."""
    value = value_told(mention)
    if mention.group == "any" or ANY_BEFORE.search(before):
        if FAR_NEGATION.search(before):
            return "none" if value in (*BENEFITS, "none") else None
        return value if value in BENEFITS and ONLY.search(whole) else None
    is_denied = NEGATION.search(before) or NONE_OF.search(before)
    return negated(value, mention.text) if is_denied else value

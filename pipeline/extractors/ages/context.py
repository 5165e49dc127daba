"""The words around an age: whether it is the patient's at presentation. Reads and writes nothing.

Not the patient's: a relative's, an age at death, a duration. Less sure: at onset, of a birthday
passed during the course, of another author's patient.
"""

from __future__ import annotations

import re

from pipeline.extractors.ages.words import PERSON

CONTEXT_BEFORE, CONTEXT_AFTER, SENTENCE_BEFORE = 70, 60, 180
RELATIVES = (
    r"(?:step)?(?:mother|father|brother|sister|son|daughter|sibling|twin|uncle|aunt|cousin|nephew"
    r"|niece|grand\w+|wife|husband|spouse|parent|relative|donor|volunteer|control"
    r"|madre|padre|hermano|hermana|hijo|hija|mae|pai|irmao|irma|filho|filha|mere|pere|frere|soeur"
    r"|mutter|vater|bruder|schwester|sohn|tochter)s?\b"
)
# 'a 62-year-old father of three' is the patient: a parent of a counted number of children.
RELATIVE_AFTER = re.compile(
    rf"^[\s,]*(?:\(?[a-z-]+\)? ){{0,2}}?{RELATIVES}(?! of (?:a|an|one|two|three|four|five|six|\d))"
)
RELATIVE_BEFORE = re.compile(
    rf"\b(?<!two )(?<!three )(?<!both ){RELATIVES}(?:[,(]? ?(?:was|is|who was"
    r"|who is|also|then|now|at the time))*"
    rf"[,( ]*(?:an? |the )?(?:healthy )?$"
    r"|\b(?:his|her|their|whose|sein\w*|ihr\w*|su|son|sa) (?:[a-z-]+ )?$"
    r"|['’]s (?:[a-z-]+ )?$"
)
# 'A brother (51) and sister (48) presented': the two patients, each the other's relative.
SIBLING = re.compile(r"(?:brother|sister|twin|mother|father|son|daughter|cousin) \(", re.IGNORECASE)
NO_PERSON_AFTER = re.compile(
    r"^[\s,]*(?:(?!(?:[a-z]*(?:ed|ait|ava|eva|aba|sch)|with|had|has|was|who|and|in|of|man|mit|com"
    r"|con)\b)[a-z-]+ ){0,2}?"
    r"(?:histor(?:y|ies)|lesions?|eruptions?|rash|scars?|biops\w+"
    r"|complaints?|courses?|duration|evolution|papules?|nodules?|plaques?|wound|tattoo|specimens?"
    r"|hardening|thickening|tightening|follow|evolucion|evolucao|interval|period|database|study"
    r"|survival)\b"
)
PERSON_AFTER = re.compile(
    r"^[\s,(]*(?:[a-z-]+ ){0,4}?(?:m[ae]n|wom[ae]n|males?|females?|patients?|lady|gentleman|girl"
    r"|boy|infant|child|person|individual|worker|farmer|teacher|smoker)\b"
)
PERSON_BEFORE = re.compile(
    rf"\b{PERSON}\)?[ ,(]*(?:(?:was|who was|who is|is|of|in (?:his|her)) )?$", re.IGNORECASE
)
PERSON_WITHIN = re.compile(rf"^{PERSON}\b|^\(?[fm] ?[/,]|[\d /.-][fm]$", re.IGNORECASE)
REJECTED_BEFORE = re.compile(
    r"\b(?:died|death|dead|decease\w*|passed away|autops\w+|succumb\w*|surger\w+|operat\w+|smok\w+"
    r"|hysterectom\w+|menopaus\w+|born|birth|puberty|childhood|since|transplant\w*|married"
    r"|retired (?:at|in|when|since)"
    r"|between|mean|median|average|over|under|above|below|older than|younger than|until|up to"
    r"|desde|depuis|seit|controls?|range\w*|from|or)\b[^.;]{0,28}$"
    r"|\b(?:died|death|succumb\w*)\b[^.;]{0,60}, (?:at )?$"
)
LATER_BEFORE = re.compile(
    r"\b(?:now|currently|today|still|later|last (?:seen|examined|reviewed|visited)"
    r"|relaps\w+|recur\w+|follow-up|subsequently|remain\w*"
    r"|aujourd'hui|actualmente|atualmente)\b[^.;]{0,30}$"
)
ONSET_BEFORE = re.compile(
    r"\b(?:onset|began|begun|start\w*|first (?:notic|appear|develop|symptom|sign|manifest)\w*"
    r"|notic\w+|appear\w*|debut\w*|initial\w*|symptoms|inicio|comenz\w+|begonnen)\b[^.;]{0,40}$"
)
# Another author's patient, told within a sentence of one's own.
CITED_AFTER = re.compile(
    r"^[^.;]{0,60}\b(?:described|reported|published|recorded|documented|observed)"
    r" (?:last|in (?:19|20)\d\d|by|previously|earlier|elsewhere|recently|before)\b"
    r"|^[^.;]{0,60}et al\b"
)
CITED_BEFORE = re.compile(
    r"\b(?:in|of) one of (?:these|those|them),? (?:was )?(?:an? )?$"
    r"|\b(?:(?:reports?|series|cases?|descriptions?) of\b[^.;]{0,80}\bin|single earlier"
    r"|(?:only|single|previous|previously|earlier|prior|another|published|reported) (?:\w+ ){0,2}?"
    r"(?:case|gestation|pregnancy|report|author|described|reported)|et al\W{0,3}"
    r"(?:\w+ ){0,3}(?:described|reported|recorded|saw|treated|published))[^.;]{0,60}$"
)
# 'Was diagnosed at the age of 39; she is now 46': the age at an earlier event.
EVENT_AGE_BEFORE = re.compile(
    r"\b(?:diagnos\w+|onset|began|started|develop\w+|appear\w+|notic\w+)\b[^.;]{0,40}"
    r"\bat (?:the|an) $"
)
# 'First seen in 2004 at the age of 47'.
SEEN_BEFORE = re.compile(
    r"\b(?:first seen|seen (?:first|initially)|presented|referred|admitted|consulted|attended)\b"
    r"[^.;]{0,30}\bat (?:the |an )?(?:age of )?$"
)
# A birthday passed during the course: 'at 10 years of age she …', 'when he turned 1 year old'.
MILESTONE_BEFORE = re.compile(
    r"\b(?:at|after|until|till|before|by|from|since|turned|reached|around|to)(?: the age of"
    r"| about)? $"
)
ONSET_WHEN = re.compile(
    r"^[^.;,]{0,15}\bwhen (?:(?:the|his|her|their) )?(?:(?:first|initial|earliest|skin) \w+"
    r"|symptoms"
    r"|it|papules|lesions|disease|(?:he|she) (?:first )?(?:notic|develop|began|fell|became)\w*)\b"
)
NO_AGE_AFTER = re.compile(
    r"^[\s,]*(?:of |after |post-?)?(?:gestation|pregnan|postpartum|partum|amenorrh|later|earlier"
    r"|older\b|younger\b|senior\b|junior\b|ago\b"
    r"|before|prior)"
)
ONSET_AFTER = re.compile(
    r"^[^.;]{0,30}\b(?:at|when) (?:the )?(?:time of )?(?:disease )?onset\b"
    r"|^(?: years?)?,? s?he (?:had )?(?:first )?(?:developed|noticed|noted|began|fell ill)\b"
)
DEATH_AFTER = re.compile(
    r"^[^.;]{0,30}\b(?:at|when) (?:the )?(?:time of )?(?:death|he died|she died)"
)


def weight_of_context(
    text: str, start: int, end: int, confidence: float, *, is_kin: bool = False
) -> float:
    """The confidence left after the words around; 0 where they say it is no patient's age.

    is_kin: the relatives of whom the text speaks are patients themselves.

    A person named beside the number ('a man of 53') outweighs the words further off.
    """
    before = text[max(0, start - CONTEXT_BEFORE) : start].lower()
    after = text[end : end + CONTEXT_AFTER].lower()
    person, thing = PERSON_AFTER.search(after), NO_PERSON_AFTER.search(after)
    if person and thing and person.end() < thing.end():
        thing = None  # 'a 57-year-old farmer lichenoid papules developed'
    is_within = PERSON_WITHIN.search(text[start:end]) is not None
    if thing and is_within and after.startswith(","):
        thing = None  # 'a man of 49, the eruption had been present'
    has_person = person is not None
    if not is_kin and is_of_relative(text[start:end], before, after):
        return 0.0
    if thing:
        return 0.0
    is_timed = NO_AGE_AFTER.search(after) and "old" not in text[start:end].lower()
    if is_timed or DEATH_AFTER.search(after):
        return 0.0
    if any(pattern.search(after) for pattern in (ONSET_AFTER, ONSET_WHEN, CITED_AFTER)):
        return confidence * 0.5
    if CITED_BEFORE.search(text[max(0, start - SENTENCE_BEFORE) : start].lower()):
        return confidence * 0.5
    is_introduced = PERSON_BEFORE.search(before) or SEEN_BEFORE.search(before)
    if has_person or is_within or is_introduced:
        return confidence
    if REJECTED_BEFORE.search(before):
        return 0.0
    if EVENT_AGE_BEFORE.search(before):
        return confidence * 0.6
    at_onset = 0.5 if ONSET_BEFORE.search(before) else 1.0
    if LATER_BEFORE.search(before) or MILESTONE_BEFORE.search(before):
        return confidence * 0.6 * at_onset
    return confidence * at_onset


def is_of_relative(found: str, before: str, after: str) -> bool:
    """True for 'her sister (48)' and '48-year-old sister', not for 'a brother (51) and sister'."""
    is_before = RELATIVE_BEFORE.search(before) is not None
    return is_before or (RELATIVE_AFTER.search(after) is not None and not SIBLING.match(found))

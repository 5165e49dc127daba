"""What a text says of a disease name: whose diagnosis it is, or only a comparison.

Reads sentences, writes nothing. Weights are chosen, not learned; they only order the evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language.tense import is_finite_past
from pipeline.screen import cues
from pipeline.screen.text import Sentence

TITLE_WEIGHT, DIAGNOSIS_WEIGHT, TOPIC_WEIGHT, OWN_WEIGHT, MENTION_WEIGHT = 5.0, 4.0, 3.0, 1.0, 0.2
# At most so many mentions of a weight count: a long text repeats itself.
MOST_COUNTED = {
    TITLE_WEIGHT: 1,
    DIAGNOSIS_WEIGHT: 2,
    TOPIC_WEIGHT: 1,
    OWN_WEIGHT: 3,
    MENTION_WEIGHT: 10,
}
TOPIC_WORDS = 6
BEFORE, AFTER = 90, 70
# Words before a name that make it a comparison, a suspicion or a denial.
COMPARED_BEFORE = re.compile(
    r"(?:\b(?:mimic(?:s|king|ked)?(?!,)|resembl\w+|simulat\w+|similar to|like|unlike|versus|vs\.?"
    r"|than|distinguish\w*|differentiat\w+"
    r"|different from|differs? from|contrast to|differential|excluded?|excluding|exclusion of"
    r"|ruled? out|ruling out"
    r"|suspect\w*|mistaken for|taken for|treated as|confused with|confusion with|misdiagnos\w+"
    r"|misinterpreted|labell?ed"
    r"|initially diagnosed (?:as|with)|first (?:called|diagnosed)|diagnosed elsewhere (?:as|with)"
    r"|referred (?:as having|with a diagnosis of|for presumed)"
    r"|(?:withdr[ae]w\w*|revis\w+|reject\w+|abandon\w+|refut\w+|discard\w+) the"
    r" (?:\w+ )?diagnosis of"
    r"|previously diagnosed (?:as|with)|thought to (?:be|have)|believed to be|presumed"
    r"|(?:elsewhere|initially|first|once|been|previously) (?:read|interpreted|reported) as"
    r"|considered|diagnosis of exclusion|as (?:seen |observed )?in|known from|apart from"
    r"|separate\w*|reminiscent of"
    r"|(?:did|do|does|could|can) ?not (?:show|reveal|confirm|support|prove|indicate)"
    r"|not|no|without|none|never|neither|nor|rather than|instead of|overlap\w* with"
    r"|share\w* \w* ?with|shared with|masquerad\w+ as"
    r"|a diagnosis of|suggest\w*|question of|possib\w+|hypothes[ie]s of|such as|including"
    r"|spectrum of|intermediate between|form between|in contrast|e\.g\.|i\.e\.)"
    r"(?: (?:a|an|the|those|that|from|with|diagnosis|diagnoses|of|both|either|true|classic|for"
    r"|any|initially|at first))*[ ,:(]{0,3})"
    r"(?:[a-z-]+, (?:and |or )?){0,5}(?:and |or )?$",
    re.IGNORECASE,
)
# Portuguese 'no escleromixedema' is 'in scleromyxedema'.
ABROAD = re.compile(r"esc|muc|liq", re.IGNORECASE)
IN_THE = re.compile(r"\bno $", re.IGNORECASE)
LISTED_APART = re.compile(
    r"differential|mimic|resembl|exclud|ruled out|unlike|\bnot\b|without|compar|distinguish",
    re.IGNORECASE,
)
NOT_REACHED = re.compile(
    r"\b(?:no|none|not|never|neither|without|nor|may|can|might|could|risk|rarely)\b[^.;]{0,60}"
    r"\b(?:progress\w*|evol\w+|transform\w*|develop\w*) (?:in)?(?:to )?(?:a |an )?$",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"differen[tz]ial\s?-?diagnos\w+|in betracht|diagnosticos? diferencia\w+"
    r"|diagnostics? differentiel\w*|differentials?\b|such as|were considered|included? in the",
    re.IGNORECASE,
)
COMPARED_AFTER = re.compile(
    r"^(?:-?\s?like|-?\s?type|\s?mimic(?:ker|ry)?s?\b(?! [a-z])|-?\s?reminiscent"
    r"|[^.;]{0,40}\b(?:(?:was|were|is|are|could be|had been|been) (?:\w+ ){0,2}?(?:excluded"
    r"|ruled out|considered|suspected|abandoned"
    r"|rejected|revised|discarded|unlikely|not)|abandoned|in the differential|as differential))",
    re.IGNORECASE,
)
ASSERTED_BEFORE = re.compile(
    rf"(?:\b{cues.PERSON}(?:'s?)? {cues.ADJECTIVES}(?:of|with|mit(?: [\w-]+){{1,9}}?"
    rf"|suffer\w+ from|having|had|has|have|affected by|who had|diagnosed|for|de|con|com|avec|mit"
    rf"|d'un|d'une|in whom)"
    r"|\bdiagnos\w+ (?:[\w-]+ ){0,5}?(?:of|as|with|to be|was|is|de|di|:|von|eines)?"
    r"|\bdiagnosis ?[:-]"
    r"|\b(?:chang|revis|correct|amend)\w+ (?:[\w-]+ ){0,2}diagnosis to|\bread as"
    r"|\b(?:conferma|confermat|dimostr)\w+ (?:la diagnosi di|lo|la|un)"
    r"|\b(?:consistent|compatible|in keeping|diagnostic)(?: with| of)?(?: the diagnosis of"
    r"| a diagnosis of| that of)?"
    r"|\b(?:judged|deemed|held|proved) to be|\b(?:led|amounted|added up) to"
    r"|\b(?:confirm\w*|establish\w*|revealed|proved|proven|recogni[sz]ed"
    r"|concluded)(?: the diagnosis of| a diagnosis of| to be| as)?|\b(?:his|her|their|patient'?s"
    r"|whose|our|this)"
    r"|\b(?:developed|development of|onset of|history of|known|had|has|having|suffered from"
    r"|labell?ed)|\b(?:case|cases|caso|casos|cas|fall|falle|form|variant|example|instance"
    r"|occurrence|episode) (?:\w+ ){{0,3}}?(?:of|de|von)(?: [\w-]+,?){{0,4}}?"
    r"|\b(?:report|describe|present) (?:\w+ ){0,3}?|\btreatment of|\btherapy of|\bmanagement of)"
    r"(?: (?:an?|the|his|her|their|une?|una?|uma?|um|eine?s?|recalcitrant|refractory|severe"
    r"|classic(?:al)?|atypical|typical|unusual|rare|progressive|generali[sz]ed|extensive|disabling"
    r"|resistant|advanced|probable|definite|biopsy-proven|biopsy proven|severely|\w+-\w+"
    r"|associated))*"
    r"[ ,:(\"']{0,3}$",
    re.IGNORECASE,
)
ASSERTED_AFTER = re.compile(
    rf"^[\w ,()/-]{{0,40}}?(?:\b(?:was|were|has been|is|had been) (?:\w+ly )?(?:then |finally "
    rf"|also |subsequently |thus |therefore )*(?:made|diagnosed|confirmed|established|found"
    rf"|the diagnosis|our diagnosis|treated|reported|described here|presented here)"
    rf"|\bin (?:an?|the|our|two|three|four|five|this|these|both"
    rf"|{cues.COUNT}) {cues.ADJECTIVES}{cues.PERSON}|\b(?:successfully )?treated with"
    rf"|\(n ?= ?\d+\)|\bpatients? (?:was|were|who|treated|had|received|with))",
    re.IGNORECASE,
)

# 'We present one such mimic, X': the authors announce their own report.
ANNOUNCED_BEFORE = re.compile(
    r"\b(?:we|i|here) (?:here |now |also )?(?:report|describe|present|illustrate)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
# The answer of a quiz or the heading of a case names the diagnosis.
NAMED_BEFORE = re.compile(
    r"(?:\b(?:final |correct |our |histologic\w* |definitive )?(?:diagnosis|dx|diagnostico"
    r"|diagnostic|diagnose|diagnosi|诊断|診斷|診断|answer|cause|culprit|solution|resposta"
    r"|respuesta)(?: here)?(?: is| was|:|\.| -|;)+"
    r"(?: of| that of)?(?: an?| the)?(?: ?\(?(?-i:[A-E])[.):]| ?(?-i:[A-E]),)?\s*)$",
    re.IGNORECASE,
)
NAMED_AFTER = re.compile(
    r"^[\w ,()-]{0,25}(?:is|was) (?:the|our|thus the|therefore the) (?:correct "
    r"|final )?(?:diagnosis|answer)",
    re.IGNORECASE,
)
# 'X is a rare disease ...' at the head of a sentence: the report is about X.
TOPIC_AFTER = re.compile(
    r"^[\s,]*(?:\([^)]{1,60}\)|,[^,.]{1,90},|or [\w ,-]{3,60}?)?[\s,]*(?:\[\d\])?(?:is|are"
    r"|was first|continua|sigue|continue|permanece|reste|bleibt|represents|belongs|constitutes|es"
    r"|e|est|ist|remains)\b",
    re.IGNORECASE,
)

NUMBER_BEFORE = re.compile(
    rf"\b(?:one|{cues.COUNT})(?: \w+)?(?: patients?| cases?)? (?:had|with|of|was"
    rf"|were)(?: \w+){{0,2}} $"
    rf"|(?:,| and) {cues.COUNT} $"
    r"|(?:,| and) the (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|other) $",
    re.IGNORECASE,
)
NUMBER_AFTER = re.compile(
    rf"^ ?(?:\(n ?= ?\d+\)|\(\d+(?: patients?| cases?)?\)|(?:lag |fand sich |bestand )?"
    rf"(?:in|bei|en|em|chez) (?:one|{cues.COUNT})(?: patients?"
    rf"| cases?)?\b(?! of the literature))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A disease named: where, how heavily it speaks for an own patient's having it."""

    sentence: Sentence
    start: int
    end: int
    weight: float
    is_counted: bool = False


def evidence_of(
    pattern: re.Pattern[str], sentences: Sequence[Sentence], own: frozenset[int]
) -> list[Evidence]:
    """Every mention with its weight; `own` holds the indexes of sentences on own patients."""
    found: list[Evidence] = []
    for index, sentence in enumerate(sentences):
        for match in pattern.finditer(sentence.text):
            weight = weight_of(sentence, match, index in own)
            is_counted = index in own and weight > 0 and is_number_given(sentence, match)
            found.append(Evidence(sentence, match.start(), match.end(), weight, is_counted))
    return found


def is_number_given(sentence: Sentence, found: re.Match[str]) -> bool:
    """'One had X', 'X in two', 'X (n = 3)': patients of a mixed series, counted apart."""
    before = sentence.text[max(0, found.start() - BEFORE) : found.start()]
    after = sentence.text[found.end() : found.end() + AFTER]
    return bool(NUMBER_BEFORE.search(before) or NUMBER_AFTER.search(after))


def weight_of(sentence: Sentence, found: re.Match[str], is_own: bool) -> float:
    before = sentence.text[max(0, found.start() - BEFORE) : found.start()]
    if sentence.heading and found.start() < BEFORE:
        before = f"{sentence.heading}: {before}"
    after = sentence.text[found.end() : found.end() + AFTER]
    if ABROAD.match(found.group()):
        before = IN_THE.sub("em ", before)
    if is_own and is_listed_diagnosis(sentence, found):
        return DIAGNOSIS_WEIGHT
    if is_compared(before, after):
        return 0.0
    if sentence.is_title:
        return TITLE_WEIGHT
    if NAMED_BEFORE.search(before) or NAMED_AFTER.search(after):
        return DIAGNOSIS_WEIGHT
    if ANNOUNCED_BEFORE.search(before):
        return DIAGNOSIS_WEIGHT
    if TOPIC_AFTER.search(after) and is_opening(before):
        return TOPIC_WEIGHT
    if cues.CITED.search(sentence.text) and not cues.OWN_REPORTED.search(sentence.text):
        return 0.0
    is_asserted = ASSERTED_BEFORE.search(before) or ASSERTED_AFTER.search(after)
    if is_own:
        return DIAGNOSIS_WEIGHT if is_asserted else OWN_WEIGHT
    is_event = is_asserted and is_finite_past(sentence.text)
    return OWN_WEIGHT if is_event else MENTION_WEIGHT


def is_listed_diagnosis(sentence: Sentence, found: re.Match[str]) -> bool:
    """One of the diagnoses that an own series was made up of; no list of differentials."""
    before = sentence.text[: found.start()]
    return bool(cues.DIAGNOSES_LISTED.search(before)) and not LISTED_APART.search(before)


def is_opening(before: str) -> bool:
    """A name at the head of its sentence, not one of a list."""
    return len(before.split()) <= TOPIC_WORDS and not re.search(
        r",|\band\b|\bund\b|\by\b|\be\b|\bet\b", before
    )


def is_compared(before: str, after: str) -> bool:
    """A comparison, a suspicion, a list of differential diagnoses or a denial."""
    if COMPARED_AFTER.search(after):
        return True
    compared = COMPARED_BEFORE.search(before)
    if compared and not re.search(r"\ba diagnosis of", compared.group(), re.IGNORECASE):
        return True
    return LISTED.search(before) is not None or NOT_REACHED.search(before) is not None


def total(evidence: Sequence[Evidence]) -> float:
    """The weights together, of each kind no more than counts."""
    by_weight = Counter(item.weight for item in evidence)
    return sum(weight * min(n, MOST_COUNTED.get(weight, 0)) for weight, n in by_weight.items())


def heaviest(evidence: Sequence[Evidence]) -> Evidence | None:
    return max(evidence, key=lambda item: item.weight, default=None)

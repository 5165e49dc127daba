"""Response cues of a sentence, weighed: negated, hypothetical, and of what they speak.

Reads mentions of rules/responses.csv, writes nothing. Only the disease's response counts, not
that of the paraprotein, the marrow or an adverse effect (guideline, "response").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors.clauses import clause_of, text_between
from pipeline.extractors.treatment.subjects import is_of_symptom, of_subject
from pipeline.language.folding import fold
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
    r"|\b(?:none|nothing|not one)(?: else)?(?: (?:that|which))?(?: [^\s.;]+){0,8}\W+$",
    re.IGNORECASE,
)
DOUBT = re.compile(
    r"\b(may|might|could|should|would|will|if|expected|hoped|hoping|in order|puede|pode|podria"
    r"|poderia)\s+(\w+\s+){0,2}$",
    re.IGNORECASE,
)
OF_DISEASE = re.compile(
    r"\s*(?:the |his |her )?(?:disease|skin|lesions?|papules|eruption|induration|condition|process"
    r"|symptoms?|progress\w*|pruritus|itch\w*|enfermedad|doenca|maladie|erkrankung)\b",
    re.IGNORECASE,
)
LOWER_DOSE = re.compile(
    r"\s*(?:by|with|after|on|when|once|upon) (?!(?:the |a )?(?:first|second|third|fourth|fifth"
    r"|sixth|last|next|initial|full|high\w*|same|single|this|that|each) )(?:\w+ ){0,3}"
    r"(?:dose|dosage)\b",
    re.IGNORECASE,
)
DOSE_CHANGE = re.compile(r"reduc|decreas|diminish|declin|stabili|halt|normali|fell", re.IGNORECASE)
OF_PERSON = re.compile(
    r"\b(?:he|she|who|patient|family|parents|insur\w+|and|but)\W*$", re.IGNORECASE
)
WHOLE = re.compile(r"complet|entire|total|full|vollstandig|komplett", re.IGNORECASE)
PERCENT = re.compile(r"(\d{1,3}) ?(?:%|per ?cent)", re.IGNORECASE)
DOSE_VERB = re.compile(
    r"\s*(?:dose |dosage )?(?:was |were |has been |had been |could be |being )?(?:\w+ly )?",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(father|mother|sister|brother|son|daughter|wife|husband|uncle|aunt|cousin|parents?|padre"
    r"|madre|pai|mae|hermana|hermano|irma|irmao|pere|mere|vater|mutter)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
NEWBORN = re.compile(
    r"\b(boy|girl|baby|infant|newborn|neonate|child|twins?)\b[^.]{0,60}\b(delivered|born)\b"
    r"|\b(gave birth|delivered|birth)\b[^.]{0,60}\b(boy|girl|baby|infant|newborn|neonate|child)\b",
    re.IGNORECASE,
)
SAVE_FOR = re.compile(
    r"[^.;]{0,40}\b(apart from|except(?:ing)?(?: for)?|save for|with the exception of|barring"
    r"|aside from|salvo|excepto|exceto|hormis|sauf|tranne|eccetto"
    r"|a excepcion de|com excecao d\w+|a l'exception d\w+|ad eccezione d\w+|bis auf)\b",
    re.IGNORECASE,
)
OF_MOST = re.compile(
    r"\s*(?:(?:of|in) |(?=about|roughly|more than|most of|half|two[- ]|nearly all|almost all"
    r"|presque tou|la plupart|casi tod|quase tod))"
    r"(?:about |roughly |more than |over )?(?:two[- ]thirds|three quarters|most|the majority|many"
    r"|much|almost all|nearly all|virtually all|half|presque tou\w+|la plupart|casi tod\w+"
    r"|quase tod\w+"
    r"|the bulk)\b"
    # 'Erano scomparse quasi del tutto': the degree stands behind.
    r"|\s*(?:quasi|casi|quase|presque|fast|nearly|almost) (?:del tutto|complet\w+|total\w*"
    r"|por completo|entirely|vollstandig|ganz)",
    re.IGNORECASE,
)
NOT_WHOLLY = re.compile(
    r"\b(?:most|the majority|much|many|half|two[- ]thirds|nearly all|almost all|virtually all"
    r"|la mayoria|a maioria|a maior parte|la plupart|die meisten|der grossteil)"
    r"(?: of| de| des| der)?(?: the| his| her| las| los| as)?(?: \w+){0,4}\W*$"
    r"|\b(?:nearly|almost|virtually|practically|nahezu|fast|weitgehend|casi|quase|presque"
    r"|practicamente|praticamente|pratiquement)(?: (?:in|a|en|em))?\W*$",
    re.IGNORECASE,
)
ALMOST = re.compile(
    r"\b(?:nearly|almost|virtually|practically)\b(?! (?:immediate|at once|instant|over))",
    re.IGNORECASE,
)
TRANSIENT = re.compile(r"\b(?:transient|temporary|transitory|short-?lived)\b", re.IGNORECASE)
PROGRESSED = re.compile(r"progres(?!siv)", re.IGNORECASE)
SCORES = re.compile(r"(?<![/\d])\d{1,3}(?:\.\d)?(?!\d)")
# Between a drug and what a note says of it: a dose and a time, then a colon, a dash or an arrow.
NOTED = re.compile(r"(?![^:>]*\b(?:was|were|is|had|and|for)\b)[\w\s/.,²()-]{0,45}(?:[:>–]|->| -) ?")
# Below a table: 'CR, complete response; PR, partial response' tells what a sign means.
SIGN_BEFORE = re.compile(r"\b[A-Z]{2,4}\s?[,:=]\s?$")
MEANING_BEHIND = re.compile(r"\s?[,:=]\s?(?:complete|partial|very good|no|stable)\b")
BENEFITS = ("complete", "partial", "improved")
LOSSES = ("relapse", "worse", "progressed")
FAILURES = ("none", "progressed")


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
    found = []
    for mention in mentions:
        if mention.group in ("subject", "neutral") or is_of_finding(mention, statement):
            continue
        if mention.group == "note" and not is_note_on_drug(mention, statement):
            continue
        value = value_of(mention, statement, subjects)
        if value is not None:
            is_symptom = is_of_symptom(mention, statement, subjects)
            is_forward = mention.codes == "forward"
            found.append(
                Cue(value, mention.start, mention.end, mention.rule, is_forward, is_symptom)
            )
    return found


def is_note_on_drug(mention: Mention, statement: Statement) -> bool:
    """'Methotrexate 15 mg weekly x 6 months: nil.' Nothing but the dose stands before the note."""
    drugs = [drug for drug in statement.of("therapies") if drug.end <= mention.start]
    words = text_between(statement, drugs[-1].end, mention.start) if drugs else "is"
    return NOTED.fullmatch(words) is not None


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
    value = value_told(mention)
    if value is None or is_defined(mention, statement):
        return None
    if NEGATION.search(before) or NONE_OF.search(before):
        opposite = negated(value, mention.text)
        if opposite is None:
            return None
        value = opposite
    behind = text_between(statement, mention.end, statement.end)
    is_most = SAVE_FOR.match(behind) or OF_MOST.match(behind) or NOT_WHOLLY.search(before)
    is_most = is_most or ALMOST.search(mention.text)
    if value == "complete" and is_most:
        value = "partial"  # 'clear apart from papules behind the ears', 'most papules had gone'
    return of_subject(value, mention, statement, subjects)


def is_defined(mention: Mention, statement: Statement) -> bool:
    """Whether a legend only says what a sign for a response means."""
    if statement.role != "legend":
        return False
    words, start = statement.text, statement.start
    is_sign = mention.text.isupper() and MEANING_BEHIND.match(words, mention.end - start)
    return bool(is_sign) or SIGN_BEFORE.search(words[: mention.start - start]) is not None


def is_dose_verb(mention: Mention, statement: Statement) -> bool:
    """'Prednisone was reduced' speaks of its dose, 'relieved by a lower dose' of a side effect."""
    behind = text_between(statement, mention.end, statement.end)
    if LOWER_DOSE.match(behind) and mention.concept not in LOSSES:
        return True
    names_disease = OF_DISEASE.match(behind) or OF_DISEASE.search(fold(mention.text))
    if names_disease or not DOSE_CHANGE.match(mention.text):
        return False
    return any(
        drug.end <= mention.start
        and DOSE_VERB.fullmatch(text_between(statement, drug.end, mention.start))
        for drug in statement.of("therapies")
    )


def value_told(mention: Mention) -> str | None:
    """The response a mention names; a percentage and a score tell it by their numbers."""
    if mention.concept == "percent":
        return graded(mention.text)
    if mention.group == "note":
        return mention.concept.removeprefix("note_")
    if mention.concept in BENEFITS and TRANSIENT.search(fold(mention.text)):
        return "relapse"
    if mention.concept == "worse" and PROGRESSED.search(fold(mention.text)):
        return "progressed"  # no response, not worse (guideline)
    is_number = mention.concept in ("score", "gain")
    return scored(mention.text, mention.concept) if is_number else mention.concept


def scored(text: str, kind: str) -> str:
    """'Rodnan score from 34 to 6' is improved, '6 to 34' worse; the same number is none. A 'gain'
    is better when it rises ('mouth opening from 22 to 38 mm')."""
    first, last = (float(number) for number in SCORES.findall(text)[-2:])
    if last == first:
        return "none"
    return "improved" if (last > first) == (kind == "gain") else "worse"


def graded(text: str) -> str:
    """100 % complete, 50 to 99 % partial, below that improved (guideline)."""
    found = PERCENT.search(text)
    percent = int(found[1]) if found else 0
    return "complete" if percent >= 100 else "partial" if percent >= 50 else "improved"


def negated(value: str, text: str) -> str | None:
    """'Not completely cleared' is partial; no improvement is none; a negated failure is silent."""
    if value == "complete" and WHOLE.search(text):
        return "partial"
    return "none" if value in (*BENEFITS, "controlled") else None

"""What grade a response cue tells: complete, partial, improved, none, worse, a benefit lost.

Reads mentions of rules/responses.csv and the words around them, writes nothing. The grades are
those of the guideline, "response".
"""

from __future__ import annotations

import re

from pipeline.language.folding import fold
from pipeline.records import Mention

BENEFITS = ("complete", "partial", "improved")
LOSSES = ("relapse", "worse", "progressed")
FAILURES = ("none", "progressed")
WHOLE = re.compile(r"complet|entire|total|full|vollstandig|komplett", re.IGNORECASE)
PERCENT = re.compile(r"(\d{1,3}) ?(?:%|per ?cent)", re.IGNORECASE)
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


def value_told(mention: Mention) -> str:
    """The response a mention names; a percentage and a score tell it by their numbers."""
    if mention.concept == "percent":
        return graded(mention.text)
    if mention.group in ("note", "contrast", "any"):
        return mention.concept.split("_")[1]
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


def is_not_wholly(mention: Mention, before: str, behind: str) -> bool:
    """'Clear apart from papules behind the ears', 'most papules had gone', 'almost clear'; the
    words of its clause before and behind it."""
    is_most = SAVE_FOR.match(behind) or OF_MOST.match(behind) or NOT_WHOLLY.search(before)
    return bool(is_most or ALMOST.search(mention.text))

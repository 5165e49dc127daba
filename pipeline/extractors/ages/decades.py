"""Ages told by the decade: 'in her fifties', 'the sixth decade', 'a septuagenarian'.

Reads and writes nothing. For folded text; each as in notations.py, a range of ten years.
"""

from __future__ import annotations

import re

from pipeline.language.numbers import ORDINAL_DECADES, TENS, any_of

WHOSE = r"(?:his|her|their|the|hers|la|sa)"
PART = r"(?:(?:early|mid|middle|late)[\s-](?:to[\s-]late[\s-])?)?"
DECADES: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), confidence)
    for name, pattern, confidence in (
        ("decade_number", rf"\bin {WHOSE} {PART}(?P<tens>[1-9])0'?s\b", 0.93),
        (
            "decade_word",
            rf"\b(?:in {WHOSE} {PART}|(?:early|mid|late)[\s-])"
            r"(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties"
            r"|nineties)\b",
            0.9,
        ),
        (
            "decade_ordinal",
            rf"\b(?:in|during) {WHOSE} {PART}(?P<ordinal>{any_of(ORDINAL_DECADES)})"
            r" decade\b(?: of (?:his |her )?life)?",
            0.9,
        ),
        (
            "decade_person",
            r"\b(?P<tens>[2-9])0'?s[- ](?:year[- ]old )?(?:male|female|man|woman|patient)\b",
            0.9,
        ),
        (
            "decade_about",
            r"\b(?:(?P<tens>[2-9])0|(?P<word>twenty|thirty|forty|fifty|sixty|seventy|eighty))"
            r"[- ]?something\b(?:[- ]year[- ]old)?",
            0.9,
        ),
        (
            "decade_latin",
            r"\b(?:a|an|this|the)? ?\b(?P<latin>quinqua|sexa|septua|octo|nona)genarian",
            0.9,
        ),
    )
)
LATIN = {"quinqua": 50, "sexa": 60, "septua": 70, "octo": 80, "nona": 90}


def years_of_decade(found: re.Match[str]) -> tuple[float, float] | None:
    """First and last year of the decade: 'sixth decade' and 'in her fifties' are 50 to 59."""
    groups = found.groupdict()
    if groups.get("tens"):
        low = int(groups["tens"]) * 10
    elif groups.get("ordinal"):
        low = ORDINAL_DECADES[groups["ordinal"].lower()]
    elif groups.get("latin"):
        low = LATIN[groups["latin"].lower()]
    else:
        low = TENS[re.sub("ies$", "y", groups["word"].lower())]
    return float(low), float(low + 9)

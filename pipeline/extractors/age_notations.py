"""The notations in which reports write an age. Reads and writes nothing.

Each is a name, a pattern over folded text, and the share of such finds expected to be right.
Groups: `n` (and `n2`, `n3`) the number, `unit` years unless given. Source: clinical.md 10.
"""

from __future__ import annotations

import re

from pipeline.language.numbers import (
    ORDINAL_DECADES,
    TENS,
    WORDS,
    any_of,
    number_of_words,
)

DIGITS = r"\d{1,3}(?:[.,]\d)?"
N = rf"(?P<n>(?<![\d.,])(?:{DIGITS}|\b{WORDS}))"
N2 = rf"(?P<n2>(?:{DIGITS}|\b{WORDS}))"
N3 = rf"(?P<n3>(?:{DIGITS}|\b{WORDS}))"
GAP = r"[\s-]{0,3}"
YEARS = r"(?:years?|yrs?|y)"
UNIT = r"(?P<unit>years?|yrs?|months?|mos?|weeks?|wks?|days?)"
OLD = r"(?:old|of age)"
PERSON = (
    r"(?:wom[ae]n|m[ae]n|females?|males?|lady|gentleman|boy|girl|patients?|infant|child"
    r"|mujer|varon|hombre|paciente|senora|senor|nina|nino|mulher|homem|doente|menina|menino"
    r"|femme|homme|patiente|malade|fille|garcon|enfant|frau|mann|patientin|donna|uomo|paziente)"
)
SEX_LETTER = r"(?:[FfMm]|female|male|woman|man|femme|homme|mujer|hombre)"
ABROAD_YEARS = r"(?:anos|ans|anni|jahren?)"

NOTATIONS: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), confidence)
    for name, pattern, confidence in (
        ("year_old", rf"{N}{GAP}{UNIT}\.?{GAP}{OLD}(?![a-z])", 0.97),
        ("year_and_half_old", rf"{N} and a half{GAP}{YEARS}{GAP}old(?![a-z])", 0.9),
        ("years_old_of_two", rf"{N},? (?:and|or|,) {N2}{GAP}{YEARS}{GAP}old(?![a-z])", 0.95),
        ("yo", rf"{N}{GAP}(?:y/o|y-o|yo|y\.\s?o\.?|yr/o|yrs?/o)(?![a-z])", 0.97),
        (
            "aged",
            rf"\b(?:aged|ages) {N}(?:{GAP}{UNIT})?(?:{GAP}old)?(?![\d-])(?! ?(?:-|to) ?\d)",
            0.95,
        ),
        (
            "aged_both",
            rf"\baged?s? {N}(?:, {N3},?)?,? (?:and|y|e|et|&"
            rf"|/) {N2}(?:{GAP}{YEARS})?(?: old)?(?!\d)",
            0.95,
        ),
        (
            "age",
            rf"\bage[:,]? (?:was |is |of |= ?)?{N}(?:{GAP}{UNIT})?(?:{GAP}old)?(?![\d-])(?! ?(?:-"
            rf"|to) ?\d)",
            0.85,
        ),
        (
            "age_field",
            rf"\bage(?: ?\(years\))?(?: ?[/,] ?(?:sex|gender))? ?[:=|] ?{N}(?:{GAP}{UNIT})?",
            0.95,
        ),
        (
            "of_years",
            rf"\b{PERSON},? (?:(?:of|at|with|,) )?\(?{N}{GAP}{UNIT}\b\)?(?: of age)?",
            0.93,
        ),
        (
            "man_of",
            rf"\b(?:man|woman|lady|gentleman|male|female|boy|girl) of {N}(?![\d%.])(?! (?:with|the"
            rf"|months?|weeks?|days?))"
            rf"(?: {YEARS})?",
            0.9,
        ),
        (
            "years_person",
            rf"{N}{GAP}(?:{YEARS}|months?)\b,?{GAP}(?:[a-z-]+ ){{0,2}}?(?:fe)?male\b",
            0.93,
        ),
        ("years_man", rf"{N}{GAP}{YEARS},?{GAP}(?:man|woman|lady|gentleman|boy|girl)\b", 0.93),
        # Capital letters only: "57 m" is a length.
        ("letter", r"(?<![\d.,/-])(?P<n>[1-9]\d)-?(?-i:[FM])(?![\w/-])", 0.85),
        ("letter_in_brackets", r"\((?P<n>[1-9]\d)[ -](?-i:[FM])(?=[,;)])", 0.85),
        ("letter_first", r"(?<![\w/.])(?-i:[FM])[ ]?/[ ]?(?P<n>[1-9]\d)(?![\d/.])", 0.9),
        (
            "letter_slash",
            rf"(?<![\d.,/-])(?P<n>\d{{1,3}})(?: ?{YEARS})? ?[/,] ?{SEX_LETTER}(?![\w/])",
            0.9,
        ),
        (
            "sex_comma",
            rf"\b(?:fe)?male(?: patient)?[,;] {N}(?: {YEARS})?(?: old)?(?![\d%.]| ?(?:mg|g|cases))",
            0.85,
        ),
        (
            "in_brackets",
            r"\b(?:wom[ae]n|m[ae]n|female|male|patient)(?: \d)? \((?P<n>[1-9]\d)"
            r"(?: ?(?:years?|yrs?)(?: old)?)?\)",
            0.85,
        ),
        ("anos_de_edad", rf"{N}\s?anos (?:de (?:edad|idade|vida)|d'age)(?! media)", 0.97),
        (
            "de_anos",
            rf"\b{PERSON}(?: [a-z]+){{0,4}}?,? (?:de |con |com |d'|di |von )?(?:edad |idade )?"
            rf"{N}\s?{ABROAD_YEARS}(?: de (?:edad|idade)| d'age)?(?! de (?:evoluc|histor"
            rf"|durac)|\s?d'(?:evol|hist))",
            0.92,
        ),
        ("edad", rf"\b(?:edad|idade)(?: de|:)? {N}\s?anos", 0.9),
        ("age_de", rf"\bagee?s?,? (?:de |d')?{N}\s?(?P<unit>ans|mois)\b", 0.97),
        ("jahrig", rf"{N}{GAP}jahrige?[rnms]?\b", 0.97),
        ("jahre_alt", rf"{N}{GAP}jahre (?:alte?[rnms]?|jung)\b", 0.95),
        ("im_alter", rf"\bim alter von {N}{GAP}jahren", 0.85),
        ("ans_first", rf"\b(?:monsieur|madame|mme|mr|m)\.? [A-Z]?\.?,? ?{N}\s?ans\b", 0.9),
    )
)
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
            "decade_latin",
            r"\b(?:a|an|this|the)? ?\b(?P<latin>quinqua|sexa|septua|octo|nona)genarian",
            0.9,
        ),
    )
)
LATIN = {"quinqua": 50, "sexa": 60, "septua": 70, "octo": 80, "nona": 90}


def number_of(text: str) -> float | None:
    """The number in digits (comma or point) or in words."""
    if text[0].isdigit():
        return float(text.replace(",", "."))
    return number_of_words(text)


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

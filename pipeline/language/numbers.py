"""Numbers as texts write them: digits and words from one to a hundred. Reads and writes nothing.

English first, then the Spanish, Portuguese, French, Italian and German words that ages are
written with.
Texts are given folded (`folding.fold`), so that accents do not matter.
"""

from __future__ import annotations

import functools
import re

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINAL_DECADES = {
    "second": 10, "third": 20, "fourth": 30, "fifth": 40, "sixth": 50, "seventh": 60,
    "eighth": 70, "ninth": 80, "tenth": 90, "2nd": 10, "3rd": 20, "4th": 30, "5th": 40,
    "6th": 50, "7th": 60, "8th": 70, "9th": 80, "10th": 90,
}  # fmt: skip
TENS_ABROAD = {
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70,
    "ochenta": 80, "noventa": 90, "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50,
    "sessenta": 60, "oitenta": 80, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "soixante": 60, "quatre-vingt": 80, "quatre-vingts": 80, "soixante-dix": 70,
    "quatre-vingt-dix": 90, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50,
    "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "venti": 20, "trenta": 30,
    "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90,
}  # fmt: skip
ONES_ABROAD = {
    "uno": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "um": 1, "uma": 1, "dois": 2, "duas": 2, "quatro": 4, "sete": 7,
    "oito": 8, "nove": 9, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8,
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "neuf": 9, "diez": 10, "dez": 10, "dix": 10, "doce": 12, "doze": 12, "trece": 13,
    "treze": 13, "catorce": 14, "catorze": 14, "quince": 15, "zehn": 10, "elf": 11,
    "zwolf": 12, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "dieci": 10,
    "dodici": 12, "diciotto": 18, "dieciocho": 18, "dezoito": 18, "dix-huit": 18, "achtzehn": 18,
}  # fmt: skip
# Written as one word: 'sessantotto' and 'cinquantuno', 'siebenundsechzig'.
ONES_ITALIAN = {
    "uno": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8,
    "nove": 9,
}  # fmt: skip
ONES_GERMAN = {
    "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9,
}  # fmt: skip
TENS_ITALIAN = [word for word in TENS_ABROAD if word.endswith(("nta", "venti"))]
TENS_GERMAN = [word for word in TENS_ABROAD if word.endswith(("zig", "ssig"))]
COMPOUNDS = {
    (tens[:-1] if ones[0] in "uo" else tens) + ones: TENS_ABROAD[tens] + number
    for tens in TENS_ITALIAN
    for ones, number in ONES_ITALIAN.items()
} | {
    f"{ones}und{tens}": TENS_ABROAD[tens] + number
    for tens in TENS_GERMAN
    for ones, number in ONES_GERMAN.items()
}


def any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


ENGLISH = rf"(?:{any_of(TENS)})(?:[\s-]{{1,2}}(?:{any_of(ONES)}))?|{any_of(TEENS)}|{any_of(ONES)}"
GERMAN = rf"(?:(?:{any_of(ONES_GERMAN)})und)?(?:{'|'.join(TENS_GERMAN)})"
ITALIAN = rf"(?:{'|'.join(word[:-1] for word in TENS_ITALIAN)})[ai]?(?:{any_of(ONES_ITALIAN)})"
ABROAD = (
    rf"(?:{ITALIAN}|{GERMAN}|(?:{any_of(TENS_ABROAD)})(?:(?: y | e | et |-)"
    rf"(?:{any_of(ONES_ABROAD)}))?)"
)
WORDS = rf"(?:(?:{ENGLISH}|{ABROAD})(?![a-z]))"
# Numbers of people: also the small foreign ones, without the articles 'un', 'uma'.
MANY_ABROAD = any_of({word: number for word, number in ONES_ABROAD.items() if number > 1})
COUNTS = rf"(?:(?:{ENGLISH}|{ABROAD}|{MANY_ABROAD})(?![a-z]))"
VALUES = {**ONES, **TEENS, **TENS, **ONES_ABROAD, **TENS_ABROAD, **COMPOUNDS}

DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[a-z]+")
FIRST_WORDS = frozenset(word.partition("-")[0] for word in VALUES)


@functools.lru_cache(maxsize=4096)  # a sentence is asked for ages, sums and ordinals in turn
def may_hold_number(folded: str) -> bool:
    """Whether a text has a digit or a number word: far cheaper than trying every notation."""
    if DIGIT.search(folded) is not None:
        return True
    lower = folded.lower()
    is_in_compound = "igjahrig" in lower  # 'siebenundsechzigjahrige'
    return is_in_compound or not FIRST_WORDS.isdisjoint(LETTERS.findall(lower))


def number_of_words(text: str) -> int | None:
    """'fifty-seven', 'sixty two', 'cincuenta y siete' as a number; None for anything else."""
    folded = text.lower().strip()
    if folded in VALUES:
        return VALUES[folded]
    tens, _, ones = re.sub(r"\s+(y|e|et)\s+|\s", "-", folded).rpartition("-")
    if tens in {**TENS, **TENS_ABROAD} and ones in {**ONES, **ONES_ABROAD}:
        return VALUES[tens] + VALUES[ones]
    return None

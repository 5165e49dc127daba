"""Numbers of people in running text, in digits and in words. Reads and writes nothing."""

from __future__ import annotations

import re

WORDS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "twenty-one": 21, "twenty-two": 22, "twenty-three": 23, "twenty-four": 24, "twenty-five": 25,
    "twenty-six": 26, "twenty-seven": 27, "twenty-eight": 28, "twenty-nine": 29, "thirty": 30,
    "thirty-three": 33, "forty": 40, "fifty": 50,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "dois": 2, "duas": 2, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10,
}  # fmt: skip
NUMBER = r"(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r"|\d{1,3})"
PEOPLE = (
    r"(?:patients?|cases?|men|man|women|woman|males?|females?|individuals?|adults?|subjects?"
    r"|persons?|people|siblings|pacientes?|casos?|mujeres|varones|hombres|mulheres|homens|malades?"
    r"|patientes?|cas|hommes|femmes|patienten|patientinnen|falle|manner|frauen)"
)
COUNTED = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER})(?: (?!of\b|with\b|and\b|to\b|or\b|years?\b"
    rf"|months?\b)[\w-]+,?){{0,6}}? {PEOPLE}\b",
    re.IGNORECASE,
)


def number_of(word: str) -> int | None:
    """'eight', 'Eight' or '8' as 8; None for any other word."""
    lower = word.lower()
    return int(lower) if lower.isdigit() else WORDS.get(lower)


def first_count(folded: str) -> int | None:
    """The first 'N … patients' of a folded text; a year or a dose in front of it is none."""
    for found in COUNTED.finditer(folded):
        number = number_of(found["n"])
        if number is not None and 0 < number < 1000:
            return number
    return None

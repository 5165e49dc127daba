"""The pieces of which the notations of an age are made. Reads and writes nothing.

Groups: `n` (and `n2`, `n3`) the number, `unit` years unless given. Source: clinical.md 10.
"""

from __future__ import annotations

from pipeline.language.numbers import WORDS, number_of_words

Notation = tuple[str, str, float]  # its name, its expression, the share of finds that are right

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
OCCUPATION = (
    r"(?:soldier|sailor|farmer|teacher|nurse|driver|builder|baker|butcher|cook|clerk|lawyer|doctor"
    r"|physician|dentist|engineer|miner|mechanic|carpenter|painter|gardener|fisherman|housewife"
    r"|widow(?:er)?|secretary|student|priest|nun|accountant|shopkeeper|seamstress|tailor"
    r"|hairdresser|bricklayer|electrician|plumber|welder|labou?rer|worker|officer|policeman"
    r"|musician|pensioner|merchant|journalist|smoker"
    r"|diabetic)"
)
ABROAD_YEARS = r"(?:anos|ans|anni|jahren?)"

NUMBER = rf"(?:{DIGITS}|{WORDS})"
PLURAL = (
    r"(?:patients|cases|m[ae]n|women|males|females|sisters|brothers|twins|siblings|adults|ladies"
    r"|gentlemen|pacientes|casos|mujeres|varones|hombres|hermanas|hermanos|doentes|mulheres|homens"
    r"|irmas|irmaos|patientes|cas|femmes|hommes|soeurs|freres|patienten|patientinnen|frauen"
    r"|manner|schwestern|bruder)"
)


def number_of(text: str) -> float | None:
    """The number in digits (comma or point) or in words."""
    if text[0].isdigit():
        return float(text.replace(",", "."))
    return number_of_words(text)

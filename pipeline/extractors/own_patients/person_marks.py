"""The words for a person by sex or age that tell the patients of a series apart.

Reads text, writes nothing. "The woman", "the two women", "the younger man", "both".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.own_patients.marks import COUNTS, Mark

SEX_NOUNS = {
    "man": "male", "male": "male", "boy": "male", "gentleman": "male", "brother": "male",
    "varon": "male", "hombre": "male", "homem": "male", "homme": "male", "mann": "male",
    "woman": "female", "female": "female", "girl": "female", "lady": "female",
    "sister": "female", "mujer": "female", "mulher": "female", "femme": "female",
    "frau": "female", "patientin": "female", "patiente": "female",
    "donna": "female", "uomo": "male", "bruder": "male", "schwester": "female",
    "hermano": "male", "hermana": "female", "irma": "female", "irmao": "male",
    "frere": "male", "soeur": "female", "fratello": "male", "sorella": "female",
    "father": "male", "son": "male", "uncle": "male", "nephew": "male", "mother": "female",
    "daughter": "female", "aunt": "female", "niece": "female",
}  # fmt: skip
RANKS = {
    "younger": "young", "youngest": "young", "older": "old", "oldest": "old", "elder": "old",
    "eldest": "old", "joven": "young", "mayor": "old", "jungere": "young", "altere": "old",
    "menor": "young", "mas joven": "young", "mais nova": "young", "mais novo": "young",
    "mais velha": "old", "mais velho": "old", "ainee": "old", "aine": "old", "cadette": "young",
    "cadet": "young", "maggiore": "old", "minore": "young",
}  # fmt: skip
GROUPS = {"women": "female", "females": "female", "sisters": "female", "men": "male",
    "males": "male", "brothers": "male"}  # fmt: skip
# 'The two women': those of the series, if there are two; 'the men': if several; 'the latter two'.
SOME_OF_A_SEX = re.compile(
    rf"\b(?:in |to )?the (?:(?P<n>{'|'.join(COUNTS)}) (?:other )?)?(?P<sex>{'|'.join(GROUPS)})\b"
    rf"|\bthe (?:last|latter) (?P<last>{'|'.join(COUNTS)})\b"
    r"(?! (?:cycles|years|months|weeks|days|drugs|agents|treatments|infusions))"
)
PERSON = re.compile(
    rf"\b(?:the|el|la|o|a|l'|le|il|lo|der|die|beim|bei der|bei dem) ?(?:(?P<rank>{'|'.join(RANKS)})"
    rf"(?: (?:one|patient|of the two|{'|'.join(SEX_NOUNS)}))?"
    rf"|(?P<sex>{'|'.join(SEX_NOUNS)})(?: patient)?)\b(?! (?:to|and (?:female|male|men|women)))"
)
# 'A woman of 50 and a man of 62, both with a gammopathy': it goes on about all of them.
ALL_OF_THEM = re.compile(
    r"(?<=\bin )(?:both|all (?:two|three|four|five|six))(?=(?: patients| cases)?[,;.])"
    r"|(?<=, )(?:both|all(?: (?:two|three|four|five|six))?|each)"
    r"(?= (?:of (?:them|whom) )?(?:with|had|were|was|received|treated|showed"
    r"|presented|responded|died)\b)"
)


def person_marks(folded: str) -> Iterator[Mark]:
    """'The woman', 'the two women', 'the younger man': those of whom alone it is true; 'both'."""
    folded = folded.lower()  # letters as they are compare in a third of the time
    for found in PERSON.finditer(folded):
        rank, sex = (found["rank"] or "").lower(), (found["sex"] or "").lower()
        yield Mark(
            start=found.start(),
            end=found.end(),
            rank=RANKS.get(rank, ""),
            sex=SEX_NOUNS.get(sex, ""),
        )
    has_all = any(word in folded for word in ("both", "all", "each"))
    for found in ALL_OF_THEM.finditer(folded) if has_all else ():
        yield Mark(start=found.start(), end=found.end(), is_all=True)
    for found in SOME_OF_A_SEX.finditer(folded):
        number = found["n"] or found["last"]
        yield Mark(
            start=found.start(),
            end=found.end(),
            sex=GROUPS[found["sex"].lower()] if found["sex"] else "",
            count=COUNTS[number.lower()] if number else 0,
            rank="last" if found["last"] else "",
        )

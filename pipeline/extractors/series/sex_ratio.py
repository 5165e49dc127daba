"""The sexes of a series told as a ratio: 'M:F 6:4', 'male-to-female ratio 1.5:1', 'sex ratio 1.5'.

Reads text, writes nothing. A ratio counts people only where one pair of numbers alone gives it.
"""

from __future__ import annotations

import re

MEN, WOMEN = r"(?:males?|m[ae]n|[mh])", r"(?:females?|wom[ae]n|[fw])"
LINK = r"(?: ?[:/-] ?|[ -]to[ -]| and )"
PAIR = rf"\b(?:{MEN}{LINK}{WOMEN}|{WOMEN}{LINK}{MEN})\b"
KIND = r",? (?:sex |gender )?(?:ratio|distribution)"
RATIO = re.compile(
    rf"(?P<pair>{PAIR})(?:{KIND})?(?: was| of| is)?[ ,:=(]{{0,3}}"
    r"(?P<first>\d{1,3}) ?(?::|/|to) ?(?P<second>\d{1,3})(?!\d|\.\d)",
    re.IGNORECASE,
)
IS_RATIO = re.compile(rf"\bratio (?:of )?{PAIR}|{PAIR}(?:{KIND}|[ :=(]{{1,3}}\d)", re.IGNORECASE)
NUMBER = r"\d{1,2}(?:[.,]\d{1,2})?"
SHARE = re.compile(
    rf"(?:(?P<pair>{PAIR})[ -](?:sex )?ratio|\bsex[- ]?ratio)"
    rf"(?: \((?P<behind>{PAIR})\))?[ :=]*(?:(?:was|of|is|de|etait|a) )*[ :=]*"
    rf"(?P<value>{NUMBER})(?: ?[:/] ?(?P<other>{NUMBER}))?",
    re.IGNORECASE,
)
# Without one of these words the next two expressions are not tried.
MAY_COMPARE = re.compile(r"equal|even|as many|each|outnumber|exceed|predominat", re.IGNORECASE)
# 'Men and women were equally affected', 'there were as many men as women', 'four of each sex'.
EQUAL = re.compile(
    rf"\b(?:(?:{MEN}|{WOMEN}) and (?:{MEN}|{WOMEN})|(?:both|the) (?:sexes|genders))"
    r" (?:were|was) (?:equally|evenly) (?:affected|represented|distributed)"
    rf"|\bas many (?:{MEN}|{WOMEN}) as (?:{MEN}|{WOMEN})\b|\bof each (?:sex|gender)\b"
    r"|\b(?:equal|even) (?:sex|gender) (?:distribution|ratio)",
    re.IGNORECASE,
)
# 'Women outnumbered men by 13 to 7'.
OUTNUMBERED = re.compile(
    rf"\b(?P<first>{MEN}|{WOMEN}) (?:outnumbered|exceeded|predominated over) (?:the )?"
    rf"(?:{MEN}|{WOMEN})(?: by)?,? \(?(?P<more>\d{{1,3}})"
    rf" ?(?:to|:|versus|vs\.?) ?(?P<fewer>\d{{1,3}})",
    re.IGNORECASE,
)


def sexes_told(folded: str, total: int | None) -> tuple[int, int, int, int] | None:
    """Men, women, start and end of a ratio that counts all of the series; else None."""
    if total is None:
        return None
    found = RATIO.search(folded)
    if found and int(found["first"]) + int(found["second"]) == total:
        first, second = int(found["first"]), int(found["second"])
        men, women = (second, first) if is_of_women(found["pair"]) else (first, second)
        return men, women, found.start(), found.end()
    return sexes_by_share(folded, total) or sexes_in_words(folded, total)


def sexes_in_words(folded: str, total: int) -> tuple[int, int, int, int] | None:
    """The same from 'men and women were equally affected', 'women outnumbered men by 13 to 7'."""
    if MAY_COMPARE.search(folded) is None:
        return None
    equal = EQUAL.search(folded)
    if equal is not None and total % 2 == 0:
        return total // 2, total // 2, equal.start(), equal.end()
    found = OUTNUMBERED.search(folded)
    if found is None or int(found["more"]) + int(found["fewer"]) != total:
        return None
    numbers = int(found["more"]), int(found["fewer"])
    men, women = reversed(numbers) if is_of_women(found["first"]) else numbers
    return men, women, found.start(), found.end()


def sexes_by_share(folded: str, total: int) -> tuple[int, int, int, int] | None:
    """The same from 'ratio 1.5:1', where only one pair of all patients rounds to it."""
    found = SHARE.search(folded)
    if found is None:
        return None
    pairs = [
        (first, total - first)
        for first in range(1, total)
        if gives(first, total - first, found["value"], found["other"])
    ]
    if len(pairs) != 1:
        return None
    # Without letters a sex ratio is that of men to women, the demographers' use.
    pair = found["pair"] or found["behind"] or "male"
    men, women = reversed(pairs[0]) if is_of_women(pair) else pairs[0]
    return men, women, found.start(), found.end()


def is_of_women(pair: str) -> bool:
    """Whether a pair names the women first: 'female', 'women', 'F/H'."""
    return pair.lower().startswith(("f", "w"))


def gives(first: int, second: int, value: str, other: str | None) -> bool:
    """Whether `first` to `second`, rounded as the text rounds it, is the ratio told."""
    digits = len(re.split(r"[.,]", value)[1]) if re.search(r"[.,]", value) else 0
    told, over = float(value.replace(",", ".")), float((other or "1").replace(",", "."))
    if over == 1 and digits:
        return round(first / second, digits) == told
    return first * over == second * told


def is_in_ratio(folded: str, start: int) -> bool:
    """True where the word for a sex at that place stands in a ratio, which counts nobody."""
    patterns = (IS_RATIO, EQUAL, OUTNUMBERED) if MAY_COMPARE.search(folded) else (IS_RATIO,)
    return any(
        found.start() <= start < found.end()
        for pattern in patterns
        for found in pattern.finditer(folded)
    )

"""The sexes of a series told as a ratio: 'M:F 6:4', 'female to male ratio 3:1'.

Reads text, writes nothing. A ratio counts people only where its two numbers make up the series.
"""

from __future__ import annotations

import re

MEN = r"(?:m(?=[:/])|(?<=[:/])m|males?|men|man)"
WOMEN = r"(?:f(?=[:/])|(?<=[:/])f|females?|women|woman)"
LINK = r"(?: ?[:/] ?|[ -]to[ -]| and )"
RATIO = re.compile(
    rf"\b(?:(?P<men_first>{MEN}{LINK}{WOMEN})|{WOMEN}{LINK}{MEN})\b"
    rf"(?:,? (?:sex |gender )?(?:ratio|distribution))?(?: was| of| is)?[ ,:=(]{{0,3}}"
    rf"(?P<first>\d{{1,3}}) ?(?::|/|to) ?(?P<second>\d{{1,3}})(?!\d|\.\d)",
    re.IGNORECASE,
)
IS_RATIO = re.compile(
    rf"\bratio (?:of )?(?:{MEN}{LINK}{WOMEN}|{WOMEN}{LINK}{MEN})\b"
    rf"|\b(?:{MEN}{LINK}{WOMEN}|{WOMEN}{LINK}{MEN})\b(?:,? (?:sex |gender )?ratio|[ :=(]{{1,3}}\d)",
    re.IGNORECASE,
)


def sexes_told(folded: str, total: int | None) -> tuple[int, int, int, int] | None:
    """Men, women, start and end of a ratio that counts all of the series; else None."""
    found = RATIO.search(folded)
    if found is None or total is None:
        return None
    first, second = int(found["first"]), int(found["second"])
    if first + second != total:
        return None
    men, women = (first, second) if found["men_first"] else (second, first)
    return men, women, found.start(), found.end()


def is_in_ratio(folded: str, start: int) -> bool:
    """True where the word for a sex at that place stands in a ratio, which counts nobody."""
    return any(found.start() <= start < found.end() for found in IS_RATIO.finditer(folded))

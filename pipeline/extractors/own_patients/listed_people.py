"""People listed by age and a letter: '55/M and 62/F', '(F/48, M/61)'. Reads text, writes nothing.

Only a list of two and more introduces them; one alone may be a length or a quantity.
"""

from __future__ import annotations

import re

ONE = re.compile(
    r"(?<![\w/.-])(?:(?P<age>[1-9]\d) ?(?:[/,] ?)?(?P<sex>[MF])"
    r"|(?P<sex2>[MF]) ?(?:[/,] ?)?(?P<age2>[1-9]\d))(?![\w/-]|\.\d)"
)
BETWEEN = re.compile(
    r"\)?[,;:]? ?(?:and |& |y |e |et |und )?(?:(?:patient|case) )?(?:[1-9]\d? ?[:=]? ?)?\(?"
)
SEXES = {"M": "male", "F": "female"}
MAY_HOLD = re.compile(r"\d[ ,/]{0,2}[MF]\b|\b[MF][ ,/]{0,2}\d")


def people_by_letter(folded: str) -> list[tuple[int, str]]:
    """Age in years and sex of each; [] where fewer than two stand side by side."""
    if not MAY_HOLD.search(folded):
        return []
    listed: list[re.Match[str]] = []
    for found in ONE.finditer(folded):
        if listed and not BETWEEN.fullmatch(folded, listed[-1].end(), found.start()):
            if len(listed) > 1:
                break
            listed = []
        listed.append(found)
    people = [(one["age"] or one["age2"], one["sex"] or one["sex2"]) for one in listed]
    return [(int(age), SEXES[sex]) for age, sex in people] if len(people) > 1 else []

"""Numbers of people in running text, in digits and in words. Reads and writes nothing."""

from __future__ import annotations

import re

from pipeline.language.numbers import COUNTS, number_of_words

# Italian 'due' is a number before people only: in English it is none.
DUE = r"due(?= (?:pazienti|casi|donne|uomini|fratelli|sorelle|malat[ie])\b)"
NUMBER = rf"(?:{COUNTS}|{DUE}|\d{{1,3}})"
PEOPLE = (
    r"(?:patients?|cases?|men|man|women|woman|males?|females?|individuals?|adults?|subjects?"
    r"|participants?|outpatients|inpatients|sufferers|(?:non-?)?smokers|persons?|survivors?|people|siblings|cousins|sisters|brothers|twins|children|observations"
    r"|pacientes?|casos?|mujeres|varones|hombres|mulheres|homens|doentes?|enfermos|enfermas"
    r"|hermanas|hermanos|irmas|irmaos|malades?|patientes?|cas|hommes|femmes|soeurs|freres"
    r"|patienten|patientinnen|falle|fallen|manner|frauen|schwestern|geschwister"
    r"|pazienti|donne|uomini|sorelle|fratelli|malat[ie]"
    r"|casi(?= (?:di|clinici|trattati|con)\b|[:,.]|$))"
)
COUNTED = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER})(?: (?!of\b|from\b|in |\d|with\b|and\b|to\b|or\b|per|years?\b"
    rf"|months?\b)[\w-]+,?){{0,6}}? {PEOPLE}\b",
    re.IGNORECASE,
)

# '25 fulfilled the criteria'.
ENROLLED = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:{PEOPLE} )?(?:who )?(?:fulfilled|met|satisfied"
    r"|(?:were )?(?:enrolled|included))\b",
    re.IGNORECASE,
)
# 'Five men and three women' are eight.
SUM = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:men|males|women|females)(?: (?!and\b)\w+)?,? and"
    rf" (?P<n2>{NUMBER}) (?:men|males|women|females)\b",
    re.IGNORECASE,
)
# 'Results: n = 25; women predominated' counts the series.
SIZE = re.compile(
    r"^(?:(?:results|methods|patients|cases|population|cohort|subjects)\W{1,3})?"
    r"\(?n ?= ?(?P<n>\d{1,3})\b",
    re.IGNORECASE,
)
# 'Sixteen patients and another 46 who met the criteria' are 62; so are two groups by treatment.
TREATED = r"(?:treated (?:with|by)|who (?:had )?(?:received|underwent)|receiving|given)"
ADDED = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:[\w-]+ ){{0,3}}?{PEOPLE}\b[^.;,]{{0,60}}? and"
    rf" (?:an additional|another|a further) (?P<n2>{NUMBER}) "
    rf"|(?<![\w./-])(?P<n3>{NUMBER}) (?:[\w-]+ ){{0,3}}?{PEOPLE} (?:[\w-]+ ){{0,4}}?{TREATED}"
    rf" [^.;,]{{1,60}}? and (?P<n4>{NUMBER}) {PEOPLE} (?:[\w-]+ ){{0,4}}?{TREATED} ",
    re.IGNORECASE,
)


def number_of(word: str) -> int | None:
    """'eight', 'Eight' or '8' as 8; None for any other word."""
    if word.lower() == "due":
        return 2
    return int(word) if word.isdigit() else number_of_words(word)


def first_count(folded: str) -> int | None:
    """The first 'N … patients' of a folded text, of several the first that is more than one."""
    told = SIZE.match(folded)
    if told is not None:
        return int(told["n"])
    added = SUM.search(folded) or ADDED.search(folded)
    first = COUNTED.search(folded)
    if added is not None and first is not None and first.start() == added.start():
        return sum(number_of(number) or 0 for number in added.groupdict().values() if number)
    counts = [number_of(found["n"]) for found in COUNTED.finditer(folded)]
    sensible = [count for count in counts if count is not None and 0 < count < 1000]
    return next((count for count in sensible if count > 1), next(iter(sensible), None))

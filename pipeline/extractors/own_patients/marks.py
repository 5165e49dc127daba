"""The words that tell the patients of a series apart. Reads text, writes nothing.

"Case 1", "patient B", "2nd case". Ordinals ("the second patient") are in `ordinals`,
ages ("a 45-year-old man") in `ages_told`, persons ("the younger man") in `person_marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from pipeline.language.folding import fold

NOUN = (
    r"(?:patient|case|woman|man|female|male|sister|brother|sibling|twin|child|paciente|caso|doente"
    r"|enfermo|enferma|patiente|malade|cas|patientin|patienten|fall|paziente|malat[oa])"
)
NAMED = re.compile(
    r"\b(?:[Cc]ase|CASE|[Pp]atient|PATIENT|[Cc]aso|CASO|[Pp]aciente|[Dd]oente|[Cc]as|CAS|Fall|FALL"
    r"|Patientin|[Oo]bservation|[Tt]win(?= [12AB]\b)|(?:Mr|Mrs|Ms|Miss)\.?(?= [A-H]\b(?!\.)))"
    r"(?P<plural>s|en|e)?(?: [Nn]o\.?| [Nn]umber| [Nn]\.? ?[oº°]| #)? ?"
    r"(?P<label>\d{1,3}|(?<= )[A-H](?![\w'])|I{1,3}\b|IV\b|VI{0,3}\b)(?![\w.]*\d|-\d)"
    r"(?!-year| years?| months?| ?(?:m?g|ml|units?)\b| ?%)"
    r"(?:(?P<more>(?:, \d{1,3})*)(?: \([^()]{1,20}\))?,? ?(?P<join>and|&|to|-|y|e|et|und) ?"
    r"(?P<label2>\d{1,3}(?!\d)|[A-H]\b|I{1,3}\b|IV\b))?"
)
# 'In A, infusions were stopped', 'A and C cleared, B did not': letters once 'patient A' is known.
LETTER = re.compile(
    r"(?:^|(?<=[;:,(] )|(?<=\b[Ii]n )|(?<=\b[Ff]or )|(?<=\bof )|(?<=\bwith )|(?<=\band )"
    r"|(?<=\bbut )|(?<=whereas )|(?<=while )|(?<=only )|(?<=[Bb]oth ))"
    r"(?P<letters>[A-H](?:(?:, [A-H])*,? and [A-H])?)(?![\w'’-])"
    r"(?= (?:had|has|have|was|were|is|are|did|does|then|also|continue[sd]?|remain(?:s|ed)?|failed"
    r"|showed|responded|improved|cleared|relapsed|died|received|developed|achieved|required|refused"
    r"|underwent|stopped|tolerated|needed|lost|became|experienced|presented|reported|only)\b"
    r"|[,;.)](?: |$)|(?<=[Ii]n \w) (?:the|there|only|a|an|no)\b)"
)
# "1er cas", "2e cas", "1º caso" (folded: "1o caso"), "2nd case": a number that heads a case.
NUMBERED = re.compile(
    r"^\W*(?P<label>\d{1,2})(?:er|re|eme|[eoa]|st|nd|rd|th)\.? (?:cas|caso|case|fall|patiente?"
    r"|paciente|observation)\b(?! (?:of|described|reported|in|to))",
    re.IGNORECASE,
)
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
HEADING = re.compile(
    r"\b(?:case|patient|caso|cas|fall|paciente|doente|observation)"
    r"(?: (?:report|no\.?|number|n\.? ?[o°]))? ?"
    r"(\d{1,3}\b(?!-\d)|(?<= )(?:[A-H]|I{1,3}|IV|V)\b)",
    re.IGNORECASE,
)
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7"}


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name a patient; offsets into the statement's text.

    `labels` where the words themselves tell whose; else what is told of the patient: `age`
    (`is_new` with an indefinite article), `sex` (and the `count` of 'the two women', 0 for 'the
    women'), `rank` ('young' or 'old' of the two, 'last' of all).
    `is_another`: 'another woman of 63', somebody else than who was told of before.
    `is_one`: 'one … the other', which tells two apart without saying which of those already known.
    `is_all`: 'both', 'all three' behind those it means.
    """

    start: int
    end: int
    labels: tuple[str, ...] = ()
    age: int | None = None
    is_new: bool = False
    is_another: bool = False
    sex: str = ""
    count: int = 1
    rank: str = ""
    is_one: bool = False
    is_all: bool = False

    @property
    def is_name(self) -> bool:
        return bool(self.labels)


def label_of_heading(title: str | None) -> str | None:
    """The label in 'Case 2' or 'Results > Patient B'; None where a heading names no patient."""
    for part in reversed((title or "").split(" > ")):
        found = HEADING.search(fold(part)) or NUMBERED.match(fold(part))
        if found:
            return plain_label(found.group(1))
    return None


def plain_label(label: str) -> str:
    """'II' as '2', 'b' as 'B', '02' as '2'."""
    upper = label.upper()
    return ROMAN.get(upper) or (str(int(upper)) if upper.isdigit() else upper)


def in_order(labels: Iterable[str]) -> tuple[str, ...]:
    """'2' before '10'."""
    return tuple(sorted(labels, key=lambda label: (len(label), label)))


def named_marks(folded: str) -> Iterator[Mark]:
    if numbered := NUMBERED.match(folded):
        label = plain_label(numbered["label"])
        yield Mark(start=numbered.start("label"), end=numbered.end(), labels=(label,))
    for found in NAMED.finditer(folded):
        labels = [plain_label(found["label"])]
        if found["label2"]:
            second = plain_label(found["label2"])
            is_span = found["join"] in ("to", "-") and labels[0].isdigit() and second.isdigit()
            between = range(int(labels[0]) + 1, int(second)) if is_span else ()
            more = re.findall(r"\d+", found["more"] or "")
            labels += [*more, *(str(number) for number in between), second]
        yield Mark(start=found.start(), end=found.end(), labels=tuple(labels))


def letter_marks(folded: str) -> Iterator[Mark]:
    """The letters that stand for patients in a text that has named them 'patient A' and so on."""
    for found in LETTER.finditer(folded):
        labels = tuple(re.findall(r"\b[A-H]\b", found["letters"]))
        yield Mark(start=found.start("letters"), end=found.end("letters"), labels=labels)

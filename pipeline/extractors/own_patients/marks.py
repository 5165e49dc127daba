"""The words that tell the patients of a series apart. Reads text, writes nothing.

"Case 1", "patient B", "the second patient", "the first three", "the other".
Ages ("a 45-year-old man") are in `ages_told`, persons ("the younger man") in `person_marks`.
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
ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "index": "1", "first-born": "1", "firstborn": "1", "second-born": "2", "former": "1",
    "latter": "2", "other": "2",
    "primer": "1", "primera": "1", "primero": "1", "primeiro": "1", "primeira": "1",
    "segundo": "2", "segunda": "2", "tercer": "3", "tercera": "3", "tercero": "3",
    "terceiro": "3", "terceira": "3", "premier": "1", "premiere": "1", "deuxieme": "2",
    "seconde": "2", "troisieme": "3", "quatrieme": "4", "erste": "1",
    "ersten": "1", "erster": "1", "zweite": "2", "zweiten": "2", "zweiter": "2", "dritte": "3",
    "dritten": "3", "primo": "1", "prima": "1", "secondo": "2", "seconda": "2",
    "terzo": "3", "terza": "3",
}  # fmt: skip
VERB = (
    r"had|was|is|has|did|failed|achieved|remained|improved|relapsed|refused|declined|lost|took"
    r"|began"
    r"|went|got|started|stopped|required|needed|tolerated|worsened|never|also|experienced|suffered"
    r"|reported|noticed|became|recovered|continued|developed|received|presented|showed|responded"
    r"|died|underwent|complained|came"
    r"|fell|tenia|era|presento|presentaba|recibio|tinha|apresentava|apresentou|foi|fue|avait|etait"
    r"|presentait|a recu|hatte|war|litt|erhielt|zeigte|verstarb"
    r"|no|nao|non|ne|n'|se|ha|a (?:ete|presente|repondu|obtenu)|aveva|sprach|blieb|besserte|starb"
    r"|wurde|klagte|reagierte|consult\w+|respond\w+|rispond\w+|repond\w+|mejor\w+|melhor\w+"
    r"|miglior\w+|presenta\w+|recib\w+|receb\w+|fal+ec\w+|morreu|murio|mourut|deced\w+"
    r"|desarroll\w+|desenvolv\w+|continu\w+|permane\w+|evolu\w+|refer\w+|acud\w+|soffr\w+"
)
# A text without one of these has no ordinal.
BEGINNINGS = tuple(sorted({ordinal[:4] for ordinal in ORDINALS}))
ORDINAL = re.compile(
    rf"\b(?:the |our |el |la |o |a |le |il |der |die |das |bei der |beim )?"
    rf"(?P<ordinal>{'|'.join(ORDINALS)})(?:(?: (?!{VERB}\b)[\w-]+)? {NOUN}\b"
    rf"|(?=(?: one)?(?: (?:{VERB})\b|,|\.|$| an? )))",
)
# "in the first three, whereas in the fourth": the first and the other ordinals of one sentence.
SPAN = re.compile(
    rf"\bthe first (?P<n>two|three|four|five|six)\b(?: {NOUN}s?)?(?! \w*(?:cycles?|years?|months?"
    rf"|weeks?|days?|courses?|infusions?|doses?|treatments?|lines?))",
)
# "The second and third patients": both of them.
PAIR = re.compile(
    rf"\bthe (?P<one>first|second|third|fourth)(?:, (?P<next>second|third|fourth),?)? and"
    rf" (?P<last>second|third|fourth|fifth) (?:{NOUN}s|women|men)\b",
)
IN_ORDINAL = re.compile(
    r"\b(?:in|for|of|with|whereas|while) the (?P<ordinal>first|second|third|fourth|fifth|sixth)\b"
    r"(?! (?:two|three|four|five|decades?|years?|months?|weeks?|days?|cycles?|courses?|lines?"
    r"|infusions?|doses?|toes?|fingers?|web|metacarp\w*|visit|time|place|case|patient))",
)
# 'The former had IgG lambda and the latter IgG kappa.'
GAPPED = re.compile(
    r"(?:\band|,|;|\bwhereas|\bwhile|\bbut) (?:in |for )?"
    r"(?P<mark>the (?P<ordinal>second|latter|third))\b(?= (?:ig ?[gamde]|an?\b|no\b"
    r"|none|neither|only\b|with\b|without\b))"
)
FIRST_OF_TWO = re.compile(
    rf"\bthe (?:first|former|second)(?: (?:{NOUN}|one))? (?:{VERB})\b"
    r"|\b(?:in|for) the (?:first|former),?"
)
# "This is the second case reported in the region" counts reports, it names no patient.
PRIORITY = re.compile(r"\b(?:is|was|represents?|describe|report|as|be) $", re.IGNORECASE)
PRIORITY_AFTER = re.compile(r" (?:report|reported|described|of|in the literature|to be)\b", re.I)
BARE = re.compile(r"(?:the |el |la |le |o |a |il |der |die )?\w+", re.IGNORECASE)
# What tells in a sentence that its ordinals are people.
FIRST = re.compile(
    rf"\bfirst(?: {NOUN}|,)|\b(?:el|la|o|a|le|il|der|die|bei de[rm]) (?:primer[oa]?|primeir[oa]"
    rf"|premiere?|prim[oa]|erste[nr]?)(?: {NOUN}|,| (?:{VERB})\b)"
)
# 'In the first, a man of 49', 'only the former had'.
BEGINS = re.compile(
    r"\W*(?:(?:only|and|but|in|with|for|y|e|et|und|mentre|mientras que|enquanto|tandis que) ){0,2}",
    re.IGNORECASE,
)
ONE_OTHER = re.compile(
    rf"\b(?P<one>one(?: of (?:them|whom|these|the (?:two )?patients))?(?: {NOUN})?)\b"
    rf"(?! (?:as|as well as|like|and|or|after|upon|behind|following)(?: in| for| of)? the other\b)"
    rf"(?=[^.]{{3,200}}\bthe other\b)",
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


def ordinal_marks(folded: str) -> Iterator[Mark]:
    lower = folded.lower()  # letters as they are compare in a third of the time
    one = ONE_OTHER.search(lower) if "the other" in lower else None
    if one:
        yield Mark(start=one.start(), end=one.end(), labels=("1",), is_one=True)
    if not any(word in lower for word in BEGINNINGS):
        return
    for found in ORDINAL.finditer(lower):
        if PRIORITY.search(folded[: found.start()]) or PRIORITY_AFTER.match(folded[found.end() :]):
            continue
        is_bare = BARE.fullmatch(found.group()) is not None
        if is_bare and not one and not is_contrast(lower, found):
            continue
        ordinal = found["ordinal"].lower()
        yield Mark(
            start=found.start(),
            end=found.end(),
            labels=(ORDINALS[ordinal],),
            is_one=ordinal == "other",
        )
    yield from gapped_marks(lower)
    yield from span_marks(lower)


def gapped_marks(folded: str) -> Iterator[Mark]:
    """'The former had IgG lambda and the latter IgG kappa': the verb is told once."""
    for found in GAPPED.finditer(folded):
        if FIRST_OF_TWO.search(folded[: found.start()]):
            label = ORDINALS[found["ordinal"]]
            yield Mark(start=found.start("mark"), end=found.end("mark"), labels=(label,))


def span_marks(folded: str) -> Iterator[Mark]:
    """'In the first three …, whereas in the fourth …'; 'the second and third patients'."""
    for found in PAIR.finditer(folded):
        named = (found[name] for name in ("one", "next", "last") if found[name])
        labels = tuple(ORDINALS[ordinal.lower()] for ordinal in named)
        yield Mark(start=found.start(), end=found.end(), labels=labels)
    spans = list(SPAN.finditer(folded))
    for found in spans:
        labels = tuple(str(number) for number in range(1, COUNTS[found["n"].lower()] + 1))
        yield Mark(start=found.start(), end=found.end(), labels=labels)
    others = list(IN_ORDINAL.finditer(folded))
    if len(spans) + len(others) > 1:
        for found in others:
            label = ORDINALS[found["ordinal"].lower()]
            yield Mark(start=found.start(), end=found.end(), labels=(label,))


def is_contrast(folded: str, found: re.Match[str]) -> bool:
    """'The second had …' stands alone where it begins a sentence or the sentence has the first."""
    if BEGINS.fullmatch(folded, 0, found.start()):
        return True
    return FIRST.search(folded, 0, found.end() + 1) is not None

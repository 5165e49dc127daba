"""The ordinals that tell the patients of a series apart: 'the second patient', 'the latter'.

Reads text, writes nothing. The first and the others of one sentence, and 'one … the other'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.own_patients.marks import COUNTS, NOUN, Mark

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

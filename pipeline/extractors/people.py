"""The words that tell the patients of a series apart, and those that count them.

Reads statements, writes nothing.
"Case 1", "patient B", "the second patient", "the other", "both", "a 45-year-old man".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.extractors.counting import NUMBER, PEOPLE, first_count, number_of
from pipeline.language.folding import fold
from pipeline.records import Statement

NOUN = r"(?:patient|case|woman|man|female|male|paciente|caso|patiente|cas|patientin|fall)"
NAMED = re.compile(
    r"\b(?:[Cc]ase|CASE|[Pp]atient|PATIENT|[Cc]aso|CASO|[Pp]aciente|[Cc]as|CAS|Fall|FALL|Patientin)"
    r"(?P<plural>s|en|e)?(?: [Nn]o\.?| [Nn]umber| #)? ?"
    r"(?P<label>\d{1,2}|(?<= )[A-H](?![\w'])|I{1,3}\b|IV\b|VI{0,3}\b)(?![\w.]*\d)(?!-year"
    r"| years?| months?)"
    r"(?:(?:, \d{1,2})*,? ?(?P<join>and|&|to|-|y|e|et|und) ?(?P<label2>\d{1,2}|[A-H]\b|I{1,3}\b"
    r"|IV\b))?"
)
ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "former": "1", "latter": "2", "other": "2",
    "primer": "1", "primera": "1", "primeiro": "1", "primeira": "1", "segundo": "2",
    "segunda": "2", "tercer": "3", "tercera": "3", "terceiro": "3", "premier": "1",
    "premiere": "1", "deuxieme": "2", "seconde": "2", "troisieme": "3", "erste": "1",
    "ersten": "1", "zweite": "2", "zweiten": "2", "dritte": "3", "dritten": "3",
}  # fmt: skip
ORDINAL = re.compile(
    rf"\b(?:the |our |el |la |o |a |le |der |die |das |bei der |beim )?"
    rf"(?P<ordinal>{'|'.join(ORDINALS)})(?:(?: [\w-]+)? {NOUN}\b"
    r"|(?=(?: one)?(?: had| was| is| has| developed| received| presented| showed| responded"
    r"| died|,|\.|$)))",
    re.IGNORECASE,
)
# "This is the second case reported in the region" counts reports, it names no patient.
PRIORITY = re.compile(r"\b(?:is|was|represents?|describe|report|as|be) $", re.IGNORECASE)
PRIORITY_AFTER = re.compile(r" (?:report|reported|described|of|in the literature|to be)\b", re.I)
BARE = re.compile(r"(?:the |el |la |le )?\w+", re.IGNORECASE)
ONE_OTHER = re.compile(
    rf"\b(?P<one>one(?: of (?:them|whom|these|the (?:two )?patients))?(?: {NOUN})?)\b"
    rf"(?=[^.]{{3,200}}\bthe other\b)",
    re.IGNORECASE,
)
AGE = re.compile(
    r"\b(?:(?P<article>an? |the |une? |una? |uma? |eine? |einer |einen )(?:[\w-]+ ){0,3}?)?"
    r"(?:(?P<age>\d{1,2}|[a-z]+ty(?:-[a-z]+)?)[ -]?(?:years?|yrs?)[ -]?old\b"
    r"|(?:wom[ae]n|m[ae]n|mujer|varon|hombre|homme|femme|homem|mulher|patiente?|paciente|mann|frau"
    r"|male|female),? (?:aged |of |de |age )+(?P<age2>\d{1,2})\b"
    r"|(?P<age3>\d{1,2})[ -]?(?:jahrige[rnms]?|anos de edad|anos))",
    re.IGNORECASE,
)
ALL = re.compile(
    r"\b(?:both|all|each|ambos|ambas|beide[nr]?|les deux|todos|todas|tous|alle)\b"
    r"|\b(?:our|these|the|nuestros|nossos|nos|unsere) (?:\w+ )?(?:patients|cases|pacientes|casos"
    r"|cas)\b",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    rf"\b(?:one(?! (?:week|month|year|day|cycle|course|dose))|some|most|none|only|except"
    rf"|respectively|the (?:first|second|other))\b"
    rf"|\b{NUMBER} (?:of|out of|\w+ of)\b",
    re.IGNORECASE,
)
ASIDE = re.compile(r";\s|,\s(?=(?:and |but )?(?:one|the (?:first|second|third|other))\b)", re.I)
MIXED = re.compile(
    rf"(?<![\w./-])(?P<n>{NUMBER}) (?:\([^)]{{1,20}}\) )?of (?:whom|them|these"
    rf"|the (?:\w+ )?(?:{NUMBER} )?"
    rf"{PEOPLE}|(?:the )?{NUMBER}(?: {PEOPLE})?),? (?:\([^)]{{1,20}}\) )?"
    r"(?:had|has|with|was diagnosed with|were diagnosed with) (?:generali[sz]ed |true )?scleromyx"
    rf"|\b(?:including|among them) (?P<n2>{NUMBER}) (?:{PEOPLE} )?(?:with|of) scleromyx",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"\b(?:case|patient|caso|cas|fall|paciente)(?: (?:report|no\.?|number))? ?(\d{1,2}\b"
    r"|(?<= )(?:[A-H]|I{1,3}|IV|V)\b)",
    re.IGNORECASE,
)
INDEFINITE = ("a", "an", "un", "una", "um", "uma", "une", "ein", "eine", "einen")
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7"}
CLAUSE_START = re.compile(
    r"(?:^|[,;:.] |, and |, whereas |, while | and | whereas | while | but )$"
)


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name a patient; offsets into the statement's text.

    `is_age`: a patient introduced by age, not yet labelled; `is_new`: by an indefinite article.
    """

    start: int
    end: int
    labels: tuple[str, ...] = ()
    is_age: bool = False
    is_new: bool = False


def label_of_heading(title: str | None) -> str | None:
    """The label in 'Case 2' or 'Results > Patient B'; None where a heading names no patient."""
    for part in reversed((title or "").split(" > ")):
        found = HEADING.search(fold(part))
        if found:
            return plain_label(found.group(1))
    return None


def plain_label(label: str) -> str:
    """'II' as '2', 'b' as 'B', '02' as '2'."""
    upper = label.upper()
    return ROMAN.get(upper) or (str(int(upper)) if upper.isdigit() else upper)


def marks_in(text: str) -> list[Mark]:
    """The marks of a sentence in order; where two overlap the first stays."""
    folded = fold(text)
    found = sorted([*named_marks(folded), *ordinal_marks(folded), *age_marks(folded)],
                   key=lambda mark: (mark.start, -mark.end))  # fmt: skip
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def named_marks(folded: str) -> Iterator[Mark]:
    for found in NAMED.finditer(folded):
        labels = [plain_label(found["label"])]
        if found["label2"]:
            second = plain_label(found["label2"])
            is_span = found["join"] in ("to", "-") and labels[0].isdigit() and second.isdigit()
            between = range(int(labels[0]) + 1, int(second)) if is_span else ()
            labels += [str(number) for number in between] + [second]
        yield Mark(start=found.start(), end=found.end(), labels=tuple(labels))


def ordinal_marks(folded: str) -> Iterator[Mark]:
    one = ONE_OTHER.search(folded)
    if one:
        yield Mark(start=one.start(), end=one.end(), labels=("1",))
    for found in ORDINAL.finditer(folded):
        if PRIORITY.search(folded[: found.start()]) or PRIORITY_AFTER.match(folded[found.end() :]):
            continue
        is_bare = BARE.fullmatch(found.group()) is not None
        if is_bare and not one and not is_contrast(folded, found):
            continue
        yield Mark(
            start=found.start(), end=found.end(), labels=(ORDINALS[found["ordinal"].lower()],)
        )


def is_contrast(folded: str, found: re.Match[str]) -> bool:
    """'The second had …' stands alone where it begins a sentence or the sentence has the first."""
    if found.start() == 0:
        return True
    return re.search(rf"\bfirst {NOUN}\b", folded[: found.start()], re.IGNORECASE) is not None


def age_marks(folded: str) -> Iterator[Mark]:
    for found in AGE.finditer(folded):
        article = (found["article"] or "").strip().lower()
        yield Mark(start=found.start(), end=found.end(), is_age=True, is_new=article != "the")


def ages_introduced(own: Sequence[Statement]) -> int:
    """How many patients the text introduces by age; the same words again introduce nobody."""
    seen: list[str] = []
    for statement in own:
        folded = fold(statement.text)
        for found in AGE.finditer(folded):
            age = found["age"] or found["age2"] or found["age3"]
            if (found["article"] or "").strip().lower() != "the" and age.lower() not in seen:
                seen.append(age.lower())
    return len(seen)


def announced_count(own: Sequence[Statement]) -> int | None:
    """How many own patients the text announces: an announcement first, then the title, then any.

    Of a mixed cohort ('two of 28 had scleromyxedema') the patients with the disease count.
    """
    folded = [(statement, fold(statement.text)) for statement in own]
    for _, text in folded:
        mixed = MIXED.search(text)
        if mixed and (number := number_of(mixed["n"] or mixed["n2"])):
            return number
    introduced = max((introductions(s, text) for s, text in folded), default=0)
    if introduced > 1:
        return introduced
    series = [(s, text) for s, text in folded if s.teller == "series"]
    announced = [text for s, text in series if s.role != "title" and has_cue(s, "series_own")]
    titles = [text for s, text in folded if s.role == "title" and "review" not in text.lower()]
    count = first_of(titles) or (None if is_one_first(own) else first_of(announced))
    if count is not None:
        return count
    if any(s.teller == "patient" and s.role != "title" and is_singular(s) for s in own):
        return 1
    return first_of([text for s, text in series if s.role != "title"])


def is_one_first(own: Sequence[Statement]) -> bool:
    """True where one own patient is announced before any group: 'We report a case …'."""
    body = [statement for statement in own if statement.role != "title"]
    first = next((s for s in body if has_cue(s, "own") or has_cue(s, "series_own")), None)
    return first is not None and first.teller == "patient"


def has_cue(statement: Statement, group: str) -> bool:
    return any(mention.group == group for mention in statement.of("statements"))


def introductions(statement: Statement, folded: str) -> int:
    """How many people one announcement introduces by age: 'We report a 57-year-old … and a …'."""
    if not has_cue(statement, "own"):
        return 0
    ages = {
        (found["age"], found["age2"], found["age3"])
        for found in AGE.finditer(folded)
        if (found["article"] or "").strip().lower() in INDEFINITE
    }
    return len(ages)


def is_singular(statement: Statement) -> bool:
    """True where the words mean one person: 'our patient', 'she', 'a 57-year-old man'."""
    return has_cue(statement, "own") or has_cue(statement, "person")


def first_of(texts: Sequence[str]) -> int | None:
    counts = (first_count(text) for text in texts)
    return next((count for count in counts if count is not None and count > 1), None)


def is_of_all(text: str, size: int) -> bool:
    """True for 'both patients', 'all three cases', 'we report 3 patients who …'; not for a part."""
    folded = fold(text)
    if PARTIAL.search(folded):
        return False
    return ALL.search(folded) is not None or first_count(folded) == size


def asides_of(text: str) -> list[tuple[int, int]]:
    """The spans of a sentence about all, cut where it goes on about one: '; one also had …'."""
    places = [found.end() for found in ASIDE.finditer(text)]
    return list(zip([0, *places], [*places, len(text)], strict=True))


def parts_of(
    statement: Statement, marks: Sequence[Mark]
) -> Iterator[tuple[Statement, tuple[str, ...] | None]]:
    """The statement cut between its patients, with the labels of each part.

    The labels are None where no mark stands; a mark after its fact ('cleared in patient 1') ends
    its part, a mark before it begins one. 'Respectively' cannot be attributed.
    """
    if not marks:
        yield statement, None
        return
    if "respectively" in statement.text.lower() or len({mark.labels for mark in marks}) == 1:
        is_same = "respectively" not in statement.text.lower()
        yield statement, marks[0].labels if is_same else ()
        return
    places = cut_places(statement.text, marks)
    for mark, start, end in zip(marks, places, [*places[1:], len(statement.text)], strict=True):
        yield slice_of(statement, start, end), mark.labels


def cut_places(text: str, marks: Sequence[Mark]) -> list[int]:
    """Where the part of each mark begins; the first part begins with the sentence."""
    is_trailing = (
        re.search(r"\b(?:in|for|of|by|with) (?:the )?$", text[: marks[0].start]) is not None
    )
    if is_trailing and marks[0].start > 15:
        return [0, *(mark.end for mark in marks[:-1])]
    return [0, *(begin_of_clause(text, mark.start) for mark in marks[1:])]


def begin_of_clause(text: str, place: int) -> int:
    """The mark's place, or that of the conjunction right before it."""
    found = re.search(r"(?:,? (?:and|whereas|while|but|y|et|und|e)|[,;]) $", text[:place])
    return found.start() if found else place


def slice_of(statement: Statement, start: int, end: int) -> Statement:
    piece = statement.text[start:end]
    start += len(piece) - len(piece.lstrip(" ,;"))
    end = max(start, end - (len(piece) - len(piece.rstrip())))
    first, last = statement.start + start, statement.start + end
    return msgspec.structs.replace(
        statement,
        start=first,
        end=last,
        text=statement.text[start:end],
        mentions=tuple(m for m in statement.mentions if first <= m.start < last),
    )

"""How a text introduces its patients by age: 'a 45-year-old man', 'two sisters, 58 and 61 years'.

Reads text, writes nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.clauses import RESPECTIVE
from pipeline.extractors.own_patients.listed_people import people_by_letter
from pipeline.extractors.own_patients.marks import COUNTS, Mark, named_marks
from pipeline.extractors.own_patients.ordinals import ordinal_marks
from pipeline.extractors.own_patients.person_marks import GROUPS, SEX_NOUNS, person_marks
from pipeline.language.folding import fold
from pipeline.language.numbers import WORDS, may_hold_number, number_of_words
from pipeline.records import Statement

INDEFINITE = ("a", "an", "un", "una", "um", "uma", "une", "ein", "eine", "einen", "one", "another")
SEX = "|".join(sorted(SEX_NOUNS, key=len, reverse=True))
# 'Three were under 20 years old', 'older than 50 years', '35-71 years old': nobody's age.
NO_LIMIT = (
    r"(?<!under )(?<!over )(?<!above )(?<!below )(?<!than )(?<!\d-)(?<!\d to )"
    r"(?<!between \d\d and )"
)
AGE = re.compile(
    r"\b(?:(?P<article>an? |one |another |the |une? |una? |uma? |eine? |einer |einen )"
    r"(?:(?!was\b|is\b|had\b|other\b|first\b|second\b|third\b|fourth\b|patient\b|case\b)[\w-]+ )"
    r"{0,3}?)?"
    rf"(?:{NO_LIMIT}(?P<age>\d{{1,2}}|{WORDS})[ -]{{0,3}}(?:years?|yrs?)[ -]{{0,3}}old\b"
    r"|(?P<age4>\d{2})[ -]?(?:y[/-]?o|y\.o\.)(?![a-z])"
    r"|(?<=\ba )(?P<age7>\d{2})-?[mf]\b"
    r"|(?:wom[ae]n|m[ae]n|mujer|varon|hombre|homme|femme|homem|mulher|doente|patiente?|paciente"
    r"|mann|frau|male|female|brother|sister|twin|mother|father|son|daughter|cousin)"
    r",? (?:aged |of |de |age )+(?P<age2>\d{1,2})\b"
    r"(?! ?(?:-|–|to|a|and|y|et|und) ?\d)"  # 'men aged 42 to 70' are no one's age
    r"|(?:wom[ae]n|m[ae]n|male|female|patient|brother|sister|twin|mother|father|son"
    r"|daughter|cousin) \((?:aged )?(?P<age5>\d{2})"
    r"(?: ?(?:years?|yrs?|y))?(?: old)?[),;]"
    r"|the (?:elder|eldest|older|oldest|younger|youngest)(?: (?:of (?:the|them)|one|patient|sister"
    r"|brother|twin|sibling|wom[ae]n|m[ae]n))?(?:,? (?:aged|of)|,) (?P<age6>\d{2})"
    r"(?=[,;.)]| years?\b| (?:had|was|also|presented|developed)\b)"
    r"|(?<!men )(?<!women )(?<!patients )(?<!cases )(?<!people )\baged (?P<age8>[1-9]\d)\b"
    r"(?! ?(?:-|–|to|and|y|et|or|between|years?) ?)"
    r"|(?<=[a-z], )who (?:is|was) (?:now |then )?(?P<age9>[1-9]\d)(?=[,;.)])"
    r"|(?<!media de )(?<!mediana de )(?<!moyen )(?<!moyen de )(?<!median )"
    r"(?<!media )(?<!mediana )(?<!entre \d\d y )(?<!entre \d\d e )(?<!entre \d\d et )"
    r"(?P<age3>\d{1,2})[ -]?(?:jahrige[rnms]?|anos de edad|anos|ans))",
)
AGE_GROUPS = ("age", "age2", "age3", "age4", "age5", "age6", "age7", "age8", "age9")
SEX_NEAR = re.compile(rf"\b(?P<sex>{SEX})\b", re.IGNORECASE)
AGES = re.compile(
    r"(?<![\d.,/-])(?<!entre )(?<!between )(?<!zwischen )(?<!ranging from )"
    r"(?P<first>[1-9]\d(?:, ?[1-9]\d){0,6}),? ?(?:and|y|e|et|und|&)"
    r" (?:of )?(?P<last>[1-9]\d)"
    rf"(?=[ -]{{0,2}}(?:years?|yrs?|anos|ans|anni|jahren?)\b|,? {RESPECTIVE})"
    r"|\b(?:ages|aged)(?: (?:were|are)|:)? (?P<first2>[1-9]\d(?:, ?[1-9]\d){0,6}),? ?(?:and|&)"
    r" (?P<last2>[1-9]\d)"
    r"(?=[,;).]| (?:with|who|were|had|and|received|presented|suffering|from)\b)",
    re.IGNORECASE,
)

# 'Two women aged 52 and 66 and a man aged 70'; 'two men and a woman, 51, 66 and 52 years'.
LISTED_SEX = re.compile(
    rf"\b(?P<n>{'|'.join(COUNTS)}|[1-6]|an?|one) (?:[\w-]+ ){{0,3}}?"
    rf"(?P<sex>{'|'.join(GROUPS)}|{SEX})\b",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=512)  # a sentence is asked for its labels, then for whose it is
def marks_in(text: str) -> tuple[Mark, ...]:
    """The marks of a sentence in order; where two overlap the first stays."""
    folded = fold(text)
    every = [
        *named_marks(folded),
        *ordinal_marks(folded),
        *age_marks(folded),
        *person_marks(folded),
    ]
    kept: list[Mark] = []
    for mark in sorted(every, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


@functools.lru_cache(maxsize=4096)  # a sentence is asked for its marks, its list and its people
def ages_in(folded: str) -> tuple[re.Match[str], ...]:
    """The places where a folded text introduces somebody by age, in small letters."""
    return tuple(AGE.finditer(folded.lower())) if may_hold_number(folded) else ()


def age_of(found: re.Match[str]) -> int | None:
    text = next(found[name] for name in AGE_GROUPS if found[name])
    return int(text) if text.isdigit() else number_of_words(text)


def article_of(found: re.Match[str]) -> str:
    """'another' of 'another young woman of 63'; '' where no article stands."""
    return (found["article"] or "").split(" ")[0]


def age_marks(folded: str) -> Iterator[Mark]:
    for found in ages_in(folded):
        article = article_of(found)
        sex = SEX_NEAR.search(folded[found.start() : found.end() + 30])
        yield Mark(
            start=found.start(),
            end=found.end(),
            age=age_of(found),
            is_another=article == "another",
            is_new=article != "the",  # but 'the elder, aged 62' has no article of its own
            sex=SEX_NOUNS[sex["sex"].lower()] if sex else "",
        )


def ages_listed(text: str) -> list[int]:
    """The ages of several people told together: '52 and 67 years old'; [] where none are.

    Who is added one by one counts too: 'two women aged 52 and 66 years and a man aged 70'.
    """
    folded = fold(text)
    found = AGES.search(folded) if may_hold_number(folded) else None
    if found is None:
        return [age for age, _ in people_by_letter(folded)]
    first, last = found["first"] or found["first2"], found["last"] or found["last2"]
    listed = [int(age) for age in (*re.findall(r"\d+", first), last)]
    alone = [m for m in age_marks(folded) if m.is_new and m.age not in (None, *listed)]
    before = [m.age for m in alone if m.end <= found.start()]
    after = [m.age for m in alone if m.start >= found.end()]
    return [age for age in (*before, *listed, *after) if age is not None]


def sexes_listed(text: str) -> list[str]:
    """The sexes of people told together, one for each of them in order; [] where none are."""
    listed = [sex for _, sex in people_by_letter(fold(text))]
    if listed:
        return listed
    for found in LISTED_SEX.finditer(fold(text)):
        number, sex = found["n"].lower(), found["sex"].lower()
        count = int(number) if number.isdigit() else COUNTS.get(number, 1)
        listed += [GROUPS.get(sex) or SEX_NOUNS[sex]] * count
    return listed


def ages_introduced(own: Sequence[Statement]) -> int:
    """How many patients the text introduces by age; the same words again introduce nobody."""
    seen: set[int | None] = set()
    others = 0
    for statement in own:
        listed = ages_listed(statement.text)
        seen.update(listed)
        for mark in () if listed else age_marks(fold(statement.text)):
            others += mark.is_another and mark.age in seen
            seen.update([mark.age] if mark.is_new else [])
    return len(seen) + others


def introductions(folded: str) -> int:
    """How many people a sentence introduces by age: 'We report a 57-year-old … and a …'."""
    told = [(age_of(one), article_of(one)) for one in ages_in(folded) if is_introduction(one)]
    ages = {told[0][0]} if told else set()
    ages |= {age for age, article in told if article != "another"}
    others = sum(article == "another" for _, article in told[1:])
    return max(len(ages) + others, len(ages_listed(folded)))


def is_introduction(found: re.Match[str]) -> bool:
    """'A man aged 60', and the second of 'a brother (51) and sister (48)'."""
    return article_of(found) in INDEFINITE or found.string[: found.start()].endswith("and ")

"""Cuts a sentence between the patients it speaks of. Reads statements, writes nothing.

"Both had papules; one also had seizures", "A in patient 1 and B in patient 2", "A and B,
respectively".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extractors.clauses import RESPECTIVE, RESPECTIVELY
from pipeline.extractors.own_patients.ages_told import ages_listed, sexes_listed
from pipeline.extractors.own_patients.marks import Mark
from pipeline.extractors.series.counting import NUMBER, PEOPLE, first_count, number_of
from pipeline.language.folding import fold
from pipeline.records import Statement

LOOSE = " ,;"  # signs in front of what is told of the next patient
ALL = re.compile(
    r"\b(?:both|all|each|every one|case series|none|in either"
    # 'Neither serum nor urine' is not of the patients.
    r"|neither(?! (?!had|has|was|were|did|of|patient|case|woman|man|showed|received|developed"
    r"|responded|died)(?:[\w-]+ ){1,3}nor\b)"
    r"|either (?:of them|patient|case)|ambos|ambas|beide[nr]?|les deux|l[oa]s dos"
    r"|os dois|as duas|todos|todas|tous|toutes|alle[nr]?|entramb[ie]|tutt[ie])\b"
    r"|\b(?:our|these|the|nuestros|nossos|nos|unsere) (?:\w+ )?(?:patients|cases|pacientes|casos"
    r"|cas)\b",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    rf"\b(?:one(?! (?:week|month|year|day|cycle|course|dose))|some|most|only|except"
    rf"|the (?:first|second|other|younger|older|latter|former))\b|\b{RESPECTIVE}"
    rf"|(?<!-)\b{NUMBER} (?:of|out of|(?!cases\b|patients\b)\w+ of)\b",
    re.IGNORECASE,
)
# "In any of the three patients" of a series of four: some of them, without saying which.
THE_NUMBER = re.compile(rf"\b(?:these|the) (?P<n>{NUMBER}) (?:patients|cases)\b", re.IGNORECASE)
ASIDE = re.compile(
    r";\s|:\s(?=an? [1-9]\d-year-old |(?:in )?(?:patient|case) (?:\d|[A-H])\b"
    r"|[A-H](?:,? and [A-H])? (?:had|was|were|has|have|did|improved|cleared|responded|relapsed)\b)"
    # 'Dos pacientes: el primero, …; el segundo, …'.
    r"|[:,]\s(?=(?:el|la|o|a|le|il|der|die|bei de[rm]) (?:primer\w*|primeir[oa]|premiere?|prim[oa]"
    r"|erste\w?|segund[oa]|second[oae]e?|deuxieme|zweite\w?)\b)"
    r"|(?<=in all patients)(?:,| and)\s"
    r"|,\s(?=(?:and |but |while |whereas )?(?:(?:only )?one\b(?! (?:week|month|year))"
    r"|the (?:first|second|third|other|former|latter|man|woman|younger|older|elder"
    r"|[1-9]\d-year-old)\b|an? [1-9]\d-year-old (?:\w+ ){1,2}?(?:with|who|whose)\b"
    r"|(?:patient|case) (?:\d|[A-H])\b))"
    # 'All three had a gammopathy (kappa in one)': the bracket tells of each; 'on days 1-21 of 28'.
    rf"|\s(?=\((?:(?:(?!\bdays?\b)[^()])* )?(?:in|of)"
    rf" (?:{NUMBER}|(?:patients?|cases?) (?:\d|[A-H]))\b(?! (?:years?"
    r"|months?|weeks?|days?)))",
    re.IGNORECASE,
)
SEX = r"(?:males?|females?|m[ae]n|wom[ae]n)"
# 'One man (57 years) and one woman (64 years)', 'two women, one man' list all of them.
LISTED = re.compile(
    r"\bone (?:male|female|man|woman)\b[^.;]{0,60}?\b(?:and|,) (?:one|another|the other)"
    rf"(?: (?:male|female|man|woman))?\b"
    rf"|\b{NUMBER} {SEX}(?: \([^()]{{1,40}}\)|,? aged [\d, and]{{2,20}}\d)?"
    rf"(?:,| and|, and) {NUMBER} {SEX}\b",
    re.IGNORECASE,
)
OF_PEOPLE = re.compile(rf" (?:of )?(?:(?:the|our|these) )?(?:{NUMBER} )?(?:{PEOPLE}|them)\b", re.I)
PREPOSITION = re.compile(r"(?:in|for|of|en|em|chez|bei) ", re.IGNORECASE)
RESPECTIVELY_BEHIND = re.compile(rf",? ?\(?\b{RESPECTIVE}\)?", re.IGNORECASE)
# 'A in all patients, B in two and C in one, respectively' goes through drugs, not patients.
COUNTED_ITEM = re.compile(
    rf"\b(?:in|to|for) (?:all|both|{NUMBER}) {PEOPLE}\b.*,.*\b(?:in|to|for) {NUMBER} {PEOPLE}\b",
    re.IGNORECASE,
)
LAST_ITEM = re.compile(r",? (?:and|y|e|et|und|&) (?=(?:(?! (?:and|y|e|et|und|&) )[^,;]){1,80}$)")
CLAUSE_BEFORE = re.compile(r"(?:;|,? (?:and|but|while|whereas)|,) $")
DOES = re.compile(
    r" (?:had|has|was|were|did|suffered|developed|received|presented|responded|died|complained"
    r"|showed|underwent|denied|failed|improved|reported|experienced)\b"
)
NEW_CLAUSE = re.compile(
    r"(?:,|;| and| who| which) (?=(?:were|was|had|has|have|received|treated|developed|showed|with"
    r"|underwent|responded|then)\b)|(?<=died),? (?=(?:of|from|with|after|due to) )",
    re.IGNORECASE,
)


def is_of_all(text: str, size: int) -> bool:
    """True for 'both patients', 'all three cases', 'we report 3 patients who …'; not for a part."""
    folded = LISTED.sub(" ", fold(text))
    if PARTIAL.search(folded):
        return False
    told = THE_NUMBER.search(folded)
    if told is not None and number_of(told["n"]) not in (None, size):
        return False
    is_listed = any(len(sexes_listed(found.group())) == size for found in LISTED.finditer(text))
    return ALL.search(folded) is not None or first_count(folded) == size or is_listed


def begins_with_all(text: str) -> bool:
    """'Both had papules, the woman also had seizures': of all, though it goes on about one."""
    folded = fold(text)
    before = PREPOSITION.match(folded)
    found = ALL.match(folded, before.end() if before else 0)
    if found is None:
        return False
    is_of_people = OF_PEOPLE.match(folded, found.end()) is not None
    return is_of_people or found.group().lower() not in ("each", "all")


def asides_of(text: str) -> list[tuple[int, int]]:
    """The spans of a sentence about all, cut where it goes on about one: '; one also had …'.

    What stands behind a bracket about one goes on about all and is a span of its own.
    """
    listed = [found.span() for found in LISTED.finditer(text)]
    ends = [
        found.end()
        for found in ASIDE.finditer(text)
        if not any(start <= found.end() < end for start, end in listed)
    ]
    ends += [text.find(")", end) + 1 for end in ends if text[end : end + 1] == "("]
    places = [
        place
        for place in sorted(set(ends) - {0, len(text)})
        if text[:place].count("(") <= text[:place].count(")")
    ]
    return list(zip([0, *places], [*places, len(text)], strict=True))


def respective_parts(
    statement: Statement, labels: tuple[str, ...]
) -> Iterator[tuple[Statement, tuple[str, ...]]]:
    """'Treated with A and B, respectively' as one part for each of the labels, what stands before
    the list for all; nothing where the list has another length."""
    folded = fold(statement.text)
    found = RESPECTIVELY_BEHIND.search(folded)
    if found is None or len(labels) < 2:
        return
    if len(ages_listed(folded[: found.end()])) == len(labels):
        yield statement, labels
        return
    cuts = item_places(folded[: found.start()], len(labels))
    if not cuts or COUNTED_ITEM.search(folded, 0, found.start()):
        return
    head = max((m.end() for m in NEW_CLAUSE.finditer(folded, 0, cuts[0])), default=0)
    if head:
        yield statement.part(0, head, LOOSE), labels
    for label, start, end in zip(labels, [head, *cuts], [*cuts, found.end()], strict=True):
        yield statement.part(start, end, LOOSE), (label,)
    if len(folded) - found.end() > 3:
        yield statement.part(found.end(), len(folded), LOOSE), ()


def item_places(text: str, count: int) -> list[int]:
    """Where the second and later items of a list at the end of the text begin; [] if too few."""
    last = LAST_ITEM.search(text)
    if last is None:
        return []
    commas = [m.start() for m in re.finditer(r", ", text[: last.start()])]
    if len(commas) < count - 2:
        return []
    return [*(commas[len(commas) - (count - 2) :] if count > 2 else []), last.start()]


def parts_of(
    statement: Statement, marks: Sequence[Mark]
) -> Iterator[tuple[Statement, tuple[str, ...] | None]]:
    """The statement cut between its patients, with the labels of each part.

    The labels are None where no mark stands; a mark after its fact ('cleared in patient 1') ends
    its part, a mark before it begins one.
    """
    if not marks:
        yield statement, None
        return
    is_paired = RESPECTIVELY.search(statement.text) is not None
    if is_paired or len({mark.labels for mark in marks}) == 1:
        yield statement, () if is_paired else marks[0].labels
        return
    places = cut_places(statement.text, marks)
    for mark, start, end in zip(marks, places, [*places[1:], len(statement.text)], strict=True):
        yield statement.part(start, end, LOOSE), mark.labels


def cut_places(text: str, marks: Sequence[Mark]) -> list[int]:
    """Where the part of each mark begins; the first part begins with the sentence."""
    begin = text[: marks[0].start]
    is_trailing = re.search(r"\b(?:in|for|of|by|with|to) (?:the )?$", begin) is not None
    is_in_brackets = begin.count("(") > begin.count(")")
    if (is_trailing or is_in_brackets) and marks[0].start > 15:
        return [
            0,
            *(
                begin_of_clause(text, after.start) if is_subject(text, after) else before.end
                for before, after in pairwise(marks)
            ),
        ]
    return [0, *(begin_of_clause(text, mark.start) for mark in marks[1:])]


def is_subject(text: str, mark: Mark) -> bool:
    """'A in patient 1; patient 2 had B': who does something begins a part, whatever came before."""
    is_first = CLAUSE_BEFORE.search(text[: mark.start]) is not None
    return is_first and DOES.match(text, mark.end) is not None


def begin_of_clause(text: str, place: int) -> int:
    """The mark's place, or that of the conjunction (and preposition) right before it."""
    found = re.search(
        r"(?:,? (?:and|whereas|while|but|y|et|und|e|mientras que|enquanto|mentre|tandis que"
        r"|wahrend)|[,;]) (?:in |for |bei )?$",
        text[:place],
    )
    return found.start() if found else place

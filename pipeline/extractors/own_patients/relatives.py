"""A relative who is himself a patient of the series. Reads judged statements, writes nothing.

"Case 2. His brother, aged 50, had …": behind the name of a case the relative is the patient.
"Two siblings", "a mother and her son" in the title or announced: so are those they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from pipeline.extractors.own_patients.marks import NAMED
from pipeline.language.folding import fold
from pipeline.language.numbers import number_of_words
from pipeline.records import Mention, Statement

NTH = re.compile(
    r"(?:the |our )?(?:second|third|fourth|other) (?:patient|case)[:,.]", re.IGNORECASE
)
ORNAMENT = re.compile(r"^[\s\W]+|[\s\W]+$")
AS_PATIENT = "a relative who is a patient"
SEXES = {
    "brother": "male", "father": "male", "son": "male", "uncle": "male", "nephew": "male",
    "sister": "female", "mother": "female", "daughter": "female", "aunt": "female",
    "niece": "female", "cousin": "", "sibling": "", "twin": "", "child": "",
}  # fmt: skip
ONE = "|".join(SEXES)
OF_GROUP = {
    "siblings": ("brother", "sister", "sibling", "twin"),
    "twins": ("brother", "sister", "sibling", "twin"),
    "brothers": ("brother", "twin"),
    "sisters": ("sister", "twin"),
    "cousins": ("cousin",),
}
KIN = re.compile(
    rf"(?<!\bhis )(?<!\bher )(?<!\btheir )\b(?:(?:(?P<n>two|three|four|[2-4]) (?:[\w-]+ ){{0,2}}?"
    rf"|(?:both|in|of|affecting) (?:[\w-]+ )?|^(?:[\w-]+ )?"
    rf"|\b(?:identical|monozygotic|affected) (?:twin )?)(?P<group>{'|'.join(OF_GROUP)})"
    rf"|(?P<one>{ONE})(?: \([^()]{{1,12}}\))? and (?:(?:an?|his|her|the|their|one) )?"
    rf"(?:[\w-]+ )?(?P<other>{ONE}))\b(?! (?:of|who (?:was|were) (?:healthy|unaffected)))",
    re.IGNORECASE,
)
MENTIONS_KIN = re.compile(rf"\b(?:{ONE})s?\b", re.IGNORECASE)
POSSESSED = re.compile(
    rf"(?:and |while |whereas |but )?\b(?:his|her|their|the patient's|the other)"
    rf" (?:[\w-]+ ){{0,3}}?(?P<one>{ONE})\b",
    re.IGNORECASE,
)


BEHIND_ANOTHER = re.compile(rf"(?<=[;,] )(?:{POSSESSED.pattern})", re.IGNORECASE)


@dataclass(frozen=True)
class Kin:
    """Relatives who are the patients of a report: how many, and by which words they are named."""

    count: int
    words: tuple[str, ...]


def kin_of(own: Sequence[Statement]) -> Kin | None:
    """The relatives whom the title names or the text announces as its patients; else None."""
    for statement in own:
        if statement.role != "title" and statement.teller != "series":
            continue
        found = KIN.search(fold(statement.text))
        if found is None:
            continue
        if found["group"]:
            told = (found["n"] or "two").lower()
            count = int(told) if told.isdigit() else number_of_words(told)
            return Kin(count or 2, OF_GROUP[found["group"].lower()])
        return Kin(2, (found["one"].lower(), found["other"].lower()))
    return None


def with_kin(statements: Iterable[Statement], kin: Kin | None) -> Iterator[Statement]:
    """The statements; what is told of such a relative is a patient's, and nobody's family."""
    for statement in statements:
        words = {word.lower().removesuffix("s") for word in named_kin(statement)} if kin else set()
        if kin is None or not words or not words <= set(kin.words):
            yield statement
        elif statement.teller == "family" or BEHIND_ANOTHER.search(fold(statement.text)):
            yield from cut_at_relative(statement)
        else:
            why = AS_PATIENT if POSSESSED.search(fold(statement.text)) else statement.why
            yield msgspec.structs.replace(statement, why=why, mentions=without_family(statement))


def cut_at_relative(statement: Statement) -> Iterator[Statement]:
    """'The first-born had dysphagia; his twin had none': one part for each of the two."""
    folded = fold(statement.text)
    found = POSSESSED.match(folded) or BEHIND_ANOTHER.search(folded)
    if found is None:
        yield statement
        return
    place = found.start()
    if place:
        yield as_patient(statement.part(0, place, " ,;"))
    yield as_patient(statement.part(place, len(folded), " ,;"))


def named_kin(statement: Statement) -> list[str]:
    return MENTIONS_KIN.findall(fold(statement.text))


def begins_with_name(statement: Statement) -> bool:
    """True for 'Case 2. His brother …'."""
    plain = ORNAMENT.sub("", fold(statement.text))
    return NAMED.match(plain) is not None or NTH.match(plain) is not None


def is_bare_name(statement: Statement) -> bool:
    """True for a sentence that is nothing but the name of a case: 'Case 2.'."""
    return NAMED.fullmatch(ORNAMENT.sub("", fold(statement.text))) is not None


def as_patient(statement: Statement) -> Statement:
    """The relative's statement as the patient's own, and what it says no longer a relative's."""
    return msgspec.structs.replace(
        statement, teller="patient", why=AS_PATIENT, mentions=without_family(statement)
    )


def without_family(statement: Statement) -> tuple[Mention, ...]:
    return tuple(msgspec.structs.replace(m, is_family=False) for m in statement.mentions)


def is_told_of_relative(statement: Statement) -> bool:
    """True for a statement about a relative who is a patient."""
    return statement.why == AS_PATIENT


def other_of_two(
    statement: Statement, labels: tuple[str, ...], current: tuple[str, ...]
) -> tuple[str, ...] | None:
    """'His cousin had …' behind what was told of the one: of two patients the other; else None."""
    is_told = is_told_of_relative(statement) and POSSESSED.match(fold(statement.text))
    if not is_told or len(labels) != 2 or len(current) != 1:
        return None
    return tuple(label for label in labels if label not in current)

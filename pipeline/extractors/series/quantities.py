"""How many patients a sentence about a series speaks of, and where it says so.

Reads text, writes nothing.
"Eight of the 10 patients", "in 27", "(n = 5)", "30%", "all patients except one", "one of whom".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.extractors.series.counting import NUMBER, PEOPLE, number_of
from pipeline.extractors.series.quantity import Quantity, is_in_brackets
from pipeline.extractors.series.quantity_forms import FORMS, IN_WORDS
from pipeline.extractors.series.side_by_side import in_order, numbers_listed
from pipeline.language.expressions import Expressions
from pipeline.language.folding import fold

# "Two underwent transplantation, both with complete remission": the two of the sentence.
BOTH_BEFORE = re.compile(r"\b(?:two|2|dos|dois|deux|zwei)\b", re.IGNORECASE)
# 'Nine patients, all of them with a gammopathy, had …': all of the nine.
IN_APPOSITION = re.compile(rf"\b(?:{PEOPLE}|{NUMBER})(?: \([^()]{{1,20}}\))?, $", re.IGNORECASE)
PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
OF_SO_MANY = re.compile(
    rf" ?(?:%|per ?cent) of (?:the |our |these )?(?P<N>{NUMBER})\b", re.IGNORECASE
)
OF_THESE = re.compile(r" of (?:these|them|those|whom|which|the latter)\b", re.IGNORECASE)
# 'And one disabling bone pain', 'tres afectación neurológica'.
ADJECTIVE = (
    r"(?:(?!(?:years?|months?|weeks?|days?|cycles?|times|types?|forms?|died|were|was|with|for|from"
    r"|others?|patients?|cases?|pacientes|malades|anos|meses)\b)[a-z]{5,15} )"
)
BARE = re.compile(
    rf"(?:^|[,;(/:] ?|\b(?:and|or|y|e|et|und|with|con|avec|mit) )(?P<n>{NUMBER})"
    rf" ?(?:\(\d[\d.,]* ?%\) )?(?:had |with |of |con |avec |mit |par |por |by |an? |durch )?"
    rf"{ADJECTIVE}?$",
    re.IGNORECASE,
)
# Which forms a sentence may hold by its words: trying all cost five times as much.
WORDS_OF_FORMS = Expressions([pattern.pattern for _, pattern in FORMS])


def quantities_in(text: str, total: int | None) -> list[Quantity]:
    """The quantities of a sentence in order; where two overlap the fuller form stays.

    total: the number of own patients, for 'all', 'both' and percentages (None: these are left out).
    """
    folded = fold(text)
    kept: list[Quantity] = []
    for name, pattern in (
        FORMS[number] for number in sorted(WORDS_OF_FORMS.wanted(folded.lower()))
    ):
        for found in pattern.finditer(folded):
            quantity = make_quantity(name, found, total)
            if quantity and all(quantity.end <= k.start or quantity.start >= k.end for k in kept):
                kept.append(quantity)
    ordered = in_order([*kept, *numbers_listed(folded, kept)], folded, total)
    return [with_rest(quantity, ordered, total, folded) for quantity in ordered]


def with_rest(
    quantity: Quantity, ordered: Sequence[Quantity], total: int | None, folded: str
) -> Quantity:
    """'70% of these' are a share of those told before.

    'Four had a complete response, the others a partial one': of eleven, the others are seven."""
    told = [q.n for q in ordered if q.start < quantity.start]
    of = OF_SO_MANY.search(folded, quantity.start) if quantity.kind == "percent" else None
    share = PERCENT.match(folded, quantity.start)
    if of and share and of.start() <= share.end() + 1:
        group = number_of(of["N"])
        return replace(quantity, n=whole_share(share[0], group) or 0, denominator=group)
    if quantity.kind == "percent" and OF_THESE.match(folded, quantity.end):
        before = next((n for n in reversed(told) if n), total)
        return replace(quantity, n=whole_share(share[0], before) or 0 if share else 0)
    if quantity.kind == "all" and IN_APPOSITION.search(folded[: quantity.start]) and told:
        return replace(quantity, n=told[-1] if told[-1] == total else 0)
    is_rest = quantity.kind == "others" and total is not None and len(told) == 1
    return replace(quantity, n=max((total or 0) - told[0], 0)) if is_rest else quantity


def numbers_before(
    places: Iterable[int], folded: str, known: Sequence[Quantity]
) -> Iterator[Quantity]:
    """Bare numbers right before what is counted: 'eight had dysphagia and four renal disease'."""
    for place in places:
        found = BARE.search(folded[:place])
        n = number_of(found["n"]) if found else None
        if found and n and all(q.end <= found.start("n") or q.start >= place for q in known):
            start, end = found.span("n")
            yield Quantity(start, end, n, None, "bare", is_aside=is_in_brackets(folded, start))


def make_quantity(name: str, found: re.Match[str], total: int | None) -> Quantity | None:
    groups = found.groupdict()
    denominator = number_of(groups["N"]) if groups.get("N") else None
    groups["n"] = groups.get("n") or groups.get("m")
    if name == IN_WORDS:
        name, groups["p"] = "percent", str(number_of(groups["w"]))
    if name == "percent":
        n = whole_share(groups["p"], total)
    elif name == "one":
        n = 1
    elif name == "part":
        n = part_of(groups["part"].lower(), total)
    elif name == "except":
        excepted = number_of(groups["n"])
        n = total - excepted if total and excepted else None
    elif groups.get("n"):
        n = number_of(groups["n"])
    else:
        is_two = name == "both" and (
            total == 2 or re.search(BOTH_BEFORE, found.string[: found.start()])
        )
        n = total if name == "all" else 2 if is_two else None
    if n is None and name in ("all", "both", "except", "part"):
        return None
    limit = denominator or total
    is_senseless = n is None or (limit is not None and n > limit)
    if denominator is not None and total is not None and denominator > total:
        is_senseless = True
    return Quantity(
        found.start(),
        found.end(),
        0 if n is None or is_senseless else n,
        denominator,
        name,
        is_aside=is_in_brackets(found.string, found.start()),
    )


def whole_share(percent: str, total: int | None) -> int | None:
    """The whole number of patients that a percentage stands for; None where none rounds to it."""
    if not total:
        return None
    value = float(percent.replace(",", "."))
    decimals = len(re.split(r"[.,]", percent)[1]) if re.search(r"[.,]", percent) else 0
    n = round(value * total / 100)
    return n if round(100 * n / total, decimals) == value else None


def part_of(words: str, total: int | None) -> int | None:
    """'A third of the patients' of twelve is four; None where it is no whole number of them."""
    over = 3 if "third" in words else 4 if "quarter" in words else 2
    times = {"two": 2, "three": 3}.get(re.split(r"[ -]", words)[0], 1)
    is_whole = total is not None and total * times % over == 0
    return total * times // over if total is not None and is_whole else None

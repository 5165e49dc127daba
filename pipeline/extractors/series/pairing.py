"""Which number of a sentence belongs to which countable thing. Reads text, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extractors.clauses import RESPECTIVELY
from pipeline.extractors.series.countables import ORGANS, RESULTS, Item
from pipeline.extractors.series.counting import NUMBER
from pipeline.extractors.series.quantity import Quantity, is_in_brackets

CLAUSE_END = re.compile(
    r"[;.](?=\s|$)|:(?=\s(?!\d|n ?=|one|two|three|four|five|six|seven|eight|nine|ten))"
    r"|, (?:while|whereas|but)\b| whereas | while "
)
TYPES = ("igg_lambda", "other_isotype")
SEXES = ("male", "female")
SEX_NOUN = re.compile(
    r"\b(?:wom[ae]n|m[ae]n|females?|males?|mujeres|hombres|varones|mulheres|homens|femmes|hommes"
    r"|frauen|manner)\b",
    re.IGNORECASE,
)
BACK_TO_ALL = re.compile(r"^[^,]*, (?:were|was|received|underwent|had|got|took)\b", re.IGNORECASE)
AFTER_APPOSITION = re.compile(r"[,)] (?:was|were|could be|has been|had been) ", re.IGNORECASE)
# 'Rheumatologic ones followed with 23%'.
OF_SHARE = re.compile(
    r" ?(?:(?:ones|involvement|manifestations?|features?|symptoms|signs|disease) )?"
    r"(?:(?:followed|came (?:next|second)|made up|accounted for|was|were|of|amounted to"
    r"|reached) ?)?(?:(?:with|at|in|by) )?",
    re.IGNORECASE,
)
# 'Disturbances of the brain had struck six patients'.
STRUCK = re.compile(
    r"(?: [\w-]+){0,4}? (?:struck|affected|befell|befallen|troubled|afflicted|burdened|beset|hit"
    r"|plagued|complicated)(?: the (?:course|disease|illness) (?:of|in))? ",
    re.IGNORECASE,
)
INTRODUCED = re.compile(r"(?: patients| cases| of them)? the ")
NUMBER_BETWEEN = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)


def links(
    quantities: Sequence[Quantity], items: Sequence[Item], folded: str
) -> Iterator[tuple[Quantity, Item]]:
    """Each item with the quantity of its clause: one in brackets or after 'in' behind it, else
    the one before it."""
    told = in_order(quantities, items, folded)
    if told:
        yield from told
        return
    for item in items:
        begin, end = clause_around(folded, item)
        near = [q for q in quantities if begin <= q.start < end and not overlaps(q, item)]
        if item.variable in SEXES:
            near = [q for q in near if q.kind != "sum"]
        else:
            near = [q for q in near if not only_tells_sex(q, near, folded)]
            near = [q for q in near if not is_apposed(q, item, near, folded)]
        behind = next((q for q in near if q.start >= item.end), None)
        is_aside = is_in_brackets(folded, item.start)
        earlier = [q for q in near if q.end <= item.start and q.kind != "listed"]
        before = next((q for q in reversed(earlier) if q.is_aside == is_aside), None)
        if behind is not None and is_something_between(item, behind, items, folded):
            behind = None
        if is_introduced(item, before, folded):
            behind = None
        inside = next((q for q in quantities if overlaps(q, item)), None)
        if inside is not None and item.variable in SEXES:
            if inside.kind != "sum":  # of 'seven of the nine women' the women are nine
                yield replace(inside, n=inside.denominator or inside.n, denominator=None), item
        elif behind is not None and follows(folded[item.end : behind.start], behind, before):
            yield behind, item
        elif before is not None:
            yield before, item


def in_order(
    quantities: Sequence[Quantity], items: Sequence[Item], folded: str
) -> list[tuple[Quantity, Item]]:
    """'Dysphagia and dyspnoea were reported in six and four patients, respectively.'"""
    if len(quantities) < 2 or not RESPECTIVELY.search(folded):
        return []
    before = [item for item in items if item.end <= quantities[0].start]
    before = list({(item.start, item.variable): item for item in before}.values())
    return list(zip(quantities, before, strict=True)) if len(before) == len(quantities) else []


def only_tells_sex(quantity: Quantity, near: Sequence[Quantity], folded: str) -> bool:
    """'Four patients, three of them men, were treated': the four were."""
    words = folded[quantity.start : quantity.end + 14]
    is_more_before = any(q.end <= quantity.start and q.n > quantity.n for q in near)
    return is_more_before and SEX_NOUN.search(words) is not None


def is_apposed(quantity: Quantity, item: Item, near: Sequence[Quantity], folded: str) -> bool:
    """'Four patients, three of them with a paraprotein, were treated': again the four were."""
    is_more_before = any(q.end <= quantity.start and q.n > quantity.n for q in near)
    is_inside = quantity.kind in ("whom", "all") and folded[: quantity.start].endswith(", ")
    behind = folded[quantity.end : item.start]
    return is_more_before and is_inside and BACK_TO_ALL.search(behind) is not None


def is_something_between(item: Item, behind: Quantity, items: Sequence[Item], folded: str) -> bool:
    """True where another thing stands nearer to a quantity after 'in'; a bracket closes a list,
    but 'a gammopathy (IgG lambda in two)', 'joint disease (arthralgia in two)' count the kind."""
    if behind.is_aside:
        kinds = TYPES if item.variable == "paraprotein" else (item.variable,) * is_general(item)
        return any(o.variable in kinds and item.end <= o.start < behind.start for o in items)
    return any(
        item.end <= other.start < behind.start and kind_of(other) != kind_of(item)
        for other in items
        if not (item.variable in RESULTS and other.variable in ORGANS)
        and not is_type_apposed(item, other, folded, behind)
    )


def is_type_apposed(item: Item, other: Item, folded: str, behind: Quantity) -> bool:
    """'A gammopathy, mostly of the IgG kappa type, was found in 19': the 19 have a gammopathy."""
    is_type = item.variable == "paraprotein" and other.variable in TYPES
    if is_type and other.start - item.end <= 2:  # 'gammapathie monoclonale IgG lambda chez sept'
        return True
    return is_type and AFTER_APPOSITION.search(folded[other.end : behind.start]) is not None


def is_introduced(item: Item, before: Quantity | None, folded: str) -> bool:
    """'In nine the oesophagus was involved, in eleven …': the nine, not the eleven."""
    if before is None or before.kind != "in":
        return False
    return INTRODUCED.fullmatch(folded, before.end, item.start) is not None


def is_general(item: Item) -> bool:
    """An organ named as a whole."""
    return item.variable in ORGANS and item.detail.endswith("_involvement")


def kind_of(item: Item) -> str:
    """Drugs of one list stand together; everything else stands for itself."""
    return "drug" if item.variable.endswith(":treated") else item.variable


def clause_around(folded: str, item: Item) -> tuple[int, int]:
    """The span of the item's clause; marks inside other brackets end no clause."""
    is_aside = is_in_brackets(folded, item.start)
    ends = [
        found.end()
        for found in CLAUSE_END.finditer(folded)
        if is_aside or not is_in_brackets(folded, found.start())
    ]
    begin = max((place for place in ends if place <= item.start), default=0)
    end = min((place for place in ends if place > item.end), default=len(folded))
    return begin, end


def overlaps(quantity: Quantity, item: Item) -> bool:
    return quantity.start < item.end and item.start < quantity.end


def follows(between: str, behind: Quantity, before: Quantity | None) -> bool:
    """True where the words between an item and a later quantity tie them together."""
    if behind.kind == "listed":  # 'Dysphagia 4, myopathy 2'; 'IgG lambda, 4'
        return re.fullmatch(r",? ", between) is not None
    kinds = ("percent", "equal", "of", "people", "share", "sum")
    if (
        re.fullmatch(r"(?: \([\w-]{1,10}\))?[\w\s,/+-]{0,60}[(\[] ?", between)
        and behind.kind in kinds
    ):
        return NUMBER_BETWEEN.search(between) is None
    if behind.kind in ("one", "people") and between == " ":  # 'Fallecieron dos pacientes'
        return True
    if behind.kind in ("share", "of") and re.fullmatch(r"\)?:? ?", between):  # 'Dysphagia: 4 (40%)'
        return True
    if before is not None and between == " and ":  # 'six a complete response and 8 (44%) a partial'
        return False
    if behind.kind in ("colon", "behind", "equal") and re.fullmatch(
        r"(?: \([\w-]{1,10}\)|\))?[\w\s/-]{0,40}:? ?", between
    ):
        return True
    if behind.kind == "people" and STRUCK.fullmatch(between):
        return True
    if behind.kind == "times":  # 'Arthralgia was recorded 17 times'
        return re.fullmatch(r" (?:(?:was|were|has been) \w+ )?", between) is not None
    if behind.kind in ("percent", "part") and OF_SHARE.fullmatch(between):
        return True
    if (
        re.search(r"\b(?:in|to|for|among|of|by|chez|bei|dans|en|em) (?:the |our )?$", between)
        is None
    ):
        return False
    # 'All had a gammopathy, in five of IgG lambda type': the five are told of what follows them.
    is_of_next = between.startswith(",") or between.count("(") > between.count(")")
    return before is None or (len(between) <= 40 and not is_of_next)

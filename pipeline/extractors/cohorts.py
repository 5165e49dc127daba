"""Figures of a series told as a whole: "monoclonal gammopathy in 27 of 30", "mean age 59 years".

Reads the statements about the own series, writes nothing.
A number is linked to what stands with it in its clause; a percentage counts only where it is a
whole number of patients; nothing above the number of patients is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extractors.averages import averages_in
from pipeline.extractors.counting import COUNTED, number_of
from pipeline.extractors.quantities import Quantity, is_in_brackets, quantities_in
from pipeline.language.folding import fold
from pipeline.records import Draft, Mention, Report, Statement
from pipeline.rules import Rules

ORGANS = frozenset(
    (
        *("neurologic", "musculoskeletal", "gastrointestinal", "pulmonary", "cardiovascular"),
        *("vascular", "renal", "hematologic", "ocular", "laryngeal", "hepatic"),
    )
)
GENERAL_TERM = re.compile(r"_involvement$|^hematologic_malignancy$")
CLAUSE_END = re.compile(r"[;:.](?=\s|$)|, (?:while|whereas|but)\b| whereas | while ")
CONDITIONING = ("melphalan", "other:carmustine", "other:etoposide", "other:cytarabine")
CUES = "cohorts"
RESULTS = ("complete", "partial")


@dataclass(frozen=True)
class Item:
    """Something that can be counted; offsets into the statement's text.

    `detail` is the manifestation behind an organ.
    """

    start: int
    end: int
    variable: str
    detail: str = ""


@dataclass(frozen=True)
class Figure:
    """A counted variable; `detail` is the manifestation behind an organ."""

    variable: str
    n: int
    denominator: int | None
    statement: Statement
    start: int
    end: int
    detail: str = ""


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:  # noqa: ARG001
    """The figures of a series without individual patients; [] for a case report.

    Each draft has the field 'cohort:<variable>' and the value 'statistic=count;n=27;N=30' or
    'statistic=mean;value=59'.
    """
    if report.labels or report.patient_count == 1:
        return []
    series = [statement for statement in report.statements if statement.teller == "series"]
    total = report.patient_count
    figures = list(total_figure(series, total))
    treated = ""
    for statement in series:
        found = figures_of(statement, total, treated)
        figures += found
        treated = next((f.variable for f in found if f.variable.endswith(":treated")), treated)
    counted = [draft_of(figure) for figure in chosen(over_regimens(figures, total), total)]
    return counted + [draft for statement in series for draft in averages_in(statement)]


def total_figure(series: Sequence[Statement], total: int | None) -> Iterator[Figure]:
    """The number of own patients, at the first place that gives it."""
    for statement in sorted(series, key=lambda s: s.role == "title"):
        for found in COUNTED.finditer(fold(statement.text)):
            if total is not None and number_of(found["n"]) == total:
                yield Figure("patients", total, None, statement, found.start(), found.end())
                return


def figures_of(statement: Statement, total: int | None, treated: str) -> list[Figure]:
    """The figures of a sentence; `treated` is the treatment spoken of last, for bare responses."""
    quantities = quantities_in(statement.text, total)
    if not quantities:
        return []
    items = items_of(statement)
    folded = fold(statement.text)
    linked = [(q, item) for q, item in links(quantities, items, folded) if q.n > 0]
    of_results = {q for q, item in linked if item.variable in RESULTS}
    figures: list[Figure] = []
    for quantity, item in linked:
        if not (item.variable.endswith(":treated") and quantity in of_results):
            figures += figures_for(statement, quantity, item, items, treated)
    return added_up(figures)


def items_of(statement: Statement) -> list[Item]:
    """What can be counted in a sentence: organs, drugs, paraprotein, deaths, sexes, responses."""
    found = [item for mention in statement.mentions for item in mention_items(mention, statement)]
    named = {(item.start, item.variable) for item in found if item.detail}
    return sorted(
        {i for i in found if i.detail or (i.start, i.variable) not in named},
        key=lambda item: (item.start, item.variable),
    )


def mention_items(mention: Mention, statement: Statement) -> Iterator[Item]:
    start, end = mention.start - statement.start, mention.end - statement.start
    if mention.is_negated or mention.is_family or mention.is_hypothetical:
        return
    if mention.table == "organs" and mention.group in ORGANS:
        yield Item(start, end, mention.group, mention.concept)
    elif mention.table == CUES and mention.group == "organ":
        yield Item(start, end, mention.concept, f"{mention.concept}_involvement")
    elif mention.table == CUES and mention.group == "item":
        yield Item(start, end, mention.concept)
    elif mention.table == "therapies":
        for therapy in mention.concept.removeprefix("regimen:").split("+"):
            if not therapy.startswith(("other:", "ignore:")):
                yield Item(start, end, f"{therapy}:treated")
    elif mention.table == "paraproteins" and (mention.group == "head" or mention.concept == "MGUS"):
        yield Item(start, end, "paraprotein")


def links(
    quantities: Sequence[Quantity], items: Sequence[Item], folded: str
) -> Iterator[tuple[Quantity, Item]]:
    """Each item with the quantity of its clause: one in brackets or after 'in' behind it, else
    the one before it."""
    for item in items:
        begin, end = clause_around(folded, item)
        near = [q for q in quantities if begin <= q.start < end and not overlaps(q, item)]
        behind = next((q for q in near if q.start >= item.end), None)
        is_aside = is_in_brackets(folded, item.start)
        before = next(
            (q for q in reversed(near) if q.end <= item.start and q.is_aside == is_aside), None
        )
        if behind is not None and is_something_between(item, behind, items):
            behind = None
        inside = next((q for q in quantities if overlaps(q, item)), None)
        if inside is not None and item.variable in ("male", "female"):
            yield inside, item
        elif behind is not None and follows(folded[item.end : behind.start], behind, before):
            yield behind, item
        elif before is not None:
            yield before, item


def is_something_between(item: Item, behind: Quantity, items: Sequence[Item]) -> bool:
    """True where another thing stands nearer to a quantity after 'in'; a bracket closes a list."""
    if behind.is_aside:
        return False
    return any(
        item.end <= other.start < behind.start and kind_of(other) != kind_of(item)
        for other in items
        if not (item.variable in RESULTS and other.variable in ORGANS)
    )


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
    if re.fullmatch(r"(?: \([\w-]{1,10}\))?[\w\s,/+-]{0,60}[(\[] ?", between) and behind.kind in (
        "percent",
        "equal",
        "of",
    ):
        return True
    if re.search(r"\b(?:in|to|for|among|of|by) (?:the |our )?$", between) is None:
        return False
    return before is None or len(between) <= 40


def figures_for(
    statement: Statement, quantity: Quantity, item: Item, items: Sequence[Item], treated: str
) -> list[Figure]:
    """The figures one link makes; [] where the words around it forbid it."""
    begin, end = min(quantity.start, item.start), max(quantity.end, item.end)
    if has_cue(statement, "vague", begin, item.start):
        return []
    make = [(item.variable, quantity.n, quantity.denominator)]
    if item.variable in RESULTS:
        drug = drug_before(statement, item, items) or treated
        if not drug or has_cue(statement, "pooled") or has_cue(statement, "other_result"):
            return []
        make = [(drug.replace("treated", item.variable), quantity.n, quantity.denominator)]
        if quantity.denominator is not None:
            make.append((drug, quantity.denominator, None))
    elif item.variable.endswith(":treated"):
        if not is_given(statement, item, items, quantity):
            return []
    elif item.variable == "igg_lambda":
        if not re.search(r"ig ?g|immunoglobulin g", fold(statement.text), re.IGNORECASE):
            return []
    elif item.variable in ORGANS or item.variable == "paraprotein":
        is_result = any(i.variable in RESULTS and begin - 50 <= i.start < end + 12 for i in items)
        if is_result or has_cue(statement, "change", begin - 50, end + 12):
            return []
        if quantity.n > 1 and is_cause_of_death(items, item):
            return []
    return [
        Figure(name, count, over, statement, begin, end, item.detail) for name, count, over in make
    ]


def has_cue(statement: Statement, group: str, begin: int = 0, end: int = 100_000) -> bool:
    """True where a row of that group of cohorts.csv stands between two offsets into the text."""
    return any(
        mention.group == group and begin <= mention.start - statement.start < end
        for mention in statement.of(CUES)
    )


def is_cause_of_death(items: Sequence[Item], item: Item) -> bool:
    """'Five patients died: two with encephalopathy' counts the deaths, not all with the organ."""
    causes = [other for other in items if other.variable in ORGANS]
    return len(causes) > 1 and any(
        other.variable == "deaths" and other.end <= item.start for other in items
    )


def is_given(statement: Statement, item: Item, items: Sequence[Item], quantity: Quantity) -> bool:
    """True where the drug was given: a verb of treatment, none of offering, no conditioning."""
    begin, end = min(quantity.start, item.start), max(quantity.end, item.end)
    from_place = 0 if quantity.is_aside else begin - 40
    if has_cue(statement, "not_given", begin, end + 60):
        return False
    if not has_cue(statement, "given", from_place, end + 25):
        return False
    names = {other.variable for other in items}
    drug = item.variable.removesuffix(":treated")
    return not (drug in CONDITIONING and "autologous_sct:treated" in names)


def drug_before(statement: Statement, item: Item, items: Sequence[Item]) -> str | None:
    """The treatment of a response: the first named in its sentence, past one that failed."""
    failures = [
        mention.end - statement.start
        for mention in statement.of(CUES)
        if mention.group == "failed" and mention.end - statement.start <= item.start
    ]
    past = max(failures, default=0)
    drugs = [
        other.variable
        for other in items
        if other.variable.endswith(":treated") and past <= other.start < item.start
    ]
    transplant = "autologous_sct:treated"
    return transplant if transplant in drugs else next(iter(drugs), None)


def added_up(figures: Sequence[Figure]) -> list[Figure]:
    """A drug of several regimens in one sentence, each with its '(n = …)', is counted over all."""
    sums: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        kept = sums[figure.variable]
        if kept and is_regimen(figure) and is_regimen(kept[-1]):
            kept[-1] = joined(kept[-1], figure)
        else:
            kept.append(figure)
    return [figure for kept in sums.values() for figure in kept]


def is_regimen(figure: Figure) -> bool:
    return (
        figure.variable.endswith(":treated")
        and "=" in figure.statement.text[figure.start : figure.end + 4]
    )


def joined(first: Figure, second: Figure) -> Figure:
    """The sum of two figures, with the words of the first."""
    return replace(first, n=first.n + second.n, denominator=None)


def over_regimens(figures: Sequence[Figure], total: int | None) -> list[Figure]:
    """Where the groups of several sentences make up the whole series, a drug counts over all."""
    groups: dict[tuple[str, int], int] = {}
    for figure in figures:
        if figure.variable.endswith(":treated") and figure.n != total:
            groups[(figure.statement.section, figure.statement.start)] = figure.n
    if len(groups) < 2 or sum(groups.values()) != total:
        return list(figures)
    kept: dict[str, Figure] = {}
    rest = []
    for figure in figures:
        if (figure.statement.section, figure.statement.start) in groups and figure.n != total:
            earlier = kept.get(figure.variable)
            kept[figure.variable] = joined(earlier, figure) if earlier else figure
        else:
            rest.append(figure)
    return rest + list(kept.values())


def chosen(figures: Sequence[Figure], total: int | None) -> Iterator[Figure]:
    """One figure of each variable, the first told; for an organ see `organ_figure`."""
    by_variable: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if total is None or figure.n <= total:
            by_variable[figure.variable].append(figure)
    for variable, found in by_variable.items():
        first = organ_figure(found) if variable in ORGANS else found[0]
        if first is not None:
            yield first
    yield from other_sex(by_variable, total)


def organ_figure(found: Sequence[Figure]) -> Figure | None:
    """The count of the organ itself, else of its only manifestation; several may overlap: None."""
    general = [figure for figure in found if GENERAL_TERM.search(figure.detail)]
    if general:
        return general[0]
    return found[0] if len({figure.detail for figure in found}) == 1 else None


def other_sex(by_variable: dict[str, list[Figure]], total: int | None) -> Iterator[Figure]:
    """'Eight patients (5 males)': the other three are women."""
    if total is None or ("male" in by_variable) == ("female" in by_variable):
        return
    told, other = ("male", "female") if "male" in by_variable else ("female", "male")
    figure = by_variable[told][0]
    if figure.n < total:
        yield Figure(other, total - figure.n, total, figure.statement, figure.start, figure.end)


def draft_of(figure: Figure) -> Draft:
    over = f";N={figure.denominator}" if figure.denominator is not None else ""
    return Draft(
        patient=None,
        field=f"cohort:{figure.variable}",
        value=f"statistic=count;n={figure.n}{over}",
        statement=figure.statement,
        start=figure.statement.start + figure.start,
        end=figure.statement.start + figure.end,
        rule="cohorts:count",
        confidence=0.85,
    )

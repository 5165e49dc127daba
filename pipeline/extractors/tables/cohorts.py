"""Figures of a series from the rows of a table: 'Male sex | 17 (57)', 'Mean age | 59 (34-82)'.

Reads statements that are cells of aggregate tables, writes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import make_draft, place_of
from pipeline.extractors.organs import ORGANS
from pipeline.extractors.series.countables import RESULTS, items_of
from pipeline.language.folding import fold
from pipeline.records import Draft, Report, Statement
from pipeline.rules import Rules

COUNT = re.compile(r"(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?: ?\(\d[\d.,]* ?%?\)| ?%)?")
TOTAL = re.compile(r"\bn ?= ?(?P<n>\d{1,4})\b", re.IGNORECASE)
AVERAGE = re.compile(r"(?P<value>\d{1,3}(?:\.\d+)?)\b")
RANGE = re.compile(r"(?P<low>\d{1,3}(?:\.\d+)?) ?(?:-|to) ?(?P<high>\d{1,3}(?:\.\d+)?)")
KIND = re.compile(r"\b(?P<kind>mean|average|median)\b", re.IGNORECASE)
AGE = re.compile(r"\bage\b(?!.{0,20}\b(?:onset|death|group))", re.IGNORECASE)
SEXES = {"male": re.compile(r"\b(?:males?|men)\b"), "female": re.compile(r"\b(?:females?|women)\b")}
CONFIDENCE = 0.85


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts 'cohort:<variable>' of the tables of figures, each variable once.

    What the text counted already is not counted again.
    """
    known = {draft.field for draft in drafts if draft.field.startswith("cohort:")}
    found: dict[str, Draft] = {}
    for name, value in pairs_of(report):
        for draft in drafts_of(name, value, rules):
            if draft.field not in known or "range" in draft.value:
                found.setdefault(f"{draft.field} {draft.value.split(';')[0]}", draft)
    return list(found.values())


def pairs_of(report: Report) -> Iterator[tuple[Statement, Statement]]:
    """The name of each row with its first figure; a table of several groups is none of ours."""
    rows: dict[str, list[Statement]] = defaultdict(list)
    for statement in report.statements:
        if statement.cell is not None and statement.cell.kind == "aggregate":
            rows[statement.cell.entry].append(statement)
    for cells in rows.values():
        names = [c for c in cells if c.cell and "name" in c.cell.fields]
        figures = [c for c in cells if c.cell and "figure" in c.cell.fields]
        if names and figures:
            yield names[0], figures[0]


def drafts_of(name: Statement, figure: Statement, rules: Rules) -> Iterator[Draft]:
    words, value = fold(name.text), fold(figure.text)
    if AGE.search(words):
        yield from age_drafts(name, figure)
        return
    found = COUNT.fullmatch(value.strip())
    if found is None:
        return
    header = figure.cell.header if figure.cell else ""
    total = TOTAL.search(fold(header)) or TOTAL.search(words)
    over = found["of"] or (total["n"] if total else "")
    for variable in variables_of(name):
        said = f"statistic=count;n={int(found['n'])}{f';N={int(over)}' if over else ''}"
        yield draft_of(figure, variable, said, found)


def variables_of(name: Statement) -> list[str]:
    """What the name of a row counts: a sex, an organ, a drug, the paraprotein, deaths."""
    words = fold(name.text).lower()
    sexes = [sex for sex, pattern in SEXES.items() if pattern.search(words)]
    if sexes:
        return sexes[:1]
    items = [item.variable for item in items_of(name) if item.variable not in RESULTS]
    organs = [m.group for m in name.of("organs") if m.group in ORGANS]
    heads = ["paraprotein" for m in name.of("paraproteins") if m.group == "head"]
    return list(dict.fromkeys([*items, *organs, *heads]))[:1]


def age_drafts(name: Statement, figure: Statement) -> Iterator[Draft]:
    header = figure.cell.header if figure.cell else ""
    kind = KIND.search(name.text) or KIND.search(header) or KIND.search(figure.text)
    value = AVERAGE.search(figure.text)
    if kind is None or value is None:
        return
    statistic = "median" if kind["kind"].lower() == "median" else "mean"
    said = f"statistic={statistic};value={float(value['value']):g}"
    yield draft_of(figure, "age", said, value)
    span = RANGE.search(fold(figure.text), value.end())
    for end in ("low", "high") if span else ():
        if span is not None:
            said = f"statistic=range_{end};value={float(span[end]):g}"
            yield draft_of(figure, "age", said, span, end)


def draft_of(
    figure: Statement, variable: str, value: str, found: re.Match[str], group: str | int = 0
) -> Draft:
    place = place_of(found, figure, "cohorts:table", group)
    return make_draft(None, f"cohort:{variable}", value, figure, place, CONFIDENCE)

"""Means, medians and ranges of age and follow-up of a series. Reads a statement, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.drafts import make_draft, place_of
from pipeline.extractors.series.counting import PEOPLE
from pipeline.language.folding import fold
from pipeline.records import Draft, Statement

# 'Similar in both groups (60.7 vs 55.9)' is no average of the series.
VALUE = r"(?P<value>\d{1,3}(?:[.,]\d{1,2})?)(?!\d|\.\d| ?(?:years? )?(?:vs\b|versus\b))"
SPAN = (
    r"(?P<low>\d{1,3}(?:[.,]\d{1,2})?)(?: years?)? ?(?:-|to|and|a|bis)"
    r" ?(?P<high>\d{1,3}(?:[.,]\d{1,2})?)"
)
# 'The mean age of the 15 men and 11 women was 56.8': the people between are no age.
GAP = rf"(?:\d{{1,3}} (?:[a-z]+ )?{PEOPLE}\b|[^.;\d]){{0,60}}"
# 'Mean (SD) age', 'median [IQR] age', 'mean ± SD age'.
OF_SPREAD = r"(?: ?[(\[][^)\]\d]{1,24}[)\]]| ?(?:±|\+/?-) ?s\.?[de]\.?m?)?"
STATISTIC = r"(?P<statistic>mean|average|median|media|mediana|moyen\w*|mittlere\w*|durchschnitt\w*)"
AGE = re.compile(
    rf"\b{STATISTIC}{OF_SPREAD} (?:patient |patients' )?(?:age|edad|idade)\b{GAP}{VALUE}"
    rf"|\bage moyen[^.;\d]{{0,30}}(?P<value2>\d{{1,3}})"
    rf"|\b(?:edad|idade) (?P<statistic2>media|mediana)[^.;\d]{{0,30}}(?P<value3>\d{{1,3}})"
    rf"|\b(?:age[sd]?|oldest|eldest)\b[^.;]{{0,60}}[(,;:] ?(?:with an? |the )?"
    rf"(?P<statistic3>mean|median|average)(?:[ ,:=]| of | was | being ){{1,2}}"
    rf"(?P<value4>\d{{1,3}}(?:\.\d{{1,2}})?)(?!\d|\.\d| ?(?:months|weeks|days|mg|g/))"
    rf"|\bage (?P<statistic8>averaged|average[sd]?)[^.;\d]{{0,12}}(?P<value10>\d{{2}}(?:\.\d)?)\b"
    rf"|\b(?P<statistic7>on average|averag(?:ed|ing))\b[^.;\d]{{0,30}}"
    rf"(?P<value9>\d{{2}}(?:\.\d)?) years?(?: old| of age)"
    rf"|\bage (?P<statistic4>moyen|median)e?(?: (?:de|des|etait|a la|au)[^.;\d]{{0,30}})?"
    rf"[ :=]{{1,3}}(?P<value6>\d{{1,3}}(?:[.,]\d)?)"
    rf"|\byears?(?: of age| old)?(?: (?:when|at)[^.;\d(]{{1,40}})?[,;)( ]{{1,3}}"
    rf"(?P<statistic5>mean|average|median)[ ,:=]{{0,2}}"
    rf"(?:age )?(?:of )?(?P<value7>\d{{1,3}}(?:\.\d)?)(?! (?:months|weeks|days))"
    rf"|\b(?:edad(?:es)?|idades?|ages?|eta|alter)\b[^.;]{{0,60}}[(,;] ?(?:con |com |avec )?"
    rf"(?:una |uma |une )?"
    rf"(?P<statistic6>media|mediana|moyenne|mediane|mittel(?:wert)?)[ :,=]{{1,3}}"
    rf"(?:de |d')?(?P<value8>\d{{1,3}}(?:[.,]\d{{1,2}})?)(?!\d)"
    rf"|\b(?:medio|mittleres) (?:age|alter)[^.;\d]{{0,30}}(?P<value5>\d{{1,3}})",
    re.IGNORECASE,
)
AGE_RANGE = re.compile(
    rf"\bage[sd]?\b[^.;]{{0,80}}?\b(?:range[ds]?|between|from|entre|von)[ :,=]{{0,2}}(?:from "
    rf"|between )?{SPAN}",
    re.IGNORECASE,
)
FOLLOW_UP = re.compile(
    rf"\b(?:{STATISTIC} (?:duration of )?follow[ -]?up|follow(?:ed"
    rf"|[ -]?up)[^.;]{{0,40}}? (?P<statistic2>mean|median))"
    rf"\b[^.;\d]{{0,40}}{VALUE} ?(?P<unit>months?|years?)",
    re.IGNORECASE,
)
MEDIANS = ("median", "mediana", "mediane")


def averages_in(statement: Statement) -> Iterator[Draft]:
    """Drafts 'statistic=mean;value=59' of the fields cohort:age and cohort:follow_up_months."""
    folded = fold(statement.text)
    age = AGE.search(folded)
    if age is not None:
        value = next(v for k, v in age.groupdict().items() if k.startswith("value") and v)
        yield draft_of(statement, age, "age", statistic_of(age), number(value))
    span = AGE_RANGE.search(folded)
    if span is not None and number(span["low"]) < number(span["high"]) <= 110:
        yield draft_of(statement, span, "age", "range_low", number(span["low"]))
        yield draft_of(statement, span, "age", "range_high", number(span["high"]))
    followed = FOLLOW_UP.search(folded)
    if followed is not None:
        months = number(followed["value"]) * (12 if followed["unit"].lower().startswith("y") else 1)
        yield draft_of(statement, followed, "follow_up_months", statistic_of(followed), months)


def statistic_of(found: re.Match[str]) -> str:
    word = next(
        (v for k, v in found.groupdict().items() if k.startswith("statistic") and v), "mean"
    )
    return "median" if word.lower() in MEDIANS else "mean"


def number(text: str) -> float:
    return float(text.replace(",", "."))


def draft_of(
    statement: Statement, found: re.Match[str], variable: str, statistic: str, value: float
) -> Draft:
    told = f"statistic={statistic};value={value:g}"
    place = place_of(found, statement, "averages:average")
    return make_draft(None, f"cohort:{variable}", told, statement, place, 0.9)

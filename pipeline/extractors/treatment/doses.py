"""The dose of a treatment as the text words it. Reads and writes nothing.

The words are kept as they stand ('2 g/kg over 5 days every 4 weeks'); nothing is converted.
"""

from __future__ import annotations

import re

from pipeline.extractors.clauses import FINITE_VERB, text_between
from pipeline.extractors.treatment.drugs import Named
from pipeline.records import Statement

NUMBER = r"(?:\d{1,4}(?:[.,]\d{1,3})?)(?: ?(?:-|to|a|bis) ?\d{1,4}(?:[.,]\d{1,3})?)?"
UNIT = (
    r"(?:g|gr|gm|gms|gram|grams|mg|mgs|milligrams?|mcg|μg|ug|million (?:units|IU)|MU|units|IU|U|Gy"
    r"|cGy|J|ml)\b(?: ?(?:/|per) ?(?:kg|m2|m\^2|cm2|day|d|week|wk|month|dose|die|dia|jour|tag"
    r"|mes|mois|monat|semana|semaine|woche|j|sem|24 ?h|cycle|ciclo|cure|zyklus|course|infusion)\b)"
    r"{0,3}(?: (?:of )?(?:body ?weight|KGW?|korpergewicht|de peso)\b)?"
)
TIMES = (
    r"(?:a|per|each|every|once|twice|thrice|three times|times|daily|nightly|weekly|monthly|biweekly"
    r"|bid|tid|qd|nocte|orally|by mouth|po|iv|at (?:night|bedtime)|in the morning|on alternate days"
    r"|every other day|over|for|on|divided|given|repeated|in|days?|weeks?|months?|cycles?|courses?"
    r"|consecutive|successive|day|week|month|year|the|of|each|per course|per cycle|total|dose|doses"
    r"|interval|intervals|at|and|to|then|infusions?|intravenously|subcutaneously|bedtime|night"
    r"|al dia|por dia|cada|dias?|semanas?|meses|via oral|por via oral|durante|par jour|pendant"
    r"|jours|toutes les|semaines|taglich|pro tag|uber|alle|wochen|tage|one|two|three|four|five|six"
    r"|(?:28|21|35)-day|\d{1,3}|first|second|third|every|starting|administered|split|separate"
    r"|period|once|x|am|pm|pro monat|por mes|al mes|par mois)"
)
DOSE = re.compile(
    rf"{NUMBER} ?{UNIT}(?:[ ,]{{1,2}}(?:{TIMES})\b(?:[-–]\d{{1,2}})?){{0,14}}", re.IGNORECASE
)
TRAILING = re.compile(
    r"[ ,]+(?:the|of|at|and|to|then|in|on|for|over|a|given|repeated|every|each|per|divided|total"
    r"|starting|administered|dose|at a|cada|durante)$",
    re.IGNORECASE,
)
CLOSE = 45


def dose_near(named: Named, statement: Statement) -> tuple[int, int] | None:
    """Offsets of the dose beside a treatment: right behind it, else right before it."""
    behind = text_between(statement, named.end, statement.end)
    found = DOSE.search(behind[:260])
    start = named.end + found.start() if found else 0
    if found and found.start() <= CLOSE and is_clear(statement, named.end, start):
        return start, start + len(trimmed(found.group()))
    before_start = max(statement.start, named.start - 100)
    before = text_between(statement, before_start, named.start)
    for candidate in DOSE.finditer(before):
        rest = before[candidate.start() + len(trimmed(candidate.group())) :]
        if re.fullmatch(r"\s*(?:of |de |d'|doses? of |daily )?(?:oral |intravenous |iv )?", rest):
            start = before_start + candidate.start()
            return start, start + len(trimmed(candidate.group()))
    return None


def is_clear(statement: Statement, start: int, end: int) -> bool:
    """No other treatment and no new clause between a drug and its dose."""
    if any(start <= other.start < end for other in statement.of("therapies")):
        return False
    words = text_between(statement, start, end)
    return ";" not in words and len(FINITE_VERB.findall(words)) <= 1


def trimmed(words: str) -> str:
    """Without joining words left over at the end."""
    while True:
        shorter = TRAILING.sub("", words).rstrip(" ,")
        if shorter == words:
            return words
        words = shorter

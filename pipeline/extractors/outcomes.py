"""Whether each own patient is alive or dead, and after how many months. Reads a Report.

Fields: 'outcome' ('alive', 'dead') and 'follow_up_months'; writes nothing.
Cues are the rows of rules/outcomes.csv: 'dead'; 'alive' (enough alone); 'contact' (a last contact,
enough with any statement of the patient); 'later' (a time) with 'status' (how the patient is).
Guideline: alive only by a status at a later time or last contact; a treatment's result is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.language.folding import fold
from pipeline.language.numbers import WORDS, number_of_words
from pipeline.records import Draft, Mention, Report, Statement
from pipeline.rules import Rules

TABLE = "outcomes"
MONTHS_OF = {"w": 12 / 52.18, "m": 1.0, "y": 12.0, "a": 12.0, "j": 12.0}
# One unit of time; Spanish, Portuguese and French 'ano', 'an', German 'Jahr' are years.
DURATION = re.compile(
    rf"\b(?P<n>\d{{1,3}}(?:[.,]\d+)?|{WORDS}|an?(?= (?:year|month)))(?P<half> and a half)?[\s-]?"
    r"(?P<unit>weeks?|months?|mos?|years?|yrs?|anos?|ans?|meses|mes|mois|monaten?|jahren?)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:his|her|their|whose|one|another|an?|the|elder|younger|the patient's|una?|un|su|son|sa"
    r"|seine?|ihre?) (?:\w+ )?"
    r"(?:mother|father|brother|sister|son|daughter|wife|husband|uncle|aunt|cousin|parents?"
    r"|siblings?"
    r"|madre|padre|hermano|hermana|mae|pai|irmao|irma|mere|pere|frere|soeur|mutter|vater|bruder"
    r"|schwester|grand\w+)\b(?! of (?:two|three|four|five|six|\d))[^.;]{0,60}$",
    re.IGNORECASE,
)
PRESENT_REMAINS = re.compile(r"\b(?:remains|stays)\b", re.IGNORECASE)
# The time may stand within the status itself: 'is now in remission'.
TIME_WITHIN = re.compile(
    r"\b(?:is|are|has been|remains) (?:still|now|currently|presently|at present|today)\b",
    re.IGNORECASE,
)
IN_REMISSION = re.compile(
    r"remission|free|recurrence|relapse|asymptomatic|well\b|stable", re.IGNORECASE
)
CONFIDENCE_DEAD = {"died": 0.96, "death": 0.93, "autopsy": 0.9, "title": 0.85}
TITLE_ONLY = "title"
TITLE_SHARE = 0.8
ALL_OF_THEM = re.compile(
    r"\b(?:both|all|each|every|neither|none|ambos|ambas|les deux|tous|beide|alle)\b", re.IGNORECASE
)


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Every statement on life or death of an own patient; death outweighs earlier life."""
    found: list[Draft] = []
    for statement in report.statements:
        own = owners_of(statement, report.labels)
        if len(own) > 1 and not ALL_OF_THEM.search(statement.text):
            continue
        if not own or statement.role in ("keywords", "other") or not statement.of(TABLE):
            continue
        for label in own:
            found.extend(of_patient(statement, label))
    dead = {draft.patient for draft in found if draft.value == "dead"}
    return [d for d in found if d.patient not in dead or d.value == "dead"]


def owners_of(statement: Statement, labels: Sequence[str]) -> tuple[str, ...]:
    """The patients of a statement; the title of a report on one patient speaks of that one."""
    if statement.role == "title" and statement.teller == "patient" and len(labels) == 1:
        return tuple(labels)
    return statement.patients


def of_patient(statement: Statement, label: str) -> Iterator[Draft]:
    dead = dead_mention(statement)
    if dead is not None:
        yield outcome(statement, label, "dead", dead, CONFIDENCE_DEAD[dead.group])
        return
    told = alive_mention(statement)
    if told is not None:
        mention, confidence = told
        if statement.role == "title":
            confidence *= TITLE_SHARE
        yield outcome(statement, label, "alive", mention, confidence)
        yield from follow_up(statement, label)


def dead_mention(statement: Statement) -> Mention | None:
    """The surest words for this patient's death; 'fatal' alone counts in a title only."""
    found = [
        mention
        for mention in statement.of(TABLE)
        if mention.concept == "dead"
        and (mention.group != TITLE_ONLY or is_fatal_case(statement, mention))
        and not (mention.is_negated or mention.is_hypothetical or mention.is_uncertain)
        and not RELATIVE.search(fold(statement.text)[: mention.start - statement.start])
    ]
    return max(found, key=lambda mention: CONFIDENCE_DEAD[mention.group], default=None)


def is_fatal_case(statement: Statement, mention: Mention) -> bool:
    """'Fatal' of a title, or of a sentence that reports the case ('a fatal case')."""
    text = statement.text[mention.start - statement.start :].lower()
    return (
        statement.role == "title"
        or re.match(r"(a )?fatal (case|\w+ case|encephalo)", text) is not None
    )


def alive_mention(statement: Statement) -> tuple[Mention, float] | None:
    """The words that tell a status at a later time, with the confidence in them."""
    cues = {
        mention.concept: mention
        for mention in reversed(statement.of(TABLE))
        if not (mention.is_family or mention.is_hypothetical)
    }
    if "alive" in cues and not cues["alive"].is_negated:
        return cues["alive"], 0.95
    if "status" in cues and "contact" in cues:
        return cues["status"], 0.95
    if "contact" in cues:
        return cues["contact"], 0.8
    if "status" not in cues:
        return None
    if "later" in cues:
        return cues["status"], 0.85
    text = cues["status"].text
    if TIME_WITHIN.search(text) and IN_REMISSION.search(text):
        return cues["status"], 0.75
    if PRESENT_REMAINS.search(text) and IN_REMISSION.search(text):
        return cues["status"], 0.65
    return None


def outcome(
    statement: Statement, label: str, value: str, mention: Mention, confidence: float
) -> Draft:
    return Draft(
        patient=label,
        field="outcome",
        value=value,
        statement=statement,
        start=mention.start,
        end=mention.end,
        rule=mention.rule,
        confidence=confidence,
    )


def follow_up(statement: Statement, label: str) -> Iterator[Draft]:
    """The time of the status in months, from the first time within its cue of time."""
    for mention in statement.of(TABLE):
        if mention.concept not in ("contact", "later", "alive"):
            continue
        start = mention.start - statement.start
        found = DURATION.search(fold(statement.text), start, mention.end - statement.start + 20)
        months = months_of(found) if found else None
        if found is not None and months:
            yield Draft(
                patient=label,
                field="follow_up_months",
                value=f"{months:g}",
                statement=statement,
                start=statement.start + found.start(),
                end=statement.start + found.end(),
                rule="outcomes:follow_up",
                confidence=0.8,
            )
            return


def months_of(found: re.Match[str]) -> float | None:
    """'30 months', 'two and a half years', 'a year' in months."""
    words = found["n"].lower()
    is_digits = words[0].isdigit()
    number: float | None = float(words.replace(",", ".")) if is_digits else number_of_words(words)
    if words in ("a", "an"):
        number = 1
    if number is None:
        return None
    if found["half"]:
        number += 0.5
    return round(number * MONTHS_OF[found["unit"][0].lower()], 1)

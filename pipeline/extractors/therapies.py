"""'therapies': what the patient received for the disease, with dose, line, duration and stop.

Reads the treatment history (episodes.py), writes nothing.
Fields: `therapy`, `dose_text`, `line` and those of exposure.py, with the episode's number as item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import Place, make_draft
from pipeline.extractors.own_patients.ownership import OTHERS
from pipeline.extractors.treatment import sureness
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.doses import dose_near
from pipeline.extractors.treatment.drugs import named_in
from pipeline.extractors.treatment.episodes import OWN_TELLERS, history_of
from pipeline.extractors.treatment.evidence import has_evidence
from pipeline.extractors.treatment.exposure import drafts_of_exposure
from pipeline.extractors.treatment.history import History
from pipeline.records import Draft, Report, Statement
from pipeline.rules import Rules


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """One therapy draft per mention of each episode, with its dose and its line."""
    found: list[Draft] = []
    for label in report.labels:
        history = history_of(report, rules, label)
        for item, course in enumerate(history.courses, start=1):
            found.extend(drafts_of(course, item, label))
            found.extend(drafts_of_exposure(course, item, label))
        found.extend(drafts_spoken_of(history))
    found.extend(draft for s in report.statements for draft in drafts_of_others(s))
    return list(dict.fromkeys(found))


def drafts_of(course: Course, item: int, label: str) -> Iterator[Draft]:
    for named, statement in course.named:
        sure = confidence_in(statement, course)
        yield make_draft(label, "therapy", course.therapy, statement, named, sure, item=item)
        dose = dose_near(named, statement)
        if dose is not None:
            words = statement.text[dose[0] - statement.start : dose[1] - statement.start]
            place = Place(*dose, "doses:dose_near")
            yield make_draft(label, "dose_text", words, statement, place, 0.85, item=item)
    named, statement = course.named[0]
    place = Place(named.start, named.end, "episodes:take_over")
    yield make_draft(label, "line", str(course.line), statement, place, 0.7, item=item)


def confidence_in(statement: Statement, course: Course) -> float:
    """Surest beside a word of giving; less in a title or where only a response speaks for it."""
    if statement.role == "title":
        return sureness.TITLE
    is_supported = has_evidence(statement) or bool(course.told)
    return sureness.GIVEN if is_supported else sureness.UNSUPPORTED


def drafts_spoken_of(history: History) -> Iterator[Draft]:
    """Considered, refused or given for something else: kept for the reviewer, never a value."""
    for named, statement, _, rule in history.spoken_of:
        place = Place(named.start, named.end, rule or named.rule)
        yield make_draft(
            None, "therapy", named.therapy, statement, place, 0.5,
            status="uncertain", subject="other",
        )  # fmt: skip


def drafts_of_others(statement: Statement) -> Iterator[Draft]:
    """What the literature, a guideline or the family was treated with: evidence, never a value."""
    if statement.teller in (*OWN_TELLERS, "heading") or statement.patients:
        return
    subject = OTHERS.get(statement.teller, "literature")
    for named in named_in(statement, has_transplant=False):
        yield make_draft(None, "therapy", named.therapy, statement, named, 0.5, subject=subject)

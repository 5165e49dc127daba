"""How long a treatment episode lasted, whether it was ended, and why, as drafts.

Reads what was told of a course, writes nothing; therapies.py hands it each course.
Fields: `duration_text`, `duration_months`, `is_stopped` ('true', 'false'), `stop_reason`, with the
episode's number as item. Nothing is said by silence: without words for it there is no draft.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors.treatment.amounts import Lasted
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.stops import Stop
from pipeline.records import Draft

OUTWEIGHED = 0.4  # told elsewhere, but shorter, or of an earlier time


def drafts_of_exposure(course: Course, item: int, label: str) -> Iterator[Draft]:
    yield from drafts_of_duration(course, item, label)
    yield from drafts_of_stop(course, item, label)


def drafts_of_duration(course: Course, item: int, label: str) -> Iterator[Draft]:
    """The longest time told counts, for 'after six months of A' tells only how long so far."""
    longest = max((told.amount.months or 0 for told in course.lasted), default=0)
    for told in course.lasted:
        is_longest = (told.amount.months or 0) == longest
        sure = told.confidence if is_longest else OUTWEIGHED
        start = told.amount.start - told.statement.start
        words = told.statement.text[start : told.amount.end - told.statement.start]
        yield draft(label, "duration_text", words, item, told, sure)
        if told.amount.months is not None:
            yield draft(label, "duration_months", f"{told.amount.months:g}", item, told, sure)


def drafts_of_stop(course: Course, item: int, label: str) -> Iterator[Draft]:
    """What was told last counts; a reason counts where the treatment was ended."""
    for stop in course.stops:
        ending = stop.ending
        is_last = ending.is_stopped == course.is_stopped
        sure = stop.confidence if is_last else OUTWEIGHED
        value = str(ending.is_stopped).lower()
        yield stop_draft(label, "is_stopped", value, item, stop, sure)
        if ending.reason is not None and is_last:
            sure = min(sure, ending.reason.confidence)
            yield stop_draft(label, "stop_reason", ending.reason.value, item, stop, sure)


def draft(label: str, field: str, value: str, item: int, told: Lasted, confidence: float) -> Draft:
    return Draft(
        patient=label,
        field=field,
        value=value,
        item=item,
        statement=told.statement,
        start=told.amount.start,
        end=told.amount.end,
        rule="durations:side_of",
        confidence=confidence,
    )


def stop_draft(
    label: str, field: str, value: str, item: int, stop: Stop, confidence: float
) -> Draft:
    place = stop.ending.reason if field == "stop_reason" else stop.ending.cue
    assert place is not None
    return Draft(
        patient=label,
        field=field,
        value=value,
        item=item,
        statement=stop.statement,
        start=place.start,
        end=place.end,
        rule=place.rule,
        confidence=confidence,
    )

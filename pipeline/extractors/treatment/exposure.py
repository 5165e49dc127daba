"""How long a treatment episode lasted, whether it was ended, and why, as drafts.

Reads what was told of a course, writes nothing; therapies.py hands it each course.
Fields: `duration_text`, `duration_months`, `is_stopped` ('true', 'false'), `stop_reason`, with the
episode's number as item. Nothing is said by silence: without words for it there is no draft.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors.drafts import Place, make_draft
from pipeline.extractors.treatment.courses import Course
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
        amount, statement = told.amount, told.statement
        place = Place(amount.start, amount.end, "durations:side_of")
        words = statement.text[amount.start - statement.start : amount.end - statement.start]
        yield make_draft(label, "duration_text", words, statement, place, sure, item=item)
        if amount.months is not None:
            months = f"{amount.months:g}"
            yield make_draft(label, "duration_months", months, statement, place, sure, item=item)


def drafts_of_stop(course: Course, item: int, label: str) -> Iterator[Draft]:
    """What was told last counts; a reason counts where the treatment was ended."""
    for stop in course.stops:
        ending, statement = stop.ending, stop.statement
        is_last = ending.is_stopped == course.is_stopped
        sure = stop.confidence if is_last else OUTWEIGHED
        value = str(ending.is_stopped).lower()
        yield make_draft(label, "is_stopped", value, statement, ending.cue, sure, item=item)
        reason = ending.reason
        if reason is not None and is_last:
            sure = min(sure, reason.confidence)
            yield make_draft(label, "stop_reason", reason.value, statement, reason, sure, item=item)

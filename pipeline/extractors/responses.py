"""'responses': the response of the disease to each treatment episode, and whether it was lost.

Reads the treatment history (episodes.py), writes nothing.
Fields: `response` (complete, partial, improved, none, worse), `is_relapse` ('true'), with the
episode's number as item. An episode without a response draft is not_reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import make_draft
from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.episodes import history_of
from pipeline.extractors.treatment.told import Told
from pipeline.records import Draft, Report
from pipeline.rules import Rules

# A disease held in check is a benefit that is not graded; a relapse implies one.
IMPLIES_BENEFIT = ("improved", "controlled", "relapse")


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """The response drafts of every episode of every own patient."""
    return [
        draft
        for label in report.labels
        for item, course in enumerate(history_of(report, rules, label).courses, start=1)
        for draft in drafts_of(course, item, label)
    ]


def drafts_of(course: Course, item: int, label: str) -> Iterator[Draft]:
    """The words that gave the episode its response, and those that tell of a relapse."""
    response, is_relapse = course.response, course.is_relapse
    spoken = {told.cue.value for told in course.told}
    implied = ("progressed",) if response == "none" else IMPLIES_BENEFIT
    values = (response,) if response in spoken else implied
    for told in course.told:
        if response and told.cue.value in values:
            yield draft_of(told, "response", response, item, label)
    for told in course.otherwise:
        yield draft_of(told, "response", told.cue.value, item, label)
    if is_relapse:
        for told in course.told:
            if told.is_loss:
                yield draft_of(told, "is_relapse", "true", item, label)


def draft_of(told: Told, field: str, value: str, item: int, label: str) -> Draft:
    return make_draft(label, field, value, told.statement, told.cue, told.confidence, item=item)

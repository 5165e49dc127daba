"""What is known of a patient's treatment while the report is read. Reads and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extractors.treatment.courses import Course
from pipeline.extractors.treatment.cues import Cue
from pipeline.extractors.treatment.drugs import Named
from pipeline.records import Statement


@dataclass
class History:
    """What is known while the report is read: courses so far and those being given now."""

    courses: list[Course] = field(default_factory=list)
    active: list[Course] = field(default_factory=list)
    lately: list[Course] = field(default_factory=list)
    line: int = 0
    previous: Statement | None = None
    unlinked: list[tuple[Cue, Statement]] = field(default_factory=list)
    spoken_of: list[tuple[Named, Statement, str, str]] = field(default_factory=list)

"""Whose a title is: the patient's, unless its words name a topic or a review.

Reads the cues of rules/statements.csv, writes nothing.
"""

from __future__ import annotations

from pipeline.language.course import cue_of
from pipeline.records import Mention, Teller


def teller_of_title(cues: dict[str, Mention], text: str) -> tuple[Teller, str]:
    """A title speaks of the patient unless its words name a topic or a review."""
    if text.endswith("?") and not cues.keys() & {"person", "title_own", "series"}:
        return "background", "a question"
    is_counted = "series" in cues and "review" not in cues["series"].text
    is_own = "title_own" in cues or "person" in cues
    if not is_own and not (is_counted and is_question(cues)):
        for group in ("title_topic", "recommendation"):
            if group in cues:
                return "background", cue_of(cues[group])
    for group in ("series_own", "title_series", "series"):
        if group in cues:
            return "series", cue_of(cues[group])
    return "patient", "title"


def is_question(cues: dict[str, Mention]) -> bool:
    """'Two sisters: chance or common ground?' still counts its patients."""
    return "title_topic" in cues and cues["title_topic"].text.startswith("?")

"""Weighs the cues of a sentence: the section's role, strong cues, weak cues, then the tense.

Reads statements with the cues of rules/statements.csv, by group; writes nothing.
"""

from __future__ import annotations

import re

from pipeline.language.course import (
    GENERAL_ROLES,
    OWN_ROLES,
    SINGULAR_CITED,
    Course,
    cue_of,
    cues_of,
    plain,
)
from pipeline.language.folding import fold
from pipeline.language.lists import is_list_item, is_note_on_signs, is_numbered
from pipeline.language.references import has_reference
from pipeline.language.tense import is_finite_past, is_generic, is_past
from pipeline.language.titles import teller_of_title
from pipeline.language.uncued import teller_without_cue
from pipeline.records import Mention, Statement, Teller

# The groups of statements.csv in the order in which they decide, and whose statement each makes.
DECISIVE: dict[str, Teller] = {
    "definition": "background",
    "conclusion": "recommendation",
    "family": "family",
    "series_own": "series",
    "own": "patient",
    "cited_strong": "cited",
}
WEAK: dict[str, Teller] = {
    "series": "series",
    "cited": "cited",
    "recommendation": "recommendation",
    "background": "background",
}
LITERATURE = re.compile(
    r"\b(?:cases|patients|reports?|series) (?:\w+ )?(?:of|from|in) the (?:\w+ )?literature\b", re.I
)
# 'The gammopathy might make the patient's blood clot' tells nothing that was found.
HYPOTHESIS = re.compile(r"\b(?:may|might|could|would)\b", re.IGNORECASE)


def teller_of(statement: Statement, course: Course) -> tuple[Teller, str]:
    """The teller of a whole sentence: role, decisive cues, weak cues, tense."""
    cues = cues_of(statement)
    if statement.role in ("keywords", "other"):
        return "heading", statement.why or f"role {statement.role}"
    if is_note_on_signs(statement.text):
        return "heading", "a note on signs and abbreviations"
    if "heading" in cues or is_list_item(statement, cues, course):
        return "heading", cue_of(cues["heading"]) if "heading" in cues else "an item of a list"
    if statement.role == "title":
        is_again = plain(statement.text) == course.title
        return (
            course.title_told
            if is_again and course.title_told
            else teller_of_title(cues, statement.text)
        )
    if is_numbered(statement.text):
        return course.last_told
    if statement.text.endswith("?"):
        return "background", "a question"
    told = decisive(statement, cues, course)
    if told is not None:
        return told
    is_told = is_past(statement.text)
    if is_status(statement, cues, course):
        return course.last_told[0], cue_of(cues["status"])
    is_general = statement.role in GENERAL_ROLES and not is_told
    is_general |= "background" in cues and not is_told and statement.role != "results"
    if "series" in cues and not is_general and not course.is_cited_person:
        if is_of_literature(course):
            return course.last_told
        return "series", cue_of(cues["series"])
    said = weak({name: cue for name, cue in cues.items() if name != "series"})
    if said is not None and not is_narrated(statement, said[0], is_told, course):
        return said
    return teller_without_cue(statement, course, is_told)


def decisive(
    statement: Statement, cues: dict[str, Mention], course: Course
) -> tuple[Teller, str] | None:
    """What a strong cue decides; a pronoun follows the person spoken of last."""
    frame = cues.get("cited_strong")
    if frame is not None and frame.start - statement.start <= 4 and "own" not in cues:
        return "cited", cue_of(frame)
    for group, teller in DECISIVE.items():
        if group in cues:
            return teller, cue_of(cues[group])
    cue = cues.get("person") or cues.get("finding")
    if cue is None:
        return None
    is_told = is_past(statement.text)
    if "recommendation" in cues and not is_told:
        return "recommendation", cue_of(cues["recommendation"])
    if statement.role in ("discussion", "conclusion") and not is_told:
        guess = HYPOTHESIS.search(fold(statement.text))
        if guess is not None:
            return "background", f"a hypothesis: {guess[0]!r}"
    if course.is_cited_person:
        return "cited", "told of the patient cited before"
    if statement.role in GENERAL_ROLES and is_cited_person(statement):
        return "cited", "another person, with a reference"
    return "patient", cue_of(cue)


def is_cited_person(statement: Statement) -> bool:
    """True for 'a 47-year-old woman who died.3': a person not known yet, and a reference."""
    folded = fold(statement.text)
    return SINGULAR_CITED.search(folded) is not None and has_reference(statement)


def is_status(statement: Statement, cues: dict[str, Mention], course: Course) -> bool:
    """True for what is told of a later time of the own patient, in whatever tense: 'there has
    been no relapse since'."""
    if "status" not in cues or statement.role == "background":
        return False
    is_of_own = course.last_told[0] in ("patient", "series") and not course.is_cited_person
    return is_of_own and not any(group in cues for group in ("background", "recommendation"))


def is_of_literature(course: Course) -> bool:
    """True behind 'we reviewed 114 cases from the literature': '57 were men' are those cases."""
    teller, why = course.last_told
    return teller == "cited" and LITERATURE.search(why) is not None


def weak(cues: dict[str, Mention]) -> tuple[Teller, str] | None:
    for group, teller in WEAK.items():
        if group in cues:
            return teller, cue_of(cues[group])
    return None


def is_narrated(statement: Statement, teller: Teller, is_told: bool, course: Course) -> bool:
    """True where a finite past tense outweighs a weak cue: 'he was given, usually monthly, …'."""
    is_finite = is_finite_past(statement.text)
    if statement.role in OWN_ROLES:
        return is_told and (is_finite or not is_generic(statement.text))
    is_told_of_own = course.is_introduced and statement.role not in GENERAL_ROLES
    return (
        teller == "background" and is_finite and is_told_of_own and not is_generic(statement.text)
    )

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
from pipeline.language.tense import is_finite_past, is_generic, is_past
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
NOBODY_YET = "before any patient"
AFTER_CITED = "in general, after cases of others"
REFERENCE = re.compile(
    r"\[\d{1,3}(?:[,-] ?\d{1,3}){0,6}\]|[a-z)][.,]\d{1,2}(?:[,-]\d{1,2}){0,6}$"
    r"|\(\d{1,2}(?:[,-] ?\d{1,2})*\)\.?$"
)
# 'Of 21 published cases …. One died' goes on about those.
OF_THE_SAME = re.compile(
    r"(?:(?:only )?(?:one|two|three|four|five|six|seven|eight|nine|ten|most|some|several|many|none"
    r"|\d{1,3}(?: ?%)?|[a-z]+(?:-[a-z]+)? per ?cent)(?: of (?:them|these|those))?"
    r"|the (?:others|rest|remainder)) (?:was|were|had|died|responded|improved|received|relapsed"
    r"|developed|showed)\b",
    re.IGNORECASE,
)
# 'Contractures of both elbows have developed', behind what was told of the patient.
BECAME = re.compile(
    r"\b(?:has|have) (?:(?:\w+ly|since|now|also|not|then|meanwhile) ){0,2}(?:developed|appeared"
    r"|occurred|arisen|persisted|recurred|progressed|set in)\b(?! (?:in|among) (?:\d|some|many|most"
    r"|several|other|patients|cases))",
    re.IGNORECASE,
)
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


def has_reference(statement: Statement) -> bool:
    """True where a reference mark stood in the sentence or still stands there."""
    return statement.has_citation or REFERENCE.search(fold(statement.text)) is not None


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


def teller_without_cue(statement: Statement, course: Course, is_told: bool) -> tuple[Teller, str]:
    """No cue: the section's role decides, then tense after the own patient was introduced."""
    if statement.role in GENERAL_ROLES:
        if course.is_announced and is_told and statement.role == "background":
            return "patient", "told after 'we report'"
        if is_continued(statement, course):
            return "patient", "told on of the patient"
        return "background", f"role {statement.role}"
    if statement.role in OWN_ROLES:
        is_after_cited = course.last_told[0] == "cited" or course.last_told[1] == AFTER_CITED
        if is_after_cited and not is_told and is_generic(statement.text):
            return "background", AFTER_CITED
        return "patient", f"role {statement.role}"
    if course.is_in_present and course.last_told[0] in ("patient", "family"):
        return "patient", "told in the present tense"
    is_after_own = course.last_told[0] == "patient" and course.is_introduced
    if is_after_own and BECAME.search(fold(statement.text)):
        return "patient", "what has come about since"
    if course.is_introduced and not is_told and not is_generic(statement.text):
        is_after_other = course.last_told[0] in ("background", "cited", "recommendation")
        if is_after_other:
            return course.last_told[0], "no verb, as the sentence before"
    if course.last_told[0] == "cited" and OF_THE_SAME.match(fold(statement.text)):
        return "cited", "told on of the cases cited before"
    if course.is_introduced and (is_told or not is_generic(statement.text)):
        return "patient", "told of the patient already introduced"
    return "background", "present tense" if course.is_introduced else NOBODY_YET


def is_continued(statement: Statement, course: Course) -> bool:
    """True in a discussion where the sentence before was the patient's and this one tells on."""
    is_told = is_finite_past(statement.text) and not has_reference(statement)
    return is_told and course.last_told[0] == "patient" and statement.role == "discussion"


def is_narrated(statement: Statement, teller: Teller, is_told: bool, course: Course) -> bool:
    """True where a finite past tense outweighs a weak cue: 'he was given, usually monthly, …'."""
    is_finite = is_finite_past(statement.text)
    if statement.role in OWN_ROLES:
        return is_told and (is_finite or not is_generic(statement.text))
    is_told_of_own = course.is_introduced and statement.role not in GENERAL_ROLES
    return (
        teller == "background" and is_finite and is_told_of_own and not is_generic(statement.text)
    )

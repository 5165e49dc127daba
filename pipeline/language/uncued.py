"""Whose a sentence is that has no cue of its own: by its section, its tense and what went before.

Reads statements and what the sentences before have established, writes nothing.
"""

from __future__ import annotations

import re

from pipeline.language.course import GENERAL_ROLES, OWN_ROLES, Course
from pipeline.language.folding import fold
from pipeline.language.references import has_reference
from pipeline.language.tense import is_finite_past, is_generic
from pipeline.records import Statement, Teller

NOBODY_YET = "before any patient"
AFTER_CITED = "in general, after cases of others"
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

"""What the sentences before have established: role, title, who was introduced, who is cited.

Reads statements in the order of the report, writes nothing but its own memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pipeline.language.folding import fold
from pipeline.language.sections import AIMS, leading_heading
from pipeline.records import Mention, Role, Statement, Teller

CUES = "statements"
OWN_ROLES: tuple[Role, ...] = ("case", "results")
GENERAL_ROLES: tuple[Role, ...] = ("background", "discussion", "conclusion")
BULLETS = ("•", "- ", "* ", "·", "– ")
# A case told in the present tense, as in a quiz: "A man presents with papules. The skin is hard."
PRESENT_TELLING = re.compile(
    r"\b(?:presents|is an? (?:[\w-]+ ){0,2}\d\d[ -]year"
    r"|is (?:referred|seen|admitted|brought|evaluated|hospitali[sz]ed)|complains"
    r"|suffers from|has had|is unable|consults"
    r"|comes|visits|attends|seeks|reports|acude|consulte|consulta"
    r"|se plaint|refiere|procura|refere"
    r"|stellt sich|klagt|se presente|est (?:adresse|hospitalise|admis|vu)e?)\b",
    re.IGNORECASE,
)
# 'Objective: to describe … Twelve cases were seen': behind its own sentence the report begins.
AIM = re.compile(rf"{AIMS}\s*[:.-]", re.IGNORECASE)
SINGULAR_CITED = re.compile(
    r"\b(?:an?|one|another) (?:[\w-]+ ){0,4}(?:patient|case|man|woman|male|female|boy|girl"
    r"|child)\b",
    re.IGNORECASE,
)


@dataclass
class Course:
    """What the sentences before have established, in the order of the report."""

    section: str = ""
    role: Role = "other"
    title: str = ""
    title_told: tuple[Teller, str] | None = None
    last_told: tuple[Teller, str] = ("heading", "a heading")
    is_introduced: bool = False
    is_announced: bool = False
    is_cited_person: bool = False
    is_in_present: bool = False
    role_behind_aim: Role | None = None
    heading_end: int = -10  # where the last heading that ends with a full stop ended


def with_role(statement: Statement, course: Course) -> Statement:
    """The statement with the role of the last heading that stands in the text itself."""
    if statement.section != course.section:
        course.section, course.role = statement.section, statement.role
        course.is_announced = course.is_cited_person = False
        course.role_behind_aim = None
        course.heading_end = -10
    if statement.role == "title":
        course.title = course.title or plain(statement.text)
        return statement
    if course.title and plain(statement.text) == course.title:
        return msgspec.structs.replace(statement, role="title")
    heading = heading_of(statement)
    if heading is not None:
        course.role, length = heading
        is_aim = AIM.match(fold(statement.text)) is not None
        course.role_behind_aim = statement.role if is_aim else None
        course.is_cited_person = False
        if length >= len(statement.text):
            if statement.text.endswith("."):
                course.heading_end = statement.end
            return msgspec.structs.replace(statement, role="other", why="a heading")
    elif course.role == "keywords" != statement.role and is_sentence(statement.text):
        course.role = statement.role
    return msgspec.structs.replace(statement, role=course.role)


def heading_of(statement: Statement) -> tuple[Role, int] | None:
    """The heading a statement begins with; under a heading of its own only one with a colon or
    one that fills the line."""
    if statement.role not in ("abstract", "methods", *OWN_ROLES, *GENERAL_ROLES):
        return None
    heading = leading_heading(statement.text)
    if heading is None or statement.role == "abstract":
        return heading
    is_plain = statement.text[: heading[1]].rstrip().endswith((":", ".")) or heading[1] >= len(
        statement.text
    )
    return heading if is_plain else None


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip().lower()


def is_sentence(text: str) -> bool:
    """True for a line that ends as sentences do and is no item of a list."""
    return text.endswith(".") and not text.startswith(BULLETS) and len(text.split()) >= 6


def cues_of(statement: Statement) -> dict[str, Mention]:
    """The first cue of each group."""
    return {mention.group: mention for mention in reversed(statement.of(CUES))}


def cue_of(mention: Mention) -> str:
    return f"{mention.rule} {mention.text!r}"


def tells_in_present(statement: Statement) -> bool:
    """True for the sentence that introduces the patient in the present tense."""
    return (
        "person" in cues_of(statement) and PRESENT_TELLING.search(fold(statement.text)) is not None
    )


def remember(statement: Statement, told: Sequence[Statement], course: Course) -> None:
    """Note who was introduced: the own patient, or a cited one whom the next 'he' may mean."""
    tellers = [piece.teller for piece in told]
    last = tellers[-1]
    if statement.role == "title":
        course.title_told = course.title_told or (last, told[-1].why)
        course.is_introduced |= "person" in cues_of(statement)
    if statement.role in ("title", "other", "keywords") or statement.text.endswith("?"):
        return  # after 'What is the diagnosis?' the patient is told on
    course.last_told = (last, told[-1].why)
    if "patient" in tellers or "series" in tellers:
        course.is_introduced = True
        course.role = course.role_behind_aim or course.role
        course.role_behind_aim = None
        cues = cues_of(statement)
        course.is_announced |= "own" in cues or "series_own" in cues
        course.is_in_present |= tells_in_present(statement)
    if last == "cited" and statement.role not in OWN_ROLES:
        course.is_cited_person |= SINGULAR_CITED.search(fold(told[-1].text)) is not None
    elif last != "cited":
        course.is_cited_person = False

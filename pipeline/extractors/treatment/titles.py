"""What a title adds to the treatment history: a result, or the treatment that had one.

Reads statements, writes nothing. Where title and text differ the text decides (guideline).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from pipeline.extractors.clauses import text_between
from pipeline.extractors.treatment import sureness
from pipeline.extractors.treatment.courses import Course, tell
from pipeline.extractors.treatment.cues import Cue, cues_in, edges_of
from pipeline.extractors.treatment.drugs import Named, grouped, named_in
from pipeline.extractors.treatment.evidence import has_evidence
from pipeline.extractors.treatment.grades import BENEFITS
from pipeline.extractors.treatment.history import History
from pipeline.extractors.treatment.links import linked
from pipeline.extractors.treatment.received import verdict_on
from pipeline.records import Statement

# 'Scleromyxedema treated with A': a statement about the patient, unlike 'Treatment with A'.
TREATED_WITH = re.compile(
    r"\b(?:(?:treated|managed)(?: \w+)? (?:with|by|using)|tratad[oa]s? con|tratad[oa]s? com"
    r"|traitee?s? par|behandelt mit)\b[^:;.?]{0,60}$",
    re.IGNORECASE,
)

BLAMED = re.compile(
    r"\b(?:induced by|caused by|triggered by|provoked by|due to|secondary to|associated with"
    r"|complicating|attributed to|after|following|during) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
BLAMED_BEHIND = re.compile(r"[- ](?:induced|associated|related|triggered)\b", re.IGNORECASE)


def read_title(history: History, statement: Statement, has_transplant: bool) -> None:
    """A title adds what the text does not say: a result, or a treatment that had one."""
    cues = cues_in(statement)
    named = [
        n for n in named_in(statement, has_transplant) if verdict_on(n, statement)[0] == "received"
    ]
    groups = grouped(statement, named, edges_of(cues))
    for cue in cues:
        for drug in linked(cue, statement, groups, cues):
            title_result(history, drug, cue, statement)
    for group in groups:
        if TREATED_WITH.search(text_between(statement, statement.start, group[0].start)):
            add_untold(history, group, statement)
    if not history.courses or history.unlinked:
        read_topic(history, statement, has_transplant)


def add_untold(history: History, group: Sequence[Named], statement: Statement) -> None:
    """The treatments of a group that the text does not tell of; what got better before it named
    any treatment got better under them."""
    known = {course.therapy for course in history.courses}
    untold = [drug for drug in group if drug.therapy not in known]
    history.line += bool(untold)
    added = [Course(drug.therapy, history.line, [(drug, statement)]) for drug in untold]
    tell_unlinked(history, added)
    history.courses += added


def tell_unlinked(history: History, courses: Sequence[Course]) -> None:
    """'The lesions cleared after six infusions' of a text that names no drug: of the title's."""
    for cue, told in dropwhile(lambda one: one[0].value not in BENEFITS, history.unlinked):
        tell(courses, cue, told, sureness.TITLE_TOPIC)


def read_topic(history: History, statement: Statement, has_transplant: bool) -> None:
    """'Treatment of scleromyxedema with A' over a text that tells only of the improvement."""
    if any(is_blamed(drug, statement) for drug in named_in(statement, has_transplant)):
        return
    benefits = [told for cue, told in history.unlinked if cue.value in BENEFITS]
    groups = grouped(statement, named_in(statement, has_transplant))
    if len(groups) == 1 and benefits and any(has_evidence(s) for s in (statement, *benefits)):
        add_untold(history, groups[0], statement)


def is_blamed(drug: Named, statement: Statement) -> bool:
    """'Induced by A', 'A-associated': the treatment is the cause, or came before."""
    before = text_between(statement, statement.start, drug.start)
    behind = text_between(statement, drug.end, statement.end)
    return BLAMED.search(before) is not None or BLAMED_BEHIND.match(behind) is not None


def title_result(history: History, drug: Named, cue: Cue, statement: Statement) -> None:
    """The result of a title counts where the text tells none, or only that the patient is well."""
    same = [course for course in history.courses if course.therapy == drug.therapy]
    if not same:
        history.line += 1
        same = [Course(drug.therapy, history.line, [(drug, statement)])]
        history.courses.extend(same)
        tell_unlinked(history, same)
    if all(told.cue.value == "controlled" for course in same for told in course.told):
        tell(same[-1:], cue, statement, sureness.TITLE_RESULT)

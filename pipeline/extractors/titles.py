"""What a title adds to the treatment history: a result, or the treatment that had one.

Reads statements, writes nothing. Where title and text differ the text decides (guideline).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extractors import sureness
from pipeline.extractors.clauses import text_between
from pipeline.extractors.courses import Course, tell
from pipeline.extractors.cues import BENEFITS, Cue, cues_in
from pipeline.extractors.drugs import Named, grouped, named_in
from pipeline.extractors.history import History
from pipeline.extractors.links import linked
from pipeline.extractors.received import has_evidence, verdict_on
from pipeline.records import Statement

# 'Scleromyxedema treated with A': a statement about the patient, unlike 'Treatment with A'.
TREATED_WITH = re.compile(
    r"\b(?:(?:treated|managed)(?: \w+)? (?:with|by|using)|tratad[oa]s? con|tratad[oa]s? com"
    r"|traitee?s? par|behandelt mit)\b[^:;.?]{0,60}$",
    re.IGNORECASE,
)


def read_title(history: History, statement: Statement, has_transplant: bool) -> None:
    """A title adds what the text does not say: a result, or a treatment that had one."""
    cues = cues_in(statement)
    named = [
        n for n in named_in(statement, has_transplant) if verdict_on(n, statement)[0] == "received"
    ]
    groups = grouped(statement, named)
    for cue in cues:
        for drug in linked(cue, statement, groups, cues):
            title_result(history, drug, cue, statement)
    for group in groups:
        if TREATED_WITH.search(text_between(statement, statement.start, group[0].start)):
            add_untold(history, group, statement)


def add_untold(history: History, group: Sequence[Named], statement: Statement) -> None:
    """The treatments of a group that the text does not tell of, without a result."""
    known = {course.therapy for course in history.courses}
    untold = [drug for drug in group if drug.therapy not in known]
    history.line += bool(untold)
    history.courses += [Course(drug.therapy, history.line, [(drug, statement)]) for drug in untold]


def read_topic(history: History, statement: Statement, has_transplant: bool) -> None:
    """'Treatment of scleromyxedema with A' over a text that tells only of the improvement."""
    cues = [(cue, told) for cue, told in history.unlinked if cue.value in BENEFITS]
    groups = grouped(statement, named_in(statement, has_transplant))
    if len(groups) != 1 or not cues or not has_evidence(statement):
        return
    history.line += 1
    for drug in groups[0]:
        course = Course(drug.therapy, history.line, [(drug, statement)])
        for cue, told in cues:
            tell([course], cue, told, sureness.TITLE_TOPIC)
        if all(known.therapy != drug.therapy for known in history.courses):
            history.courses.append(course)


def title_result(history: History, drug: Named, cue: Cue, statement: Statement) -> None:
    same = [course for course in history.courses if course.therapy == drug.therapy]
    if not same:
        history.line += 1
        same = [Course(drug.therapy, history.line, [(drug, statement)])]
        history.courses.extend(same)
    if all(course.response is None and not course.is_relapse for course in same):
        tell(same[-1:], cue, statement, sureness.TITLE_RESULT)

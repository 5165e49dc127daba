"""The treatments of a sentence that the patient received for the disease, as they are listed.

Reads statements; writes to the history what was only spoken of, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extractors.treatment.cues import Cue, edges_of
from pipeline.extractors.treatment.drugs import TRANSPLANT, Named, grouped, named_in
from pipeline.extractors.treatment.evidence import (
    has_result,
    is_begun,
    is_prepared,
    is_supported,
)
from pipeline.extractors.treatment.history import History
from pipeline.extractors.treatment.reasons import remarks_in
from pipeline.extractors.treatment.received import Verdict, is_refused_with, verdict_on
from pipeline.records import Statement


def received_groups(
    history: History, statement: Statement, has_transplant: bool, cues: Sequence[Cue]
) -> list[list[Named]]:
    """The treatments of a sentence that the patient received, joined as they are listed."""
    kept: list[Named] = []
    last: tuple[Named, str, str] | None = None
    for named in named_in(statement, has_transplant):
        verdict, rule = verdict_on(named, statement)
        if last is not None and verdict == "received" and is_refused_with(last, named, statement):
            verdict, rule = "not_received", last[2]
        last = (named, verdict, rule)
        verdict, rule = weighed(verdict, rule, named, history, statement, cues)
        if verdict == "received":
            kept.append(named)
        else:
            history.spoken_of.append((named, statement, verdict, rule))
    return grouped(statement, kept, [*edges_of(cues), *remarks_in(statement)])


def weighed(
    verdict: Verdict,
    rule: str,
    named: Named,
    history: History,
    statement: Statement,
    cues: Sequence[Cue],
) -> tuple[Verdict, str]:
    """The verdict of the words around a treatment, weighed with its result and what is known."""
    if verdict == "not_received" and has_result(named, statement, cues):
        return "received", ""
    if verdict != "received":
        return verdict, rule
    if named.group == "symptomatic" or is_still_for_another(history, named, statement, cues):
        return "other_disease", rule
    is_prepared_for = named.therapy == TRANSPLANT and is_prepared(statement)
    is_told = is_prepared_for or is_supported(named, statement, cues)
    return ("received" if is_told else "not_received"), rule


def is_still_for_another(
    history: History, named: Named, statement: Statement, cues: Sequence[Cue]
) -> bool:
    """'Hepatitis treated with interferon … Interferon was stopped': never given for this one."""
    is_for_another = any(
        spoken.therapy == named.therapy and verdict == "other_disease"
        for spoken, _, verdict, _ in history.spoken_of
    )
    is_known = any(course.therapy == named.therapy for course in history.courses)
    return is_for_another and not is_known and not cues and not is_begun(statement)

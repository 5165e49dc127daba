"""Whether this patient received a treatment for the disease, or it was only spoken of.

Reads cues of rules/treatments.csv, writes nothing. Planned, refused, advised, contraindicated or
given for another disease is not received (annotation guideline, "therapies" and "Hard cases").
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.extractors.clauses import clause_of, is_listed_together, text_between
from pipeline.extractors.treatment.drugs import TRANSPLANT, Named, is_main_clause
from pipeline.extractors.treatment.grades import BENEFITS
from pipeline.records import Mention, Statement

Verdict = Literal["received", "not_received", "other_disease"]
REACH_BEFORE, REACH_AFTER = 90, 70
PREVENTIVE = re.compile(r"(?:as|for) (?:a )?(?:\w*prophyla|prevent)", re.IGNORECASE)
MOBILISING = re.compile(r"mobili[sz]", re.IGNORECASE)
ACTIVE = re.compile(r"^(?!.*\b(?:was|were|been)\b).*(?:declin|refus|reject)ed$", re.IGNORECASE)
OBJECT = re.compile(r"\s+(?!(?:because|by|due|as|for|owing|after|and|on)\b)\w", re.IGNORECASE)


def verdict_on(named: Named, statement: Statement) -> tuple[Verdict, str]:
    """What the clause says of the treatment, and the rule that decided ('' where none did)."""
    start, end = clause_of(statement, named.start)
    for cue in statement.of("treatments"):
        if cue.concept not in ("not_received", "other_disease"):
            continue
        if cue.concept == "not_received" and not start <= cue.start <= end:
            continue
        if is_part_of_result(cue, statement):
            continue
        if is_why_stopped(cue, named, statement) or is_stopped_by_choice(cue, statement):
            continue
        if named.therapy == TRANSPLANT and MOBILISING.match(cue.text):
            continue  # what is mobilised for is the transplant
        if decides(cue, named, statement):
            return cue.concept, cue.rule  # type: ignore[return-value]
    if is_empirical(named, statement):
        return "other_disease", "received:is_empirical"
    return "received", ""


def is_part_of_result(cue: Mention, statement: Statement) -> bool:
    """The 'nor' of 'neither A nor B had any effect', the 'effect of' of 'a brief effect of A'."""
    return any(
        told.start < cue.start < told.end or (told.start == cue.start and cue.end < told.end)
        for told in statement.of("responses")
    )


def is_why_stopped(cue: Mention, named: Named, statement: Statement) -> bool:
    """'Methotrexate was stopped because of pneumonia': it was not given against that."""
    return cue.concept == "other_disease" and any(
        stop.concept == "stopped" and named.end <= stop.start and stop.end <= cue.start
        for stop in statement.of("stops")
    )


def is_stopped_by_choice(cue: Mention, statement: Statement) -> bool:
    """'Refused any more melphalan': what there is to be more of was given before."""
    return any(
        stop.codes == "patient_choice" and stop.start < cue.end and cue.start < stop.end
        for stop in statement.of("stops")
    )


def is_empirical(named: Named, statement: Statement) -> bool:
    """Dexamethasone in one list with aciclovir or antibiotics is given against meningitis."""
    return named.substance == "dexa" and any(
        cue.concept == "empirical"
        and is_listed_together(
            text_between(statement, min(cue.end, named.end), max(cue.start, named.start))
        )
        for cue in statement.of("treatments")
    )


def decides(cue: Mention, named: Named, statement: Statement) -> bool:
    """A cue reaches forward or backward, up to a word that says the drug was given."""
    if cue.end <= named.start + 1 and reaches_ahead(cue, statement):
        gap = (cue.end, named.start)
        reach = int(cue.codes) if cue.codes else REACH_BEFORE
    elif cue.start >= named.end and cue.group != "before":
        if has_object(cue, statement):
            return False
        gap = (named.end, cue.start)
        reach = REACH_AFTER
    else:
        return False
    if gap[1] - gap[0] > reach or ";" in text_between(statement, *gap):
        return False
    if cue.codes and is_about_something_else(statement, *gap):
        return False
    if gap[1] == named.start and is_better_between(statement, *gap):
        return False
    if cue.end <= named.start and is_of_nearer(cue, named, statement):
        return False
    if cue.concept == "not_received" and gap[1] == named.start:
        return not is_given_between(statement, *gap)
    if gap[0] == named.end and PREVENTIVE.match(cue.text) and has_nearer(statement, named, cue):
        return False
    return not (gap[0] == named.end and is_other_treatment_between(statement, named, cue))


def is_of_nearer(cue: Mention, named: Named, statement: Statement) -> bool:
    """'Instead of A, B was given': what stands ahead of the comma ends with A."""
    nearer = [d for d in statement.of("therapies") if cue.end <= d.start + 1 < named.start]
    if not nearer:
        return False
    glue = text_between(statement, nearer[-1].end, named.start)
    return is_main_clause(statement, glue, named)


def has_nearer(statement: Statement, named: Named, cue: Mention) -> bool:
    """'Lenalidomide 15 mg and aspirin as prophylaxis': the aspirin was."""
    return any(named.end <= d.start and d.end <= cue.start for d in statement.of("therapies"))


def reaches_ahead(cue: Mention, statement: Statement) -> bool:
    """'He was offered A' against 'A was offered': no treatment stands before the cue."""
    if cue.group != "after":
        return True
    if cue.concept != "not_received":
        return False
    start, _ = clause_of(statement, cue.start)
    return not any(start <= drug.start < cue.start for drug in statement.of("therapies"))


def has_object(cue: Mention, statement: Statement) -> bool:
    """'Could not tolerate A and declined B': what was declined is B."""
    words = text_between(statement, cue.start, cue.end)
    behind = text_between(statement, cue.end, statement.end)
    return ACTIVE.search(words) is not None and OBJECT.match(behind) is not None


def is_about_something_else(statement: Statement, start: int, end: int) -> bool:
    """'Without any response, then methotrexate': the negation ends before the drug."""
    is_response = any(
        start - 25 <= cue.start < end and cue.group != "subject"
        for cue in statement.of("responses")
    )
    return is_response or "," in text_between(statement, start, end)


def is_given_between(statement: Statement, start: int, end: int) -> bool:
    """'Refused the transplant and was given prednisone': the later verb counts for prednisone."""
    words = text_between(statement, start, end).lower()
    return any(
        phrase in words
        for phrase in (
            "was given", "were given", "received", "was started", "was treated", "and treated",
            "was begun", "was commenced", "was initiated", "therefore given", " put on",
            "underwent", "was administered", " and took", "recibio", "recebeu", "erhielt", "a recu",
            "em uso de", "en uso de", "en tratamiento con", "em tratamento com", "tratad",
        )
    )  # fmt: skip


def is_better_between(statement: Statement, start: int, end: int) -> bool:
    """'Refused A and improved on B', 'a graft recipient who improved on B': B was given for it."""
    return any(
        start <= told.start < end and told.concept in BENEFITS and told.group == "free"
        for told in statement.of("responses")
    )


def is_other_treatment_between(statement: Statement, named: Named, cue: Mention) -> bool:
    """'IVIG was started and transplantation considered': the cue belongs to the nearer one."""
    between = [
        other
        for other in statement.of("therapies")
        if named.end <= other.start and other.end <= cue.start
    ]
    if not between:
        return False
    glue = text_between(statement, named.end, between[-1].start).lower()
    return any(f" {verb} " in f" {glue} " for verb in ("was", "were", "had", "given", "received"))


def is_refused_with(last: tuple[Named, str, str], named: Named, statement: Statement) -> bool:
    """A drug listed behind one that was not received was not received either."""
    glue = text_between(statement, last[0].end, named.start)
    is_listed = last[1] == "not_received" and is_listed_together(glue)
    return is_listed and not is_main_clause(statement, glue, named)

"""Organs involved or denied, and their manifestations, for each own patient.

Reads a Report, rules/organs.csv (what), rules/attributions.csv (whose fault) and the drafts of the
treatments (what a drug was stopped for); writes nothing.
Counted is what the guideline counts (shared gold, "Fields" and "Hard cases, decided"): a symptom
of this patient that the text lays to no other disease and to no drug; past history is not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pipeline.extractors.causes import blame_of
from pipeline.extractors.drafts import make_draft
from pipeline.extractors.explained import (
    DRUG_EFFECT,
    Laid,
    is_explained,
    is_laid_elsewhere,
    laid_elsewhere,
)
from pipeline.extractors.nouns import is_governed
from pipeline.extractors.own_patients.ownership import owners
from pipeline.extractors.proteins.affirmation import is_sought_in_vain
from pipeline.records import Draft, Mention, Report, Statement, Status
from pipeline.rules import Rules

ORGANS = (
    "neurologic", "musculoskeletal", "gastrointestinal", "pulmonary", "cardiovascular", "vascular",
    "renal", "hematologic", "ocular", "laryngeal", "hepatic",
)  # fmt: skip
GENERAL = "systemic"
LIMITED = "limited_to_skin"
GENERIC_ENDING = "_involvement"
HARM = "adverse_effect"  # what a drug was stopped for is no involvement (guideline, "Hard cases")
LABORATORY, NONSPECIFIC, OWN, SYMPTOM = "laboratory", "nonspecific", "own", "symptom"
NOUN = "noun"
# 'Evaluated for dysphagia' tells of a symptom, 'evaluated for myocarditis' of a question.
EVALUATED = re.compile(r"(?:evaluat|investigat|assess|work|examin)", re.IGNORECASE)
TWO_COLUMNS = 2
CELL_NO = re.compile(r"(?:no|none|absent|negative|nil|denied|not present|[-–−])\W*", re.IGNORECASE)
CELL_UNTOLD = re.compile(
    r"(?:n\W?[dra]\W?|n/s|\?|unknown|not (?:reported|stated|known|done|available))\W*",
    re.IGNORECASE,
)
CONFIDENCE = {"title": 0.93, "patient": 0.93, "series": 0.8}
GENERIC_CONFIDENCE = 0.85
DENIED_CONFIDENCE = 0.9
SOUGHT_CONFIDENCE = 0.8
UNSURE = 0.3


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts 'organ', 'manifestation' and 'has_extracutaneous', in the order of the text."""
    mentions = [mention for statement in report.statements for mention in statement.of("organs")]
    flags = {mention.rule: flag_of(rules.by_name[mention.rule].note) for mention in mentions}
    laid = frozenset(laid_elsewhere(report, flags))
    harms = [draft for draft in drafts if (draft.field, draft.value) == ("stop_reason", HARM)]
    return [
        doubted(draft) if any(is_harm(draft, harm) for harm in harms) else draft
        for statement in report.statements
        for mention in statement.of("organs")
        for draft in drafts_of(statement, mention, flags, laid)
    ]


def is_harm(finding: Draft, harm: Draft) -> bool:
    """'Bradycardia occurred and thalidomide was stopped': the words of the reason are a finding."""
    is_same = finding.statement is harm.statement and finding.patient == harm.patient
    return is_same and finding.start < harm.end and harm.start < finding.end


def doubted(finding: Draft) -> Draft:
    return msgspec.structs.replace(finding, status="uncertain", confidence=UNSURE)


def flag_of(note: str) -> str:
    """The word of a row's note that changes how it is judged; 'e.g. …' beside it is an example."""
    parts = (part.strip() for part in note.split(";"))
    return next((part for part in parts if part and not part.startswith("e.g.")), "")


def drafts_of(
    statement: Statement, mention: Mention, flags: Mapping[str, str], laid: Laid
) -> Iterator[Draft]:
    flag = flags[mention.rule]
    if mention.group == GENERAL:
        yield from general_drafts(statement, mention)
    if mention.group not in ORGANS or flag == LABORATORY:
        return
    if flag == NOUN and not is_governed(statement, mention):
        return
    status, confidence = status_of(statement, mention, flag)
    if status == "present" and (
        is_laid_elsewhere(statement, mention, laid) or is_explained(statement, mention, flags)
    ):
        status, confidence = "uncertain", UNSURE
    for field, value in fields_of(mention):
        yield from make_drafts(statement, mention, field, value, status, confidence)


def fields_of(mention: Mention) -> Iterator[tuple[str, str]]:
    """The organ always; the manifestation where the words name more than the organ."""
    yield "organ", mention.group
    if not mention.concept.endswith(GENERIC_ENDING):
        yield "manifestation", mention.concept


def status_of(statement: Statement, mention: Mention, flag: str) -> tuple[Status, float]:
    """Present, denied, or 'uncertain' for what the guideline does not count either way."""
    if statement.role == "table" and (cell := cell_behind(statement, mention)) is not None:
        return cell_status(cell)
    if is_sought_in_vain(statement, mention):
        return "absent", SOUGHT_CONFIDENCE
    if mention.is_uncertain or (mention.is_hypothetical and not is_complaint(mention, flag)):
        return "uncertain", UNSURE
    if mention.is_negated:
        is_of_drug = blame_of(statement, mention, flag) == DRUG_EFFECT
        return ("uncertain", UNSURE) if is_of_drug else ("absent", DENIED_CONFIDENCE)
    # An attack of the dermato-neuro syndrome belongs to the disease, whatever brought it on.
    if flag != OWN and (mention.is_historical or blame_of(statement, mention, flag)):
        return "uncertain", UNSURE
    if flag == NONSPECIFIC:
        return "uncertain", UNSURE
    if mention.concept.endswith(GENERIC_ENDING):
        return "present", GENERIC_CONFIDENCE
    return "present", CONFIDENCE.get(statement.teller, 0.9)


def cell_behind(statement: Statement, mention: Mention) -> str | None:
    """The last cell of a table row that begins with the finding, None in any other place."""
    cells = statement.text.split("|")
    place = statement.text[: mention.start - statement.start].count("|")
    return cells[-1].strip() if place == 0 and len(cells) == TWO_COLUMNS else None


def cell_status(cell: str) -> tuple[Status, float]:
    """'Yes' and 'No' in a cell; an empty cell, 'ND', 'NA' and '?' are not stated."""
    if CELL_NO.fullmatch(cell):
        return "absent", 0.85
    if not cell or CELL_UNTOLD.fullmatch(cell):
        return "uncertain", UNSURE
    return "present", 0.85


def is_complaint(mention: Mention, flag: str) -> bool:
    return flag == SYMPTOM and all(EVALUATED.match(cue) for cue in mention.cues)


def general_drafts(statement: Statement, mention: Mention) -> Iterator[Draft]:
    """'No systemic involvement' and 'limited to the skin' say false; affirmed involvement true."""
    in_vain = is_sought_in_vain(statement, mention)
    is_unsure = mention.is_hypothetical or mention.is_uncertain or mention.is_historical
    if is_unsure and not in_vain:
        return
    denied = in_vain or mention.is_negated != (mention.concept == LIMITED)
    value, status = ("false", "absent") if denied else ("true", "present")
    yield from make_drafts(statement, mention, "has_extracutaneous", value, status, 0.85)  # type: ignore[arg-type]


def make_drafts(
    statement: Statement,
    mention: Mention,
    field: str,
    value: str,
    status: Status,
    confidence: float,
) -> Iterator[Draft]:
    for label, subject in owners(statement, mention):
        sure = confidence if label else min(confidence, UNSURE)
        yield make_draft(
            label, field, value, statement, mention, sure, status=status, subject=subject
        )

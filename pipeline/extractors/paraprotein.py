"""The paraprotein of each own patient: status, components, concentration, plasma cell disorder.

Reads a Report and rules/paraproteins.csv (by group: head, monoclonal, test, heavy, light,
disorder, denied, normal, contrast, none), writes nothing.
Rules of the guideline (shared gold, "Fields" and "Hard cases, decided"): a disorder alone is no
status, except MGUS; polyclonal is not monoclonal; once present stays present.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.extractors.drafts import Place, Words, make_draft
from pipeline.extractors.own_patients.ownership import owners
from pipeline.extractors.proteins.affirmation import is_affirmed, is_sought_in_vain
from pipeline.extractors.proteins.components import Component, components_of, numbered
from pipeline.extractors.proteins.concentration import concentration_drafts
from pipeline.language.folding import fold
from pipeline.records import Draft, Mention, Report, Statement, Status
from pipeline.rules import Rules

TABLE = "paraproteins"
STATUS = "paraprotein_status"
AFFIRMED, DENIED, TEST_DENIED, UNSURE = 0.95, 0.9, 0.86, 0.3
# What is said of several at once gives way to what is said of one: 'the paraprotein persisted in
# the three patients' of four tells nothing of the one without.
COLLECTIVE_SHARE = 0.88
# A later disorder outweighs the earlier one it grew from.
DISORDER_CONFIDENCE = {
    "multiple_myeloma": 0.94,
    "waldenstrom": 0.94,
    "smouldering_myeloma": 0.93,
    "MGUS": 0.92,
    "other": 0.8,
}
URINE = re.compile(r"\b(?:urin|orina)", re.IGNORECASE)
SERUM = re.compile(r"serum|blood|plasma|suero|soro|serique|sang", re.IGNORECASE)
# A test that turned negative tells of a paraprotein that had been there.
TURNED = re.compile(
    r"\b(became|turned|converted|reverted|normali[sz]ed|again|after \w+ (cycles|months)"
    r"|se negativizo)\b",
    re.IGNORECASE,
)
GAMMOPATHY = re.compile(r"gam+[ao]path|MGCS", re.IGNORECASE)


def extract(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of the five paraprotein fields; components numbered per patient over the report."""
    found = [draft for statement in report.statements for draft in statement_drafts(statement)]
    by_owner: dict[str | None, list[Component]] = defaultdict(list)
    for statement in report.statements:
        for component in components_of(statement):
            for label, _ in owners(statement, component.mentions[0]):
                by_owner[label].append(component)
    for label in dict.fromkeys([*report.labels, *by_owner]):
        found.extend(component_drafts(label, by_owner[label], report.statements))
    return found


def statement_drafts(statement: Statement) -> Iterator[Draft]:
    """Status and disorder, from the heads, the tests, the disorders and whole isotypes."""
    mentions = statement.of(TABLE)
    heads = [m for m in mentions if m.group == "head"]
    for mention in heads:
        yield from status_drafts(statement, mention)
    for mention in mentions:
        if mention.group == "disorder":
            yield from disorder_drafts(statement, mention)
        elif mention.group == "denied":
            yield from status_draft(statement, mention, "absent", DENIED)
    for component in components_of(statement):
        first, last = component.mentions[0], component.mentions[-1]
        if not any(is_affirmed(statement, m) for m in heads) and component.is_proof:
            status: Status = "absent" if first.is_negated else "present"
            place = Place(first.start, last.end, first.rule)
            yield from status_draft(statement, first, status, AFFIRMED - 0.02, place)
    if not heads:
        yield from test_drafts(statement, mentions)


def status_drafts(statement: Statement, head: Mention) -> Iterator[Draft]:
    if is_sought_in_vain(statement, head):
        yield from status_draft(statement, head, "absent", TEST_DENIED)
    elif head.is_hypothetical or head.is_uncertain:
        yield from make_drafts(statement, head, STATUS, "present", UNSURE, status="uncertain")
    elif is_affirmed(statement, head):
        yield from status_draft(statement, head, "present", AFFIRMED)
    elif not is_urine_alone(statement, head):
        yield from status_draft(statement, head, "absent", DENIED)


def is_urine_alone(statement: Statement, mention: Mention) -> bool:
    """A negative finding in the urine says nothing about the serum."""
    if re.match("bence", mention.text, re.IGNORECASE):
        return True
    return bool(URINE.search(statement.text)) and not SERUM.search(statement.text)


def disorder_drafts(statement: Statement, mention: Mention) -> Iterator[Draft]:
    """The disorder named; MGUS and its kin by name are also a paraprotein, 'no MGUS' is none."""
    sure = is_affirmed(statement, mention)
    status: Status = "present" if sure else "uncertain"
    confidence = DISORDER_CONFIDENCE[mention.concept] if sure else UNSURE
    field, value = "plasma_cell_disorder", mention.concept
    yield from make_drafts(statement, mention, field, value, confidence, status=status)
    if mention.concept == "MGUS" or GAMMOPATHY.search(mention.text):
        yield from status_drafts(statement, mention)


def test_drafts(statement: Statement, mentions: Sequence[Mention]) -> Iterator[Draft]:
    """'Electrophoresis was normal' and 'immunofixation: negative' say that there is none."""
    if any(m.group in ("heavy", "light", "monoclonal") and not m.is_negated for m in mentions):
        return
    denied = [m for m in mentions if m.group == "monoclonal" and m.is_negated]
    for mention in denied[:1]:
        yield from status_draft(statement, mention, "absent", DENIED)
    if denied or TURNED.search(fold(statement.text)):
        return
    for test in mentions:
        result = normal_result(test, mentions) if test.group == "test" else None
        if result is not None and not is_urine_alone(statement, test):
            start, end = min(test.start, result.start), max(test.end, result.end)
            place = Place(start, end, test.rule)
            yield from status_draft(statement, test, "absent", TEST_DENIED, place)
            return


def normal_result(test: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """The word that calls the test normal, with no turn ('but', 'showed') in between."""
    for result in mentions:
        if result.group != "normal":
            continue
        left, right = sorted((test, result), key=lambda m: m.start)
        between = [m for m in mentions if left.end <= m.start < right.start]
        if not any(is_turn(m) for m in between):
            return result
    return None


def is_turn(mention: Mention) -> bool:
    """'But', or a result of its own: 'showed polyclonal immunoglobulins, and … was normal'."""
    is_neutral = mention.text.lower() in ("showed", "revealed", "demonstrated", "mostro")
    return mention.concept == "polyclonal" or (mention.group == "contrast" and not is_neutral)


def component_drafts(
    label: str | None, components: Sequence[Component], statements: Sequence[Statement]
) -> Iterator[Draft]:
    """Chains of the components, and the concentrations of the same statements."""
    items = numbered(components)
    for component, item in items:
        # The chains of a denied component are no value of the patient.
        status: Status = "present" if component.status == "present" else "uncertain"
        for mention in component.mentions:
            field = f"{mention.group}_chain"
            drafts = make_drafts(
                component.statement, mention, field, mention.concept, component.confidence,
                status=status, item=item,
            )  # fmt: skip
            yield from (draft for draft in drafts if draft.patient == label)
    yield from concentration_drafts(label, items, statements)


def status_draft(
    statement: Statement,
    mention: Mention,
    value: Status,
    confidence: float,
    words: Words | None = None,
) -> Iterator[Draft]:
    yield from make_drafts(statement, mention, STATUS, value, confidence, words, status=value)


def make_drafts(
    statement: Statement,
    mention: Mention,
    field: str,
    value: str,
    confidence: float,
    words: Words | None = None,
    *,
    status: Status,
    item: int | None = None,
) -> Iterator[Draft]:
    """One draft for each patient spoken of; `words` where more than the mention tells the value."""
    if len(statement.patients) > 1:
        confidence *= COLLECTIVE_SHARE
    for label, subject in owners(statement, mention):
        sure = round(confidence, 3) if label else min(confidence, UNSURE)
        yield make_draft(
            label, field, value, statement, words or mention, sure,
            item=item, status=status, subject=subject,
        )  # fmt: skip

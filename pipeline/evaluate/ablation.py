"""What each part brings: the same evaluation with one part of the judging taken away.

Reads reports, writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from pipeline.records import Draft, Mention, Report, Statement
from pipeline.rules import Rules

Extractor = Callable[[Report, Rules, Sequence[Draft]], list[Draft]]
OWN_TELLERS = ("patient", "series")
GRADES = ("complete", "partial", "improved", "none", "worse", "relapse")


@dataclass(frozen=True)
class Ablation:
    """How a report is changed before it is read further, and what runs instead of an extractor."""

    alter: Callable[[Report], Report] | None = None
    instead: Mapping[str, Extractor] = field(default_factory=dict)


def without_statement_judging(report: Report) -> Report:
    """Every sentence but keywords and headings is the patient's."""
    return changed(
        report,
        lambda one: one if one.teller == "heading" else replace(one, teller="patient", why="all"),
    )


def without_context(report: Report) -> Report:
    """Nothing is denied, doubted, hypothetical, history or a relative's."""
    return changed(
        report, lambda one: replace(one, mentions=tuple(affirmed(m) for m in one.mentions))
    )


def changed(report: Report, change: Callable[[Statement], Statement]) -> Report:
    return replace(report, statements=tuple(change(one) for one in report.statements))


def affirmed(mention: Mention) -> Mention:
    return replace(
        mention,
        is_negated=False,
        is_family=False,
        is_hypothetical=False,
        is_historical=False,
        is_uncertain=False,
        cues=(),
    )


def therapies_by_sentence(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """Every treatment named in a sentence of a patient was received, once for each patient."""
    return [
        draft_of(statement, mention, label, "therapy", therapy, item)
        for label in report.labels
        for item, (therapy, mention, statement) in enumerate(named_in(report, label), start=1)
    ]


def responses_by_sentence(report: Report, rules: Rules, drafts: Sequence[Draft]) -> list[Draft]:
    """The first response told in the sentence that names the treatment is its response."""
    return [
        draft
        for therapy in drafts
        if therapy.field == "therapy"
        for told in response_words(therapy.statement)[:1]
        for draft in response_drafts(therapy, told)
    ]


def named_in(report: Report, label: str) -> Iterator[tuple[str, Mention, Statement]]:
    """The treatments of one patient, each at its first sentence with a response, else its first."""
    found: dict[str, tuple[Mention, Statement]] = {}
    for statement in report.statements:
        if label in statement.patients and statement.teller in OWN_TELLERS:
            for mention in statement.of("therapies"):
                for therapy in mention.concept.removeprefix("regimen:").split("+"):
                    known = found.get(therapy)
                    if known is None or not response_words(known[1]):
                        found[therapy] = (mention, statement)
    yield from ((therapy, *place) for therapy, place in found.items())


def response_words(statement: Statement) -> list[Mention]:
    return [mention for mention in statement.of("responses") if mention.concept in GRADES]


def response_drafts(therapy: Draft, told: Mention) -> Iterator[Draft]:
    """A relapse is a benefit that was lost, as the annotation counts it."""
    label, item = therapy.patient or "", therapy.item or 0
    value = "improved" if told.concept == "relapse" else told.concept
    yield draft_of(therapy.statement, told, label, "response", value, item)
    if told.concept == "relapse":
        yield draft_of(therapy.statement, told, label, "is_relapse", "true", item)


def draft_of(
    statement: Statement, mention: Mention, label: str, name: str, value: str, item: int
) -> Draft:
    return Draft(
        patient=label,
        field=name,
        value=value,
        item=item,
        statement=statement,
        start=mention.start,
        end=mention.end,
        rule=mention.rule,
        confidence=0.5,
    )


ABLATIONS: dict[str, Ablation] = {
    "without statement judging": Ablation(without_statement_judging),
    "without context": Ablation(without_context),
    "without episodes": Ablation(
        instead={"therapies": therapies_by_sentence, "responses": responses_by_sentence}
    ),
}

"""What the buttons of the review do: a click becomes a row of corrections.csv.

Reads and writes corrections.csv through the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.records import ADJUDICATED
from pipeline.review.agreement import adjudications
from pipeline.review.choices import EPISODE_FIELDS, field_of, key_of, name_of
from pipeline.review.corpus import Corpus, Value, report_id_of
from pipeline.review.decisions import Decision, now_text, read_decisions
from pipeline.review.ledger import LedgerError, append, retract


class Pen:
    """Writes the decisions of one reviewer on one corpus to one file."""

    def __init__(self, corpus: Corpus, path: Path, reviewer: str) -> None:
        self.corpus = corpus
        self.path = path
        self.reviewer = " ".join(reviewer.split())

    def decide(self, value: Value, after: str, reason: str = "") -> Decision:
        """Confirm (`after` is the value), correct, or reject (`after` is empty) a value."""
        before = value.value
        return self.write(value.article_id, value.patient_id, value.field, before, after, reason)

    def write(
        self, article_id: str, patient_id: str, field: str, before: str, after: str, reason: str
    ) -> Decision:
        """Store one decision. Raises LedgerError; nothing is stored then."""
        decision = self.draft(article_id, patient_id, field, before, after, reason)
        self.refuse_if_settled(decision)
        append(self.path, [decision])
        return decision

    def draft(
        self, article_id: str, patient_id: str, field: str, before: str, after: str, reason: str
    ) -> Decision:
        return Decision(
            reviewer=self.reviewer,
            reviewed_on=now_text(),
            article_id=article_id,
            text_sha256=str(self.corpus.articles[article_id]["text_sha256"]),
            patient_id=patient_id,
            field=field,
            value_before=before.strip(),
            value_after=after.strip(),
            reason=" ".join(reason.split()),
        )

    def refuse_if_settled(self, decision: Decision) -> None:
        """An adjudicated value wins; only another adjudication changes it."""
        settled = adjudications(read_decisions(self.path)[0]).get(decision.place)
        if settled is not None and not decision.is_adjudication:
            raise LedgerError(
                f"Not stored: {settled.reviewer} adjudicated this value"
                f" ({settled.value_after or 'not stated'}); settle it anew under Two reviewers."
            )

    def adjudicate(self, decided: Decision, after: str, reason: str) -> Decision:
        """Settle a conflict: the value that wins over what single reviewers said."""
        return self.write(
            decided.article_id,
            decided.patient_id,
            decided.field,
            decided.value_before,
            after,
            f"{ADJUDICATED}{reason}",
        )

    def add(self, patient_id: str, name: str, key: str, after: str, reason: str) -> Decision:
        """A value that the program missed."""
        article_id = report_id_of(patient_id)
        field = field_of(name, key)
        before = value_at(self.corpus, patient_id, field)
        return self.write(article_id, patient_id, field, before, after, reason)

    def add_therapy(
        self, patient_id: str, therapy: str, response: str, reason: str
    ) -> list[Decision]:
        """A treatment that the program missed, as a new episode; stored as a whole or not."""
        article_id = report_id_of(patient_id)
        episode = next_episode(self.corpus, read_decisions(self.path)[0], patient_id)
        rows = [("therapy", "", therapy)]
        if response and response != "not_reported":
            rows.append(("response", "", response))
        drafts = [
            self.draft(article_id, patient_id, f"{name}[{episode}]", before, after, reason)
            for name, before, after in rows
        ]
        append(self.path, drafts)
        return drafts

    def add_patient(self, article_id: str, reason: str) -> Decision:
        patient_id = next_patient(self.corpus, read_decisions(self.path)[0], article_id)
        return self.write(article_id, patient_id, "patient", "", "described", reason)

    def reject_patient(self, patient_id: str, reason: str) -> Decision:
        """Nobody whom the report describes: the next run takes the patient out."""
        article_id = report_id_of(patient_id)
        return self.write(article_id, patient_id, "patient", "described", "rejected", reason)

    def screen(self, article_id: str, after: str, reason: str) -> Decision:
        """Include or exclude a report: 'included' or 'excluded:' and a reason of the list."""
        article = self.corpus.articles[article_id]
        is_included = article["decision"] == "included"
        before = "included" if is_included else f"excluded:{article['reason']}"
        return self.write(article_id, "", "screening", before, after, reason)

    def pair(self, patient_a: str, patient_b: str, after: str, reason: str) -> Decision:
        """'same' or 'different': whether two patients are one person."""
        article_id = report_id_of(patient_a)
        return self.write(article_id, patient_a, f"duplicate[{patient_b}]", "", after, reason)

    def undo(self, decisions: Sequence[Decision]) -> None:
        """Take rows out again that this notebook wrote and that no run has used yet."""
        retract(self.path, decisions)


def value_at(corpus: Corpus, patient_id: str, field: str) -> str:
    """The value there is at a place; nothing where none is stated."""
    for value in corpus.values:
        if value.place == (patient_id, field):
            return value.value
    return ""


def next_episode(corpus: Corpus, decisions: Iterable[Decision], patient_id: str) -> int:
    """A number that no episode of this patient has or ever had in a decision."""
    fields = [value.field for value in corpus.values if value.patient_id == patient_id]
    fields += [one.field for one in decisions if one.patient_id == patient_id]
    return 1 + max(
        (int(key_of(field)) for field in fields if name_of(field) in EPISODE_FIELDS), default=0
    )


def next_patient(corpus: Corpus, decisions: Sequence[Decision], article_id: str) -> str:
    """A patient number that no patient of this report has or ever had in a decision."""
    decided = [one.patient_id for one in decisions if one.article_id == article_id]
    known = [*corpus.patients.get(article_id, ()), *decided]
    numbers = [one.removeprefix(f"{article_id}/") for one in known]
    highest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return f"{article_id}/{highest + 1}"

"""How accurate the program is on this corpus, measured on a random sample that a person read.

Reads a corpus and the decisions, writes nothing.
The sample is the values (or reports) with the smallest checksum of seed and name in each stratum:
anybody who knows the seed draws the same one, and a refreshed corpus changes it only where new
values enter. A decision made for the audit says so in its reason, with the seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from pipeline.intervals import wilson
from pipeline.review.agreement import stated
from pipeline.review.choices import REPORT_FIELDS, name_of
from pipeline.review.corpus import Corpus, Value
from pipeline.review.decisions import Decision, Place, latest

READ_IN_FULL = "read in full"
TEXT_CHANGED = "the text of the report has changed"
# They follow from other values or only order them.
NOT_AUDITED = ("line", "dose_text", "duration_text", "has_extracutaneous")


class Accuracy(msgspec.Struct, frozen=True, kw_only=True):
    """Precision and recall of one field, each with counts and its 95 % Wilson interval.

    Precision: of the extracted values that were audited, those that are right.
    Recall: of the values that the reports read in full state, those extracted and right.
    """

    field: str
    text_basis: str
    n_right: int
    n_audited: int
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    n_found: int
    n_stated: int
    recall: float | None
    recall_low: float | None
    recall_high: float | None


def audit_mark(seed: int) -> str:
    return f"audit seed {seed}"


def lot(seed: int, *names: str) -> str:
    """The place of a name in the draw with this seed."""
    return hashlib.sha256("|".join((str(seed), *names)).encode()).hexdigest()


def draw_values(corpus: Corpus, seed: int, n_per_field: int) -> list[Value]:
    """`n_per_field` pooled values of each field, shared over the text bases by their numbers.

    Within a field every value has the same chance, so that its precision needs no weights.
    """
    strata: dict[str, dict[str, list[Value]]] = {}
    for value in corpus.values:
        if value.is_pooled and value.finding_id and value.name not in NOT_AUDITED:
            basis = str(corpus.articles[value.article_id]["text_basis"])
            strata.setdefault(value.name, {}).setdefault(basis, []).append(value)
    drawn: list[Value] = []
    for by_basis in (strata[name] for name in sorted(strata)):
        shares = shared_out(n_per_field, {basis: len(v) for basis, v in by_basis.items()})
        for basis in sorted(by_basis):
            ordered = sorted(by_basis[basis], key=lambda value: lot(seed, *value.place))
            drawn += ordered[: shares[basis]]
    return drawn


def shared_out(n: int, sizes: dict[str, int]) -> dict[str, int]:
    """`n` shared in proportion to the sizes (largest remainder), never more than there are."""
    total = sum(sizes.values())
    n = min(n, total)
    exact = {name: n * size / total for name, size in sizes.items()}
    shares = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda one: (shares[one] - exact[one], one)):
        if sum(shares.values()) < n:
            shares[name] += 1
    return shares


def draw_reports(corpus: Corpus, seed: int, n_per_basis: int) -> list[str]:
    """Included reports to read in full, `n_per_basis` of each text basis."""
    by_basis: dict[str, list[str]] = {}
    for article_id, article in corpus.articles.items():
        if article["decision"] == "included" and not article["is_retracted"]:
            by_basis.setdefault(str(article["text_basis"]), []).append(article_id)
    return [
        article_id
        for basis in sorted(by_basis)
        for article_id in sorted(by_basis[basis], key=lambda one: lot(seed, one))[:n_per_basis]
    ]


def audited(decisions: Iterable[Decision]) -> list[Decision]:
    return [one for one in decisions if one.reason.startswith("audit seed ")]


def read_in_full(decisions: Sequence[Decision]) -> set[str]:
    """Reports in which a reviewer looked for everything that is stated."""
    return {
        decision.article_id
        for decision in decisions
        if decision.field == "screening"
        and decision.reason.startswith("audit seed ")
        and READ_IN_FULL in decision.reason
    }


def measure(corpus: Corpus, decisions: Sequence[Decision]) -> list[Accuracy]:
    """Accuracy by field and text basis, and by field over both ('all'); only what was audited.

    The same as the view `measured_accuracy`, with the decisions that no run has read yet.
    """
    current = on_current_text(corpus, decisions)
    full = read_in_full(current)
    in_sample = {one.place for one in audited(current)}
    counts: dict[tuple[str, str], list[int]] = {}
    for place, (article_id, extracted, true) in judged_values(corpus, current, full).items():
        if place not in in_sample and article_id not in full:
            continue
        for basis in (str(corpus.articles[article_id]["text_basis"]), "all"):
            tally = counts.setdefault((name_of(place[1]), basis), [0, 0, 0, 0])
            is_right = extracted == true and bool(true)
            tally[0] += is_right
            tally[1] += bool(extracted)
            tally[2] += is_right and article_id in full
            tally[3] += bool(true) and article_id in full
    return [accuracy_of(name, basis, *counts[name, basis]) for name, basis in sorted(counts)]


def on_current_text(corpus: Corpus, decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions on the text that the corpus holds now; the others measure another text."""
    sha256 = {name: article["text_sha256"] for name, article in corpus.articles.items()}
    return [one for one in decisions if sha256.get(one.article_id) == one.text_sha256]


def judged_values(
    corpus: Corpus, decisions: Sequence[Decision], full: set[str]
) -> dict[Place, tuple[str, str, str]]:
    """At each place: the report, what the program extracts, and what a person holds true."""
    extracted = extracted_values(corpus)
    judged = {
        value.place: (value.article_id, extracted[value.place], extracted[value.place])
        for value in corpus.values
        if value.article_id in full and value.name not in NOT_AUDITED
    }
    for place, decision in latest(decisions).items():
        name = name_of(decision.field)
        if name not in (*REPORT_FIELDS, "duplicate", "patient"):
            true = plain(name, decision.value_after)
            judged[place] = (decision.article_id, extracted.get(place, ""), true)
    return judged


def extracted_values(corpus: Corpus) -> dict[Place, str]:
    """What the program read in this run, also where a decision stands in its place."""
    found = {value.place: plain(value.name, value.value) for value in corpus.values}
    for row in corpus.decisions:
        if row["patient_id"] and row["stale_reason"] != TEXT_CHANGED:
            place = (row["patient_id"], row["field"])
            found[place] = plain(name_of(row["field"]), row["value_extracted"] or "")
    return found


def plain(name: str, value: str) -> str:
    """A value as it is counted: a relapse that did not happen is no value."""
    return "" if name == "is_relapse" and value == "false" else stated(value)


def accuracy_of(
    field: str, text_basis: str, n_right: int, n_audited: int, n_found: int, n_stated: int
) -> Accuracy:
    precision, recall = wilson(n_right, n_audited), wilson(n_found, n_stated)
    return Accuracy(
        field=field,
        text_basis=text_basis,
        n_right=n_right,
        n_audited=n_audited,
        precision=n_right / n_audited if n_audited else None,
        precision_low=precision and precision[0],
        precision_high=precision and precision[1],
        n_found=n_found,
        n_stated=n_stated,
        recall=n_found / n_stated if n_stated else None,
        recall_low=recall and recall[0],
        recall_high=recall and recall[1],
    )

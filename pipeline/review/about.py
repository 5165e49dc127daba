"""What the page says about one value or patient: its words looked up in the file, as HTML.

Reads the DuckDB file, writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from pipeline.review.choices import FIELDS
from pipeline.review.corpus import Corpus, Value, report_id_of
from pipeline.review.decisions import Decision, Place
from pipeline.review.look import quotes_of, report_of
from pipeline.review.page import card_html, head_html, report_html, sentence_html, side_by_side
from pipeline.review.sources import source_html


class AboutValue(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of the page about a value, each HTML: between them stand the buttons."""

    head: str
    sentence: str
    source: str
    report_and_patient: str


def about_value(
    database: Path, corpus: Corpus, value: Value, decided: Mapping[Place, Decision]
) -> AboutValue:
    """`decided` are the decisions to show beside the values of the patient."""
    sections, findings = report_of(database, value.article_id)
    by_id = {str(finding["finding_id"]): finding for finding in findings}
    finding = by_id.get(value.finding_id or "")
    quotes = {name: str(one["quote"]) for name, one in by_id.items()}
    own = values_of(corpus, value.patient_id)
    return AboutValue(
        head=head_html(value, finding),
        sentence=sentence_html(value, finding),
        source=source_html(corpus.articles[value.article_id]),
        report_and_patient=side_by_side(
            report_html(sections, findings, finding),
            card_html(value.patient_id, own, quotes, decided, value.place),
        ),
    )


def patient_html(database: Path, corpus: Corpus, patient_id: str) -> str:
    """A patient with the report that tells of it, without what was decided."""
    own = values_of(corpus, patient_id)
    quotes = quotes_of(database, [value.finding_id for value in own])
    source = source_html(corpus.articles[report_id_of(patient_id)])
    return source + card_html(patient_id, own, quotes, {})


def words_html(database: Path, value: Value) -> str:
    """The sentence that a value was read from."""
    _, findings = report_of(database, value.article_id)
    by_id = {finding["finding_id"]: finding for finding in findings}
    return sentence_html(value, by_id.get(value.finding_id))


def values_of(corpus: Corpus, patient_id: str) -> list[Value]:
    """The values of a patient in the order of the forms."""
    order = list(FIELDS)
    own = [value for value in corpus.values if value.patient_id == patient_id]
    return sorted(own, key=lambda value: (order.index(value.name), value.field))
